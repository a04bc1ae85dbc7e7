/** Selecting rows: all of the page, a range by Shift, and the bar that says how many. */
import { each } from "desk/net";

/** @returns {HTMLInputElement[]} */
const boxes = () => [...document.querySelectorAll("input[data-select]")].map((box) => /** @type {any} */ (box));
/** @type {HTMLInputElement|null} */
let last = null;

/** Says on the bar how many are selected. */
export function tally() {
  const all = boxes();
  const on = all.filter((box) => box.checked).length;
  for (const head of document.querySelectorAll("input[data-select-all]")) {
    const box = /** @type {HTMLInputElement} */ (head);
    box.checked = on > 0 && on === all.length;
    box.indeterminate = on > 0 && on < all.length;
  }
  for (const bar of document.querySelectorAll("[data-bulk]")) {
    bar.toggleAttribute("data-on", on > 0);
    const words = bar.querySelector("[data-bulk-count]");
    if (words) words.textContent = `${on} selected`;
  }
}

/** @param {boolean} checked */
function all(checked) {
  for (const box of boxes()) box.checked = checked;
  tally();
}

each("[data-bulk]", tally);

document.addEventListener("change", (event) => {
  const box = /** @type {HTMLInputElement} */ (event.target);
  if (box.matches("[data-select-all]")) all(box.checked);
  if (box.matches("[data-select]")) tally();
});

document.addEventListener("click", (event) => {
  const target = /** @type {HTMLInputElement} */ (event.target);
  if (target.closest("[data-select-none]")) all(false);
  if (!target.matches("[data-select]")) return;
  const list = boxes();
  if (event.shiftKey && last && list.includes(last)) {
    const [from, to] = [list.indexOf(last), list.indexOf(target)].sort((a, b) => a - b);
    for (const box of list.slice(from, to + 1)) box.checked = target.checked;
    tally();
  }
  last = target;
});
