/**
 * Charts: one stop of Tab each, arrows go from figure to figure (up and down: to the other figures
 * of the same day), Home and End to the ends, Enter opens the list; a tip says what is pointed at.
 * Without this module every figure is a stop of its own, with a name.
 */
import { each } from "desk/net";

const FIGURE = "a.chart__figure";
/** @param {Element} chart @returns {HTMLElement[]} */
const figures = (chart) => [...chart.querySelectorAll(FIGURE)].map((one) => /** @type {any} */ (one));
/** @param {Element} figure */
const middle = (figure) => {
  const { left, width } = figure.getBoundingClientRect();
  return left + width / 2;
};
/** @type {HTMLElement|null} */
let tip = null;

/** The figures from left to right; those above each other from below. @param {Element} chart */
function inOrder(chart) {
  return figures(chart)
    .map((figure) => ({ figure, x: Math.round(middle(figure)) }))
    .sort((one, other) => one.x - other.x)
    .map(({ figure }) => figure);
}

/** @param {Element} chart */
function start(chart) {
  inOrder(chart).forEach((figure, place) => figure.setAttribute("tabindex", place ? "-1" : "0"));
}

each("[data-chart]", start);
document.querySelectorAll("[data-chart]").forEach(start); // it is loaded when the first is there

/** @param {Element} from @param {string} key */
function next(from, key) {
  const all = inOrder(/** @type {Element} */ (from.closest("[data-chart]")));
  const place = all.indexOf(/** @type {any} */ (from));
  if (key === "Home") return all[0];
  if (key === "End") return all[all.length - 1];
  const same = all.filter((one) => Math.abs(middle(one) - middle(from)) < 2);
  const step = key === "ArrowRight" || key === "ArrowUp" ? 1 : -1;
  if (key === "ArrowUp" || key === "ArrowDown") return same[same.indexOf(/** @type {any} */ (from)) + step];
  const row = same.length > 1 ? all.filter((one) => one === from || !same.includes(one)) : all;
  return row[(same.length > 1 ? row.indexOf(/** @type {any} */ (from)) : place) + step];
}

document.addEventListener("keydown", (event) => {
  const from = /** @type {Element} */ (event.target);
  if (event.key === "Escape") hide();
  if (!from.matches?.(FIGURE) || !/^(Arrow|Home$|End$)/.test(event.key)) return;
  event.preventDefault();
  const to = next(from, event.key);
  if (!to) return;
  from.setAttribute("tabindex", "-1");
  to.setAttribute("tabindex", "0");
  to.focus();
});

/** @param {EventTarget|null} target */
function show(target) {
  const figure = /** @type {Element|null} */ (target)?.closest?.("[data-tip]");
  if (!figure) return hide();
  const main = document.getElementById("main");
  if (!tip?.isConnected) {
    tip = document.createElement("div");
    tip.className = "chart-tip";
    tip.setAttribute("aria-hidden", "true");
    main?.append(tip);
  }
  tip.textContent = figure.getAttribute("data-tip");
  tip.hidden = false;
  const mark = (figure.querySelector(".rect, .dot") ?? figure).getBoundingClientRect();
  const half = tip.offsetWidth / 2 + 8;
  const x = Math.min(Math.max(mark.left + mark.width / 2, half), document.documentElement.clientWidth - half);
  tip.style.left = `${x}px`;
  tip.style.top = `${Math.max(mark.top - tip.offsetHeight - 6, 4)}px`;
}

function hide() {
  if (tip) tip.hidden = true;
}

document.addEventListener("pointerover", (event) => show(event.target));
document.addEventListener("focusin", (event) => show(event.target));
document.addEventListener("scroll", hide, { passive: true });
