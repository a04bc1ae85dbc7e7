/**
 * Single keys, where nobody is typing: / search, ? help, g then a letter to go somewhere, j k x o t
 * on lists, and data-key="…" of any action. They can be switched off in the help (WCAG 2.1.4).
 */
import { tally, tick } from "desk/table";

/** Where it is kept that they are off. */
export const OFF = "heliodesk-keys-off";
let going = 0;

/** Whether single keys do nothing, as the person wants it. */
export const keysOff = () => Boolean(localStorage.getItem(OFF));

/**
 * The single key that was pressed, whether Caps Lock is on or the keyboard writes another script.
 * @param {KeyboardEvent} event
 */
export function keyOf({ key = "", code = "", shiftKey }) {
  if (key.length !== 1) return key;
  if (/^Key[A-Z]$/.test(code) && !/[ -~]/.test(key)) return shiftKey ? key : code[3].toLowerCase();
  return shiftKey ? key : key.toLowerCase();
}

/** @param {EventTarget|null} target */
function typing(target) {
  const field = /** @type {HTMLElement} */ (target);
  if (field.isContentEditable || field.matches?.("textarea, select")) return true;
  return Boolean(field.matches?.("input:not([type=checkbox], [type=radio], [type=button], [type=submit])"));
}

/** @returns {HTMLElement[]} */
const rows = () => [...document.querySelectorAll("[data-keys] [data-row]")].map((row) => /** @type {any} */ (row));
/** @returns {HTMLElement|null} */
const active = () => document.querySelector("[data-row][data-active]");

/** @param {number} by */
function step(by) {
  const all = rows();
  if (!all.length) return;
  const now = active();
  walk(all[now ? Math.min(Math.max(all.indexOf(now) + by, 0), all.length - 1) : 0]);
}

/** @param {HTMLElement} row */
function walk(row) {
  document.querySelectorAll("[data-row][data-active]").forEach((old) => old.removeAttribute("data-active"));
  mark(row);
  row.scrollIntoView({ block: "nearest" });
  /** @type {HTMLElement|null} */ (row.querySelector("a"))?.focus({ preventScroll: true });
}

/** The row one was on, of each list that has been looked at. @type {Map<string, string>} */
const left = new Map();
const here = () => location.pathname + location.search;

/** @param {HTMLElement} row */
function mark(row) {
  row.setAttribute("data-active", "");
  left.set(here(), linkOf(row));
}

/** Where to go on in this list after acting on a row: the ones below it, itself, the ones above. */
let onwards = { path: "", links: /** @type {string[]} */ ([]) };
/** @param {HTMLElement} row */
const linkOf = (row) => row.querySelector("a")?.getAttribute("href") ?? "";

document.addEventListener("desk:sent", (event) => {
  const all = rows();
  const at = all.findIndex((row) => row === active());
  if (!event.detail.saved || at < 0) return;
  const order = [...all.slice(at + 1), all[at], ...all.slice(0, at).reverse()];
  onwards = { path: location.pathname, links: order.map(linkOf) };
});

/** Back in a list, one goes on from the row one left it by. @param {string} link */
function comeBack(link) {
  const row = rows().find((one) => linkOf(one) === link);
  if (!row) return;
  mark(row);
  /** @type {HTMLElement|null} */ (row.querySelector("a"))?.focus({ preventScroll: true });
}

document.addEventListener("htmx:after:swap", (event) => {
  const link = left.get(here());
  if (link && !active() && String(event.detail.ctx.swap).startsWith("outerSync")) comeBack(link);
  const { path, links } = onwards;
  onwards = { path: "", links: [] };
  if (path !== location.pathname) return;
  const all = rows();
  const next = links.map((link) => all.find((row) => linkOf(row) === link)).find(Boolean);
  if (next) walk(next);
});

/** @param {string} key */
function press(key) {
  const scope = document.querySelector("dialog[open]") ?? document;
  // What is selected is acted on first; where nothing is, the bar of the selection has no keys.
  const bar = document.querySelector("[data-bulk][data-on]");
  const places = [bar, active(), scope];
  for (const place of places) {
    if (!place || !scope.contains(place)) continue;
    // Only Take falls to a row that one is not on: the first.
    const target = [...place.querySelectorAll(`[data-key="${CSS.escape(key)}"]`)].find(
      (one) => place !== scope || ((key === "t" || !one.closest("[data-row]")) && !one.closest("[data-bulk]")),
    );
    if (target) return /** @type {HTMLElement} */ (target).click();
  }
  /** @type {HTMLElement|null} */ (scope.querySelector(`[data-key-focus="${CSS.escape(key)}"]`))?.focus();
  return undefined;
}

/** @type {Record<string, () => void>} */
const KEYS = {
  "/": () => /** @type {HTMLElement|null} */ (document.getElementById("search"))?.focus(),
  "?": help,
  j: () => step(1),
  k: () => step(-1),
  o: () => {
    const row = active();
    if (row) /** @type {HTMLElement|null} */ (row.querySelector("a"))?.click();
    else press("o");
  },
  x: () => {
    const box = /** @type {HTMLInputElement|null} */ (active()?.querySelector("[data-select]"));
    if (!box) return;
    tick(box, !box.checked);
    tally();
  },
};

/** Says what the keys do. */
async function help() {
  const keys = await import("desk/keys");
  if (!document.querySelector("dialog[open] [data-keys-on]")) keys.help();
}

document.addEventListener("keydown", (event) => {
  const key = keyOf(event);
  if ((event.ctrlKey || event.metaKey) && key === "k") {
    event.preventDefault();
    KEYS["/"]();
    return;
  }
  if (event.key === "Escape" && /** @type {Element} */ (event.target).id === "search") {
    /** @type {HTMLElement} */ (event.target).blur();
  }
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (key.length !== 1 || typing(event.target) || keysOff()) return;
  const dialog = document.querySelector("dialog[open]");
  if (going && Date.now() - going < 1500) {
    going = 0;
    /** @type {HTMLElement|null} */ (document.querySelector(`[data-go="${CSS.escape(key)}"]`))?.click();
  } else if (key === "g" && !dialog) {
    going = Date.now();
  } else if (key === " ") {
    return;
  } else {
    if (dialog && key in KEYS && key !== "?") return;
    event.preventDefault();
    if (key in KEYS) KEYS[key]();
    else press(key);
    return;
  }
  event.preventDefault();
});

document.addEventListener("click", (event) => {
  const target = /** @type {Element} */ (event.target);
  if (target.closest("[data-keys-help]")) help();
  const row = target.closest("[data-row]");
  if (!row) return;
  active()?.removeAttribute("data-active");
  mark(/** @type {HTMLElement} */ (row));
});
