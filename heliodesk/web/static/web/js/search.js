/** The search field proposes what fits while one types, and Ctrl-K leads to it (V4). */
import { each, later } from "desk/net";
import { List, proposals } from "desk/combobox";

const SHORTEST = 2;

each("input[data-find]", (/** @type {HTMLInputElement} */ field) => {
  if (field.getAttribute("role") === "combobox") return;
  const list = new List(field, (item) => location.assign(item.value));
  const ask = later(150, async () => {
    const typed = field.value.trim();
    if (typed.length < SHORTEST) return list.close();
    const items = await proposals(field.dataset.find ?? "", typed);
    if (typed !== field.value.trim() || document.activeElement !== field) return undefined;
    list.open(items);
    return list.move(-1); // Enter searches, unless one has chosen with the arrows
  });
  field.addEventListener("input", () => ask());
});

document.addEventListener("keydown", (event) => {
  if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  /** @type {HTMLInputElement|null} */ (document.getElementById("search"))?.select();
});
