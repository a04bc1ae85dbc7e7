/** The bell opens the newest notices beside it, which change while it is open; its page stays one
 * click away, and without this. */
import { fetchPage, plainClick, tell } from "desk/net";

const PANEL = "bell-panel";
const NEWS = "/notices/bell/";

/** What is new: the list by case, and how many are unread; null where it could not be had. */
async function news() {
  const page = await fetchPage(NEWS);
  return /** @type {HTMLElement|null} */ (page?.doc.querySelector("[data-bell-news]")) ?? null;
}

/** @param {HTMLElement} panel @param {HTMLElement} found */
function fill(panel, found) {
  const head = document.createElement("div");
  head.className = "bell-panel__head";
  const title = document.createElement("h2");
  title.textContent = "Notices";
  const all = document.createElement("a");
  all.className = "button button--quiet button--small";
  all.href = "/notices/";
  all.textContent = "Open all";
  const read = found.querySelector("form[data-mark-read]");
  head.append(title, ...(read ? [read] : []), all);
  const list = /** @type {Element} */ (found.querySelector("[data-notices]"));
  const focused = document.activeElement;
  const held = focused && panel.contains(focused) ? focused.getAttribute("href") : null;
  panel.dataset.unread = found.dataset.unread ?? "0";
  panel.replaceChildren(head, list);
  window.htmx.process(panel);
  /** @type {HTMLElement|null} */ (held && panel.querySelector(`[href="${CSS.escape(held)}"]`))?.focus();
}

/** @param {HTMLAnchorElement} bell */
async function open(bell) {
  const found = await news();
  if (!found) {
    location.assign(bell.href);
    return;
  }
  document.getElementById(PANEL)?.remove();
  const panel = document.createElement("div");
  panel.id = PANEL;
  panel.className = PANEL;
  panel.setAttribute("role", "dialog");
  panel.setAttribute("aria-label", "Notices");
  panel.popover = "auto";
  fill(panel, found);
  panel.addEventListener("toggle", (event) => {
    const closed = /** @type {ToggleEvent} */ (event).newState === "closed";
    if (!closed) return;
    panel.remove();
    if (document.activeElement === document.body) bell.focus();
  });
  bell.after(panel);
  panel.showPopover();
  /** @type {HTMLElement|null} */ (panel.querySelector("a.notice, a"))?.focus();
}

/** Shows in the open panel what is new now, and tells the bell. */
async function refresh() {
  const found = await news();
  const panel = document.getElementById(PANEL);
  if (!found || !panel) return;
  fill(panel, found);
  tell("desk:live", { name: "bell", data: { unread: Number(panel.dataset.unread) } });
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

// Marking read leaves one where one is: the panel stays, the page behind it too.
document.addEventListener(
  "submit",
  async (event) => {
    const form = /** @type {HTMLFormElement} */ (event.target);
    const panel = form.closest(`#${PANEL}`);
    if (!panel) return;
    event.preventDefault();
    event.stopPropagation();
    const sent = await fetchPage(form.action, { method: "POST", body: new FormData(form) });
    if (!sent) return;
    await refresh();
    const rest = document.getElementById(PANEL);
    if (rest && !rest.contains(document.activeElement)) rest.querySelector("a")?.focus();
  },
  true,
);

document.addEventListener("desk:live", (event) => {
  const { name, data } = /** @type {CustomEvent} */ (event).detail;
  const shown = document.getElementById(PANEL)?.dataset.unread;
  if (name === "bell" && shown !== undefined && Number(shown) !== data.unread) refresh();
});
