/** The bell opens the newest notices beside it; its page stays one click away, and without this. */
import { fetchPage, plainClick } from "desk/net";

const PANEL = "bell-panel";

/** @param {Document} doc */
function panelOf(doc) {
  const list = doc.querySelector("[data-notices]");
  if (!list) return null;
  const panel = document.createElement("div");
  panel.id = PANEL;
  panel.className = PANEL;
  panel.setAttribute("role", "dialog");
  panel.setAttribute("aria-label", "Notices");
  panel.popover = "auto";
  const head = document.createElement("div");
  head.className = "bell-panel__head";
  const title = document.createElement("h2");
  title.textContent = "Notices";
  const all = document.createElement("a");
  all.className = "button button--quiet button--small";
  all.href = "/notices/";
  all.textContent = "Open all";
  const read = doc.querySelector("form[data-mark-read]");
  head.append(title, ...(read ? [read] : []), all);
  panel.append(head, list);
  return panel;
}

/** @param {HTMLAnchorElement} bell */
async function open(bell) {
  const page = await fetchPage(bell.href);
  if (!page) return;
  const panel = panelOf(page.doc);
  if (!panel) {
    location.assign(bell.href);
    return;
  }
  panel.addEventListener("toggle", (event) => {
    const closed = /** @type {ToggleEvent} */ (event).newState === "closed";
    if (!closed) return;
    panel.remove();
    if (document.activeElement === document.body) bell.focus();
  });
  bell.after(panel);
  window.htmx.process(panel);
  panel.showPopover();
  /** @type {HTMLElement|null} */ (panel.querySelector("a.notice, a"))?.focus();
}

document.addEventListener(
  "click",
  (event) => {
    const bell = /** @type {Element} */ (event.target).closest?.("a[data-bell]");
    if (!bell || !plainClick(event)) return;
    event.preventDefault();
    event.stopPropagation();
    const panel = document.getElementById(PANEL);
    if (panel) panel.remove();
    else open(/** @type {HTMLAnchorElement} */ (bell));
  },
  true,
);
