/** The box for a post: Ctrl-Enter sends, @ proposes whom to mention. */
import { later } from "desk/net";
import { List, proposals } from "desk/combobox";

const MENTION = /(^|\s)@([\p{L}\p{N}.'-][\p{L}\p{N} .'-]{0,30})$/u;
/** @type {WeakMap<HTMLTextAreaElement, {list: List, ask: () => void}>} */
const known = new WeakMap();

/** The words behind the last @ before the caret. @param {HTMLTextAreaElement} box */
function mention(box) {
  return box.value.slice(0, box.selectionStart).match(MENTION)?.[2] ?? "";
}

/** @param {HTMLTextAreaElement} box */
function watch(box) {
  const list = new List(box, (item) => {
    const end = box.selectionStart;
    box.setRangeText(`${item.insert ?? `@${item.label}`} `, end - mention(box).length - 1, end, "end");
    box.dispatchEvent(new Event("input", { bubbles: true }));
  });
  const ask = later(150, async () => {
    const words = mention(box);
    if (!words) return list.close();
    const items = await proposals(box.dataset.mentions ?? "", words);
    if (words !== mention(box)) return undefined;
    return items.length ? list.open(items) : list.close();
  });
  const both = { list, ask };
  known.set(box, both);
  return both;
}

document.addEventListener("input", (event) => {
  const box = /** @type {HTMLTextAreaElement} */ (event.target);
  if (!box.matches("textarea[data-mentions]")) return;
  (known.get(box) ?? watch(box)).ask();
});

document.addEventListener("keydown", (event) => {
  const box = /** @type {HTMLTextAreaElement} */ (event.target);
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || !box.matches?.("textarea")) return;
  event.preventDefault();
  const form = /** @type {HTMLFormElement} */ (box.form);
  // Not by another button that stands before it, such as one that discards the text.
  form?.requestSubmit(form.querySelector(".button--primary[type=submit]") ?? form.querySelector("[type=submit]"));
});
