/** Columns of a list: as wide as one drags them, or makes them with Shift and the arrows on their heading. */
import { later } from "desk/net";

const LEAST = 48;
const MOST = 1200;
const STEP = 16;

/** @param {Element} inside @returns {HTMLTableElement} */
const gridOf = (inside) => /** @type {any} */ (inside.closest("[data-grid]"));
/** @param {HTMLTableElement} grid @returns {HTMLTableColElement[]} */
const cols = (grid) => [...grid.querySelectorAll("col")].map((col) => /** @type {any} */ (col));
/** @param {Element} col */
const shown = (col) => getComputedStyle(col).display !== "none";

/** From now on each column is as wide as it is, and what is left over stays empty. @param {HTMLTableElement} grid */
function hold(grid) {
  if (grid.classList.contains("table--chosen")) return;
  const heads = [...(grid.tHead?.rows[0].cells ?? [])];
  cols(grid).forEach((col, at) => {
    if (col.dataset.column && shown(col)) col.width = String(Math.round(heads[at].getBoundingClientRect().width));
    else if (col.classList.contains("table__tail")) col.removeAttribute("width");
  });
  grid.classList.add("table--chosen");
}

/** @param {HTMLTableElement} grid @param {string} name @param {number} width */
function set(grid, name, width) {
  const col = cols(grid).find((one) => one.dataset.column === name);
  if (!col) return;
  col.width = String(Math.min(Math.max(Math.round(width), LEAST), MOST));
  const all = cols(grid).filter(shown).map((one) => Number(one.width) || 64);
  grid.setAttribute("width", String(all.reduce((sum, one) => sum + one, 0)));
}

/** @type {HTMLTableElement|null} */
let changed = null;
const keep = later(600, async () => {
  const grid = changed;
  if (!grid) return;
  const widths = Object.fromEntries(
    cols(grid).filter((col) => col.dataset.column && shown(col)).map((col) => [col.dataset.column, Number(col.width)]),
  );
  const token = document.querySelector("[name=csrfmiddlewaretoken]")?.getAttribute("value") ?? "";
  const body = new URLSearchParams({ csrfmiddlewaretoken: token, at: grid.dataset.at ?? "", widths: JSON.stringify(widths) });
  try {
    await fetch(grid.dataset.grid ?? "", { method: "POST", body, credentials: "same-origin", redirect: "manual" });
  } catch {
    // They are as one made them until the page is left, and are kept with the next change.
  }
});

/** @param {HTMLTableElement} grid */
function tellWidths(grid) {
  changed = grid;
  keep();
}

/** @param {HTMLTableElement} grid @param {string} name */
const widthOf = (grid, name) => Number(cols(grid).find((one) => one.dataset.column === name)?.width) || LEAST;

document.addEventListener("pointerdown", (event) => {
  const grip = /** @type {HTMLElement|null} */ (/** @type {Element} */ (event.target).closest("[data-grip]"));
  if (!grip || event.button !== 0) return;
  event.preventDefault();
  const grid = gridOf(grip);
  const name = grip.dataset.grip ?? "";
  hold(grid);
  const from = event.clientX;
  const before = widthOf(grid, name);
  grip.setPointerCapture(event.pointerId);
  grip.dataset.dragged = "";
  const move = (/** @type {PointerEvent} */ now) => set(grid, name, before + now.clientX - from);
  grip.addEventListener("pointermove", move);
  const end = () => {
    grip.removeEventListener("pointermove", move);
    delete grip.dataset.dragged;
    tellWidths(grid);
  };
  grip.addEventListener("lostpointercapture", end, { once: true });
});

/** As wide as what stands in it: a double press on the edge of the heading. */
document.addEventListener("dblclick", (event) => {
  const grip = /** @type {HTMLElement|null} */ (/** @type {Element} */ (event.target).closest("[data-grip]"));
  if (!grip) return;
  const grid = gridOf(grip);
  const cell = /** @type {HTMLTableCellElement} */ (grip.closest("th"));
  hold(grid);
  const cells = [...grid.rows].map((row) => row.cells[cell.cellIndex]);
  set(grid, grip.dataset.grip ?? "", LEAST);
  set(grid, grip.dataset.grip ?? "", Math.max(...cells.map((one) => one.scrollWidth)) + 4);
  tellWidths(grid);
});

document.addEventListener("keydown", (event) => {
  const way = event.shiftKey && { ArrowLeft: -STEP, ArrowRight: STEP }[event.key];
  const head = way && /** @type {Element} */ (event.target).closest("th");
  const grip = /** @type {HTMLElement|null|undefined} */ (head && head.querySelector("[data-grip]"));
  if (!grip || !way) return;
  event.preventDefault();
  const grid = gridOf(grip);
  hold(grid);
  set(grid, grip.dataset.grip ?? "", widthOf(grid, grip.dataset.grip ?? "") + way);
  tellWidths(grid);
});
