/** ;; and a word in any text: proposes quick texts, filled in with the facts of the case (W3). */
import { later } from "desk/net";
import { List, proposals } from "desk/combobox";

const ASKED = /(^|\s);;([^\n;]{0,40})$/u;
/** @type {WeakMap<HTMLTextAreaElement, () => void>} */
const known = new WeakMap();

/** What stands behind the last ;; before the caret; null where there is none. @param {HTMLTextAreaElement} box */
const asked = (box) => box.value.slice(0, box.selectionStart).match(ASKED)?.[2] ?? null;

/** @param {HTMLTextAreaElement} box */
function source(box) {
  const page = /** @type {HTMLElement|null} */ (box.closest("dialog"))?.dataset.url ?? location.href;
  return `/quick-texts/options/?at=${encodeURIComponent(new URL(page, location.href).pathname)}`;
}

/** @param {HTMLTextAreaElement} box */
function watch(box) {
  const list = new List(box, (item) => {
    const end = box.selectionStart;
    box.setRangeText(item.insert ?? item.label, end - (asked(box)?.length ?? 0) - 2, end, "end");
    box.dispatchEvent(new Event("input", { bubbles: true }));
  });
  const ask = later(120, async () => {
    const words = asked(box);
    if (words === null) return;
    const items = await proposals(source(box), words);
    if (words === asked(box)) list.open(items);
  });
  known.set(box, ask);
  return ask;
}

document.addEventListener("input", (event) => {
  const box = /** @type {HTMLTextAreaElement} */ (event.target);
  if (box.matches("textarea") && asked(box) !== null) (known.get(box) ?? watch(box))();
});
