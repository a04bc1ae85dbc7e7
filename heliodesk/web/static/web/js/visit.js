/**
 * How htmx shows a page: the frame is morphed, a new page starts empty, on top and with the focus
 * on it; the same page keeps its place and what is being typed in forms that were not sent.
 */
import { ready, signedOut, stale, tell } from "desk/net";

let shown = location.pathname;
/** @type {{id: string, value: string}[]} */
let typed = [];
let held = false;

/** Shows a page already fetched, as if htmx had. @param {string} text @param {string} url */
export async function show(text, url) {
  const { pathname, search } = new URL(url, location.href);
  const same = pathname + search === location.pathname + location.search;
  const hx = same ? { replaceurl: pathname + search } : { pushurl: pathname + search };
  const body = document.body;
  await window.htmx.swap({
    sourceElement: body, target: body, swap: "innerMorph show:none", text, hx, request: {},
  });
}

/** Only pages of the desk are swapped in; the rest is opened by the browser. @param {string} text */
function isDesk(text) {
  return /<body[^>]*\sdata-desk[\s>]/.test(text);
}

/** Style sheets of the page alone which are not here yet. @param {string} text @returns {HTMLLinkElement[]} */
function ownStyles(text) {
  if (!text.includes("data-own-style")) return [];
  const known = [...document.querySelectorAll("link[data-own-style]")].map((link) => link.getAttribute("href"));
  const { head } = new DOMParser().parseFromString(text, "text/html");
  const links = /** @type {HTMLLinkElement[]} */ ([...head.querySelectorAll("link[data-own-style]")]);
  return links.filter((link) => !known.includes(link.getAttribute("href")));
}

/** Shows the page when its style sheets are here, or cannot be had. @param {HTMLLinkElement[]} styles @param {any} ctx */
async function dressed(styles, ctx) {
  await Promise.all(styles.map((link) => new Promise((done) => {
    link.onload = link.onerror = done;
    document.head.append(link);
  })));
  await show(ctx.text, ctx.response.raw.url);
}

/** Fields changed in drafts other than the form just sent. @param {Element|undefined} sent */
function unsent(sent) {
  return [...document.querySelectorAll("form[data-draft]")]
    .filter((form) => form !== sent)
    .flatMap((form) => [.../** @type {HTMLFormElement} */ (form).elements])
    .filter((field) => field.id && "defaultValue" in field && field.value !== field.defaultValue)
    .map((field) => ({ id: field.id, value: /** @type {any} */ (field).value }));
}

document.addEventListener("htmx:before:request", () => {
  document.documentElement.dataset.busy = "";
});

document.addEventListener("htmx:finally:request", () => {
  delete document.documentElement.dataset.busy;
});

document.addEventListener("htmx:after:request", (event) => {
  const { ctx } = event.detail;
  const { raw } = ctx.response;
  tell("desk:online");
  if (signedOut(raw)) {
    event.preventDefault();
    tell("desk:signed-out");
  } else if (stale(raw, ctx.text)) {
    event.preventDefault();
    tell("desk:stale");
    tell("desk:sent", { form: ctx.sourceElement, saved: false });
  } else if (!isDesk(ctx.text)) {
    event.preventDefault();
    location.assign(raw.url);
  } else if (ctx.request.method === "POST" && !raw.redirected && refuse(ctx)) {
    event.preventDefault();
  } else if (ctx.request.method === "POST") {
    tell("desk:sent", { form: ctx.sourceElement, saved: raw.redirected });
  } else if (ctx.target === document.body) {
    const styles = ownStyles(ctx.text);
    if (!styles.length) return;
    event.preventDefault();
    dressed(styles, ctx);
  }
});

/** A page that only refuses is said in the form, which keeps what was typed. @param {any} ctx */
function refuse(ctx) {
  const doc = new DOMParser().parseFromString(ctx.text, "text/html");
  if (!doc.querySelector("[data-refused-page]")) return false;
  return refuseIn(ctx.sourceElement, doc);
}

/**
 * Puts the refusal of a page into a form. False where the page has none.
 * @param {Element} form @param {Document} doc
 */
export function refuseIn(form, doc) {
  const panel = doc.querySelector("[data-refusal]");
  if (!panel) return false;
  // The bar of a list is out of sight until something is selected: what a row's button sent is said on top.
  const quiet = form.matches("[data-bulk]") || !form.querySelector("input:not([type=hidden]), select, textarea");
  const place = quiet ? document.querySelector("#main") : form;
  place?.querySelectorAll(":scope > [data-refusal]").forEach((old) => old.remove());
  place?.prepend(panel);
  panel.scrollIntoView({ block: "nearest" });
  /** @type {HTMLElement} */ (panel).focus();
  tell("desk:sent", { form, saved: false });
  return true;
}

document.addEventListener("htmx:before:history:update", (event) => {
  const { history: step, sourceElement: source, response } = event.detail;
  const posted = source?.matches?.("form[method=post i]");
  if (posted && response && !response.raw.redirected) event.preventDefault();
  if (step.path === location.pathname + location.search) step.type = "replace";
});

document.addEventListener("htmx:before:swap", (event) => {
  const { ctx } = event.detail;
  document.querySelectorAll("dialog[open]").forEach((dialog) => dialog.close());
  held = document.activeElement !== document.body;
  const changed = shown !== location.pathname;
  typed = changed ? [] : unsent(ctx.sourceElement);
  if (changed && ctx.target === document.body) document.getElementById("main")?.replaceChildren();
});

document.addEventListener("htmx:after:swap", (event) => {
  const { ctx } = event.detail;
  const changed = shown !== location.pathname;
  shown = location.pathname;
  document.querySelectorAll("form").forEach((form) => form.reset());
  for (const { id, value } of typed) {
    const field = /** @type {HTMLInputElement|null} */ (document.getElementById(id));
    if (field) field.value = value;
  }
  if (changed && !String(ctx.swap).startsWith("outerSync")) arrive(Boolean(ctx.request?.anchor));
  const wrong = document.querySelector("#main [data-refusal], #main [aria-invalid=true]");
  if (wrong) /** @type {HTMLElement} */ (wrong).focus();
  // What had the focus is gone, like the button of what has been done: one goes on from the page's start.
  else if (held && document.activeElement === document.body) document.getElementById("main")?.focus({ preventScroll: true });
  ready(document.body);
});

/** The start of a new page. @param {boolean} anchored */
function arrive(anchored) {
  if (anchored) return;
  window.scrollTo(0, 0);
  if (!document.querySelector("#main [autofocus]")) {
    document.getElementById("main")?.focus({ preventScroll: true });
  }
}
