/**
 * What the keys of the page do, all of them, in groups: everywhere, places, lists, this page or this
 * dialog. Here single keys are switched off and on (WCAG 2.1.4). Loaded when it is first asked for.
 */
import { OFF } from "desk/keyboard";

/** @typedef {[string, string]} Line the keys, with spaces between, and what they do */

/** @type {Line[]} */
const EVERYWHERE = [
  ["/", "Search, or run an action"],
  ["Ctrl K", "The same, also while typing"],
  ["?", "These keys"],
  ["Esc", "Close what is open: dialog, menu, proposals"],
  ["Ctrl Enter", "Send the text one is writing"],
];
/** @type {Line[]} */
const LISTS = [
  ["j", "Next row"],
  ["k", "Previous row"],
  ["o", "Open the row"],
  ["x", "Select the row"],
];
/** What modules do with keys of their own, where the page has what they act on. @type {[string, string, string][]} */
const OWN = [
  ["[data-details]", "e", "Edit the field one is on"],
  ["[data-chart]", "← →", "Go through the figures of a chart"],
  ["[data-grip]", "Shift ← →", "Make the column narrower or wider whose head one is on"],
  [".order__row", "Alt ↑ ↓", "Move a column up or down"],
  ["#main [data-mentions]", "@", "Mention a person, a department or a queue in a text"],
  ["#main [role=combobox], dialog [role=combobox]", "↓", "Go through what is proposed; Enter takes it"],
];

/** @param {Element} element */
function name(element) {
  const label = element.getAttribute("aria-label") ?? document.querySelector(`label[for="${element.id}"]`)?.textContent;
  return (label ?? element.textContent ?? "").replace(/\s+/g, " ").trim();
}

/** The keys that elements carry; one that does several things names them all. @param {Element[]} elements @returns {Line[]} */
function carried(elements) {
  /** @type {Map<string, Set<string>>} */
  const found = new Map();
  for (const element of elements) {
    const { key, keyFocus, go } = /** @type {HTMLElement} */ (element).dataset;
    const keys = go ? `g ${go}` : (key ?? keyFocus ?? "");
    found.set(keys, (found.get(keys) ?? new Set()).add(name(element).replace(/, key \w$/, "")));
  }
  return [...found].map(([keys, words]) => [keys, [...words].join(", ")]);
}

/** @param {ParentNode} root @param {string} selector */
const all = (root, selector) => [...root.querySelectorAll(selector)];

/** @returns {[string, Line[]][]} */
function groups() {
  const opened = document.querySelector("dialog[open]");
  const acting = all(opened ?? document, "[data-key], [data-key-focus]");
  const inRows = acting.filter((one) => one.closest("[data-row]"));
  const onTop = acting.filter((one) => one.closest(".shell__top"));
  const here = acting.filter((one) => !inRows.includes(one) && !onTop.includes(one));
  /** @type {Line[]} */
  const own = OWN.filter(([where]) => document.querySelector(where)).map(([, keys, words]) => [keys, words]);
  const listed = !opened && document.querySelector("[data-keys] [data-row]");
  return [
    [opened ? "This dialog" : "This page", [...carried(here), ...own]],
    ["Lists", listed ? [...LISTS, ...carried(inRows)] : []],
    ["Go to", opened ? [] : carried(all(document, "[data-go]"))],
    ["Everywhere", [...EVERYWHERE, ...carried(onTop)]],
  ];
}

/** @param {Line} line */
function row([keys, words]) {
  const term = document.createElement("dt");
  for (const key of keys.split(" ")) {
    const cap = document.createElement("kbd");
    cap.textContent = key;
    term.append(cap, " ");
  }
  const detail = document.createElement("dd");
  detail.textContent = words;
  return [term, detail];
}

/** Shows them, above whatever is open. */
export function help() {
  document.querySelectorAll("details[data-menu][open]").forEach((menu) => menu.removeAttribute("open"));
  const dialog = document.createElement("dialog");
  dialog.className = "dialog";
  dialog.setAttribute("aria-labelledby", "keys-title");
  dialog.innerHTML = `<section class="dialog__part"><header class="dialog__head"><div><h2 id="keys-title">Keys</h2></div>
    <button class="button button--small" type="button" data-dialog-close>Close</button></header>
    <div class="dialog__body"><label class="check"><input type="checkbox" data-keys-on><span>Single keys are on</span></label></div></section>`;
  const body = /** @type {Element} */ (dialog.querySelector(".dialog__body"));
  for (const [title, lines] of groups()) {
    if (!lines.length) continue;
    const heading = document.createElement("h3");
    heading.textContent = title;
    const list = document.createElement("dl");
    list.className = "keys-help";
    list.append(...lines.flatMap(row));
    body.append(heading, list);
  }
  const on = /** @type {HTMLInputElement} */ (dialog.querySelector("[data-keys-on]"));
  on.checked = !localStorage.getItem(OFF);
  on.addEventListener("change", () => (on.checked ? localStorage.removeItem(OFF) : localStorage.setItem(OFF, "1")));
  const before = /** @type {HTMLElement|null} */ (document.activeElement);
  dialog.addEventListener("close", () => {
    dialog.remove();
    before?.focus();
  });
  document.body.append(dialog);
  dialog.showModal();
}
