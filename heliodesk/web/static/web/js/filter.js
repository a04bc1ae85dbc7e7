/** Adding to a list's filter: what fits is proposed while one types, and lists of values are narrowed. */
import { fetchPage, later } from "desk/net";
import { List, proposals } from "desk/combobox";
import { openDialog } from "desk/dialog";
import { show } from "desk/visit";

const FORM = "/cases/filter/";

/** @param {string} url */
async function go(url) {
  const page = await fetchPage(url);
  if (page) await show(page.text, page.response.url);
}

/** @param {HTMLInputElement} field */
function start(field) {
  if (field.getAttribute("role") === "combobox") return;
  const wrap = document.createElement("div");
  field.before(wrap);
  wrap.append(field);
  const at = /** @type {HTMLInputElement|null} */ (field.form?.elements.namedItem("at"));
  const list = new List(field, (item) => {
    field.value = "";
    if (item.value.startsWith(`${FORM}?`)) openDialog(item.value, field);
    else go(item.value);
  });
  const ask = later(100, async () => {
    const typed = field.value.trim();
    const items = await proposals(`${field.dataset.addFilter}?${new URLSearchParams({ at: at?.value ?? "" })}`, typed);
    if (typed === field.value.trim() && document.activeElement === field) list.open(items);
  });
  field.addEventListener("focus", () => ask());
  field.addEventListener("input", () => ask());
  field.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && list.box.hidden) field.blur();
  });
}

const all = () => document.querySelectorAll("input[data-add-filter]").forEach((field) => start(/** @type {any} */ (field)));
document.addEventListener("desk:ready", all);
all();

document.addEventListener("input", (event) => {
  const field = /** @type {HTMLInputElement} */ (event.target);
  if (!field.matches("[data-narrow]")) return;
  const words = field.value.toLowerCase().split(/\s+/);
  for (const one of field.closest("form")?.querySelectorAll(".ticks .check, .order__row") ?? []) {
    const text = (one.textContent ?? "").toLowerCase();
    /** @type {HTMLElement} */ (one).hidden = !words.every((word) => text.includes(word));
  }
});

/** Enter in the field that narrows ticks the only value, or the first. */
document.addEventListener("keydown", (event) => {
  const field = /** @type {HTMLInputElement} */ (event.target);
  if (event.key !== "Enter" || !field.matches?.("[data-narrow]") || !field.value) return;
  event.preventDefault();
  const box = /** @type {HTMLInputElement|null|undefined} */ (
    field.closest("form")?.querySelector(":is(.ticks .check, .order__row):not([hidden]) input[type=checkbox]")
  );
  if (!box) return;
  box.checked = !box.checked;
  field.select();
});

/** Columns in their order. @param {Element} row @param {Element|null} before */
function move(row, before) {
  row.parentElement?.insertBefore(row, before);
  number();
}

/** The numbers by which the form says the order. */
function number() {
  document.querySelectorAll("[data-order] .order__row").forEach((row, at) => {
    /** @type {HTMLInputElement} */ (row.querySelector(".order__place")).value = String(at + 1);
  });
}

/** @type {Element|null} */
let dragged = null;
document.addEventListener("dragstart", (event) => {
  dragged = /** @type {Element} */ (event.target).closest?.(".order__grip")?.closest(".order__row") ?? null;
});
document.addEventListener("dragover", (event) => {
  const over = /** @type {Element} */ (event.target).closest(".order__row");
  if (!dragged || !over || over === dragged) return;
  event.preventDefault();
  const box = over.getBoundingClientRect();
  move(dragged, event.clientY < box.top + box.height / 2 ? over : over.nextElementSibling);
});
document.addEventListener("dragend", () => {
  dragged = null;
});
document.addEventListener("keydown", (event) => {
  const row = event.altKey && /** @type {Element} */ (event.target).closest?.(".order__row");
  if (!row || !["ArrowUp", "ArrowDown"].includes(event.key)) return;
  event.preventDefault();
  const place = event.key === "ArrowUp" ? row.previousElementSibling : row.nextElementSibling?.nextElementSibling;
  if (event.key === "ArrowUp" && !place) return;
  const focused = /** @type {HTMLElement} */ (document.activeElement);
  move(row, place ?? null);
  focused.focus();
});
document.addEventListener("change", (event) => {
  const box = /** @type {HTMLInputElement} */ (event.target);
  const row = box.closest("[data-order] .order__row");
  if (!row || !box.checked) return;
  const ticked = [...document.querySelectorAll("[data-order] .order__row:has(input:checked)")].filter((one) => one !== row);
  move(row, ticked.at(-1)?.nextElementSibling ?? document.querySelector("[data-order] .order__row"));
  box.focus();
});
