/**
 * Selecting rows: all of the page, a range by Shift, on several pages of a list, all that match, and the bar that says
 * how many.
 */
import { each } from "desk/net";

/** Where what is done to a selection is sent. */
const BULK = "/bulk-actions/";

/** @returns {HTMLInputElement[]} */
const boxes = () => [...document.querySelectorAll("input[data-select]")].map((box) => /** @type {any} */ (box));
/** @type {HTMLInputElement|null} */
let last = null;

/** The box that stands for all that match, not only those of this page. @returns {HTMLInputElement|null} */
const everything = () => document.querySelector("input[data-select-everything]");

/** What is selected in the list that is looked at, or was last, on whichever of its pages. */
let kept = { list: "", values: /** @type {Set<string>} */ (new Set()), all: false };

/** The list of which this is a page, in whichever order. */
function listHere() {
  const asked = new URLSearchParams(location.search);
  ["after", "before", "sort"].forEach((name) => asked.delete(name));
  return `${location.pathname}?${asked}`;
}

/** Keeps what is ticked on this page, and gives what is on other pages. @param {HTMLInputElement[]} all */
function elsewhere(all) {
  if (kept.list !== listHere()) kept = { list: listHere(), values: new Set(), all: false };
  kept.all = Boolean(everything()?.checked);
  for (const box of all) {
    if (box.checked) kept.values.add(box.value);
    else kept.values.delete(box.value);
  }
  if (kept.all) kept.values.clear();
  const here = new Set(all.map((box) => box.value));
  return [...kept.values].filter((value) => !here.has(value));
}

/** Nothing is selected any more, on whichever page. */
function forget() {
  kept.values.clear();
  kept.all = false;
}

/** A page of the list is shown anew: what was selected on it still is. */
function again() {
  const { values, all } = kept.list === listHere() ? kept : { values: new Set(), all: false };
  for (const box of boxes()) if ((all || values.has(box.value)) && !box.disabled) box.checked = true;
  const match = everything();
  if (match && all) match.checked = true;
  tally();
}

/** The bar's form sends what is on other pages too. @param {Element} bar @param {string[]} values */
function send(bar, values) {
  bar.querySelectorAll("[data-elsewhere]").forEach((old) => old.remove());
  for (const value of values) {
    const field = document.createElement("input");
    Object.assign(field, { type: "hidden", name: boxes()[0]?.name, value });
    field.dataset.elsewhere = "";
    bar.append(field);
  }
}

/** Says on the bar how many are selected. */
export function tally() {
  const all = boxes();
  const match = everything();
  if (match?.checked && all.some((box) => !box.checked && !box.disabled)) match.checked = false;
  const ticked = all.filter((box) => box.checked);
  const on = new Set(ticked.map((box) => box.value)).size;
  for (const head of document.querySelectorAll("input[data-select-all]")) {
    const box = /** @type {HTMLInputElement} */ (head);
    box.checked = on > 0 && ticked.length === all.length;
    box.indeterminate = on > 0 && ticked.length < all.length;
  }
  for (const bar of document.querySelectorAll("[data-bulk]")) {
    const others = elsewhere(all);
    send(bar, others);
    bar.toggleAttribute("data-on", on + others.length > 0);
    const words = bar.querySelector("[data-bulk-count]");
    const several = `${on + others.length} selected${others.length ? `, ${others.length} on other pages` : ""}`;
    if (words) words.textContent = match?.checked ? `All ${match.dataset.selectEverything} selected` : several;
  }
}

/** Ticks a row; where one thing stands in several, as a case with several texts found, these too.
 * @param {HTMLInputElement} row @param {boolean} checked */
export function tick(row, checked) {
  for (const box of boxes()) if (box.value === row.value) box.checked = checked && !box.disabled;
}

/** @param {boolean} checked */
function all(checked) {
  const match = everything();
  if (match && !checked) match.checked = false;
  for (const box of boxes()) box.checked = checked && !box.disabled;
  tally();
}

each("[data-bulk]", again);

// What was selected is done.
document.addEventListener("desk:sent", (event) => {
  const { form, saved } = event.detail;
  const { action = "" } = form.closest?.("form") ?? {};
  if (saved && new URL(action, location.href).pathname.startsWith(BULK)) forget();
});

document.addEventListener("change", (event) => {
  const box = /** @type {HTMLInputElement} */ (event.target);
  if (box.matches("[data-select-all]")) all(box.checked);
  if (box.matches("[data-select-everything]")) all(box.checked);
  if (!box.matches("[data-select]")) return;
  tick(box, box.checked);
  tally();
});

document.addEventListener("click", (event) => {
  const target = /** @type {HTMLInputElement} */ (event.target);
  if (target.closest("[data-select-none]")) {
    forget();
    all(false);
  }
  if (!target.matches("[data-select]")) return;
  const list = boxes();
  if (event.shiftKey && last && list.includes(last)) {
    const [from, to] = [list.indexOf(last), list.indexOf(target)].sort((a, b) => a - b);
    for (const box of list.slice(from, to + 1)) tick(box, target.checked);
    tally();
  }
  last = target;
});
