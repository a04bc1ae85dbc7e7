/** The case of the row that one is on, beside the list; where the window is wide, and while one wants it. */
import { ready, signedOut } from "desk/net";
import { numberOf } from "desk/live";

const WIDE = matchMedia("(width >= 72rem)");
const YEAR = 31536000;
const REST = 90;
/** @type {AbortController|null} */
let asking = null;
let shown = "";
let timer = 0;

/** @returns {HTMLElement|null} */
const pane = () => document.querySelector("[data-preview]");
const on = () => Boolean(pane() && !pane()?.hidden && WIDE.matches);

/** @param {string} number */
async function show(number) {
  asking?.abort();
  asking = new AbortController();
  const place = pane();
  place?.setAttribute("aria-busy", "true");
  try {
    const response = await fetch(`/cases/${number}/preview/`, { credentials: "same-origin", signal: asking.signal });
    if (!response.ok || signedOut(response)) return;
    const doc = new DOMParser().parseFromString(await response.text(), "text/html");
    const part = doc.querySelector("[data-preview-part]");
    if (!part || !place?.isConnected) return;
    shown = number;
    place.replaceChildren(part);
    place.scrollTop = 0;
    window.htmx.process(place);
    ready(place);
  } catch (error) {
    if (/** @type {Error} */ (error).name !== "AbortError") shown = "";
  } finally {
    place?.removeAttribute("aria-busy");
  }
}

/** Shows the row that one is on; of a list just opened the first. */
function follow() {
  clearTimeout(timer);
  if (!on()) return;
  const first = document.querySelector("[data-grid] [data-row]");
  const row = document.querySelector("[data-grid] [data-row][data-active]") ?? first;
  const number = row ? numberOf(row) : "";
  if (!row || !number) return;
  if (!row.hasAttribute("data-active")) row.setAttribute("data-active", "");
  if (number !== shown || !pane()?.querySelector("[data-preview-part]")) timer = setTimeout(() => show(number), REST);
}

/** Shows the case beside the list, or no more. Called by start.js, so that it may be wanted before this module has come. */
export function turn() {
  const place = pane();
  if (!place) return;
  const wanted = place.hidden;
  place.hidden = !wanted;
  document.querySelector("[data-preview-split]")?.classList.toggle("list__split--on", wanted);
  document.querySelector("[data-preview-switch]")?.setAttribute("aria-pressed", String(wanted));
  document.cookie = `preview=${wanted ? "on" : "off"}; path=/; max-age=${YEAR}; samesite=lax`;
  shown = "";
  follow();
}

document.addEventListener("desk:ready", (event) => {
  if (event.target === document.body) follow();
});
WIDE.addEventListener("change", follow);

/** What the case is now, where it changed while one looks at it. */
document.addEventListener("desk:live", (event) => {
  const { name, data } = event.detail;
  if (on() && (name === "row" || name === "list" || name === "gone") && data.number === shown) show(shown);
});

new MutationObserver((changes) => {
  if (changes.some((change) => /** @type {Element} */ (change.target).hasAttribute("data-active"))) follow();
}).observe(document.documentElement, { subtree: true, attributeFilter: ["data-active"] });

follow();
