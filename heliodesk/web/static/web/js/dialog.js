/**
 * A link with data-dialog opens the form of its page in a dialog. Refusals come back into it with
 * what was typed; after saving, the page it leads to is shown.
 */
import { fetchPage, plainClick, ready, tell } from "desk/net";
import { refuseIn, show } from "desk/visit";

/** @param {Document} doc @returns {Element|null} */
const partOf = (doc) => doc.querySelector("[data-dialog-part]");

/** @param {Element} part @param {string} url @param {Element|null} by what it stands under, like a menu */
function open(part, url, by) {
  const dialog = document.createElement("dialog");
  dialog.className = by ? "dialog dialog--anchored" : "dialog";
  dialog.dataset.url = url;
  dialog.setAttribute("aria-labelledby", "dialog-title");
  dialog.append(part);
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  if (by) put(dialog, by.getBoundingClientRect());
  fill(dialog);
}

/** Under what it belongs to, as far as the window goes. @param {HTMLDialogElement} dialog @param {DOMRect} box */
function put(dialog, box) {
  const left = Math.min(box.left, innerWidth - dialog.offsetWidth - 12);
  const top = Math.min(box.bottom + 6, innerHeight - Math.min(dialog.offsetHeight, innerHeight - 24) - 12);
  dialog.style.left = `${Math.max(left, 12)}px`;
  dialog.style.top = `${Math.max(top, 12)}px`;
}

/** @param {HTMLDialogElement} dialog */
function fill(dialog) {
  window.htmx.process(dialog);
  ready(dialog);
  const first =
    dialog.querySelector("[data-refusal], [aria-invalid=true]") ??
    dialog.querySelector("[autofocus]") ??
    fieldsOf(dialog).find((field) => field.checkVisibility());
  if (first) /** @type {HTMLElement} */ (first).focus();
  else rest(dialog);
  // A template is filled in from its first line on.
  if (first instanceof HTMLTextAreaElement && "template" in first.dataset) {
    const end = `${first.value}\n`.indexOf("\n");
    first.setSelectionRange(end, end);
  }
}

/**
 * Where nothing is to be filled in: on what one came for; where that is the second question, on the
 * dialog itself, so that it is heard and no held key answers it. @param {HTMLDialogElement} dialog
 */
function rest(dialog) {
  const again = !dialog.contains(document.activeElement);
  dialog.tabIndex = -1;
  const on = again ? dialog : dialog.querySelector(".dialog__foot .button--primary");
  /** @type {HTMLElement|null} */ (on)?.focus({ preventScroll: true });
}

/** A select that one searches in stands behind a field of its own. @param {Element} dialog */
const fieldsOf = (dialog) => [...dialog.querySelectorAll(".dialog__body :is(input:not([type=hidden]), select, textarea)")];

/** Shows the page's form in a dialog. @param {string} url @param {Element|null} [by] what it stands under */
export async function openDialog(url, by = null) {
  const page = await fetchPage(url);
  if (!page) return;
  const part = partOf(page.doc);
  if (part) open(part, url, by);
  else location.assign(page.response.url);
}

/**
 * A button with data-dialog sends its form, and what comes is shown in a dialog.
 * @param {HTMLFormElement} form @param {HTMLElement} button
 */
async function ask(form, button) {
  const body = new URLSearchParams(/** @type {any} */ (new FormData(form, button)));
  const page = await fetchPage(button.getAttribute("formaction") ?? form.action, { method: "POST", body });
  tell("desk:sent", { form, saved: false });
  if (!page) return;
  const part = partOf(page.doc);
  if (part) open(part, page.response.url);
  else if (!refuseIn(form, page.doc)) location.assign(page.response.url);
}

/**
 * A form that only asks for the next step (GET) shows it in the same dialog.
 * @param {HTMLFormElement} form @param {HTMLElement|null} submitter
 */
async function go(form, submitter) {
  const dialog = /** @type {HTMLDialogElement} */ (form.closest("dialog"));
  const url = new URL(form.action, location.href);
  url.search = new URLSearchParams(/** @type {any} */ (new FormData(form, submitter))).toString();
  const page = await fetchPage(url.href);
  if (!page) return;
  const part = partOf(page.doc);
  if (!part) {
    dialog.close();
    return page.response.ok ? show(page.text, page.response.url) : location.assign(page.response.url);
  }
  dialog.dataset.url = url.href;
  dialog.replaceChildren(part);
  fill(dialog);
  dialog.scrollTop = 0;
}

/** @param {HTMLFormElement} form @param {HTMLElement|null} submitter */
async function send(form, submitter) {
  const dialog = /** @type {HTMLDialogElement} */ (form.closest("dialog"));
  const fields = new FormData(form, submitter);
  const body = form.enctype === "multipart/form-data" ? fields : new URLSearchParams(/** @type {any} */ (fields));
  const page = await fetchPage(form.action, { method: "POST", body });
  if (!page) {
    tell("desk:sent", { form, saved: false });
    return;
  }
  const { response, text, doc } = page;
  const part = partOf(doc);
  if (response.redirected) {
    tell("desk:sent", { form, saved: true });
    dialog.close();
    await show(text, response.url);
  } else if (part) {
    tell("desk:sent", { form, saved: false });
    dialog.replaceChildren(part);
    fill(dialog);
  } else if (!refuseIn(form, doc)) {
    dialog.close();
    await show(text, location.href);
  }
}

document.addEventListener(
  "click",
  (event) => {
    const target = /** @type {Element} */ (event.target);
    const link = /** @type {HTMLAnchorElement|null} */ (target.closest("a[data-dialog]"));
    if (link && plainClick(event)) {
      event.preventDefault();
      event.stopPropagation();
      openDialog(link.href, link.dataset.dialog === "anchored" ? link : null);
    }
    const closer = target.closest("dialog [data-dialog-close]");
    if (closer || target.matches("dialog.dialog")) {
      if (target.matches("dialog.dialog") && !outside(event, target)) return;
      event.preventDefault();
      event.stopPropagation();
      /** @type {HTMLDialogElement} */ (target.closest("dialog")).close();
    }
  },
  true,
);

/** A click on the backdrop, where nothing has been typed. @param {MouseEvent} event @param {Element} dialog */
function outside(event, dialog) {
  const box = dialog.getBoundingClientRect();
  const inX = event.clientX >= box.left && event.clientX <= box.right;
  const inY = event.clientY >= box.top && event.clientY <= box.bottom;
  return !(inX && inY) && !dialog.querySelector("textarea");
}

document.addEventListener(
  "submit",
  (event) => {
    const form = /** @type {HTMLFormElement} */ (event.target);
    if (event.submitter?.matches("button[data-dialog]") && !event.defaultPrevented) {
      event.preventDefault();
      event.stopPropagation();
      ask(form, event.submitter);
      return;
    }
    if (!form.closest("dialog.dialog") || form.method === "dialog" || event.defaultPrevented) return;
    event.preventDefault();
    event.stopPropagation();
    if (form.method === "post") send(form, event.submitter);
    else go(form, event.submitter);
  },
  true,
);
