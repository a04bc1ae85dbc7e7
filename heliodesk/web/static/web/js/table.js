/** Selecting rows: all of the page, a range by Shift, all that match, and the bar that says how many. */
import { each } from "desk/net";

/** @returns {HTMLInputElement[]} */
const boxes = () => [...document.querySelectorAll("input[data-select]")].map((box) => /** @type {any} */ (box));
/** @type {HTMLInputElement|null} */
let last = null;

/** The box that stands for all that match, not only those of this page. @returns {HTMLInputElement|null} */
const everything = () => document.querySelector("input[data-select-everything]");

/** Says on the bar how many are selected. */
export function tally() {
  const all = boxes();
  const match = everything();
  if (match?.checked && all.some((box) => !box.checked && !box.disabled)) match.checked = false;
  const on = all.filter((box) => box.checked).length;
  for (const head of document.querySelectorAll("input[data-select-all]")) {
    const box = /** @type {HTMLInputElement} */ (head);
    box.checked = on > 0 && on === all.length;
    box.indeterminate = on > 0 && on < all.length;
  }
  for (const bar of document.querySelectorAll("[data-bulk]")) {
    bar.toggleAttribute("data-on", on > 0);
    const words = bar.querySelector("[data-bulk-count]");
    if (words) words.textContent = match?.checked ? `All ${match.dataset.selectEverything} selected` : `${on} selected`;
  }
}

/** @param {boolean} checked */
function all(checked) {
  const match = everything();
  if (match && !checked) match.checked = false;
  for (const box of boxes()) box.checked = checked && !box.disabled;
  tally();
}

each("[data-bulk]", tally);

document.addEventListener("change", (event) => {
  const box = /** @type {HTMLInputElement} */ (event.target);
  if (box.matches("[data-select-all]")) all(box.checked);
  if (box.matches("[data-select-everything]")) all(box.checked);
  if (box.matches("[data-select]")) tally();
});

document.addEventListener("click", (event) => {
  const target = /** @type {HTMLInputElement} */ (event.target);
  if (target.closest("[data-select-none]")) all(false);
  if (!target.matches("[data-select]")) return;
  const list = boxes();
  if (event.shiftKey && last && list.includes(last)) {
    const [from, to] = [list.indexOf(last), list.indexOf(target)].sort((a, b) => a - b);
    for (const box of list.slice(from, to + 1)) box.checked = target.checked && !box.disabled;
    tally();
  }
  last = target;
});
