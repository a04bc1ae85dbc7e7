/**
 * What is being typed is kept on the server, for this person and this record (C5); in this browser
 * while the server cannot be reached or the sign-in has ended.
 */
import { each, later } from "desk/net";

const WAIT = 900;
const HERE = "heliodesk-draft";
/** @type {WeakMap<HTMLFormElement, ReturnType<typeof later>>} */
const savers = new WeakMap();
/** Forms that were saved, until something is typed into them again. @type {WeakSet<HTMLFormElement>} */
const done = new WeakSet();

/** The form's fields as a plain object; names sent more than once become lists. @param {HTMLFormElement} form */
function fieldsOf(form) {
  /** @type {Record<string, string|string[]>} */
  const fields = {};
  for (const [name, value] of new FormData(form)) {
    if (typeof value !== "string" || /^(csrfmiddlewaretoken|once|password.*)$/.test(name)) continue;
    const before = fields[name];
    fields[name] = before === undefined ? value : [before, value].flat();
  }
  return fields;
}

/** Saves the draft, or drops it where `data` is empty. @param {HTMLFormElement} form @param {string} data */
async function keep(form, data) {
  remember(form, data);
  const token = form.querySelector("[name=csrfmiddlewaretoken]");
  const body = new URLSearchParams({
    csrfmiddlewaretoken: /** @type {HTMLInputElement} */ (token)?.value ?? "",
    key: form.dataset.draft ?? "",
    data,
  });
  try {
    const answer = await fetch("/drafts/", { method: "POST", body, keepalive: true });
    const kept = answer.ok && !answer.redirected;
    if (kept) remember(form, "");
    note(form, !data ? "" : kept ? "Draft saved" : "Draft kept in this browser");
  } catch {
    note(form, !data ? "" : "No connection: draft kept in this browser");
  }
}

/** Where this browser keeps the draft: for the person who is signed in, or was. @param {HTMLFormElement} form */
const placeOf = (form) => `${HERE}/${document.body.dataset.person ?? ""}/${form.dataset.draft}`;

/** Keeps the draft in this browser, or forgets it. @param {HTMLFormElement} form @param {string} data */
function remember(form, data) {
  try {
    if (data) localStorage.setItem(placeOf(form), data);
    else localStorage.removeItem(placeOf(form));
  } catch {
    // A browser that keeps nothing, or is full: the page still has what was typed.
  }
}

/** What this browser kept while the server could not. @param {HTMLFormElement} form @returns {Record<string, string|string[]>|null} */
function remembered(form) {
  try {
    return JSON.parse(localStorage.getItem(placeOf(form)) ?? "null");
  } catch {
    return null;
  }
}

/** Puts it back into a form that was loaded anew, and on the server. @param {HTMLFormElement} form */
function restore(form) {
  const fields = savers.has(form) ? null : remembered(form);
  if (!fields) return;
  for (const field of /** @type {any} */ (form.elements)) {
    const seen = field.name.startsWith("seen_"); // what was typed is compared with what stood there then (K2)
    if (!(field.name in fields) || (field.type === "hidden" && !seen) || field.type === "file") continue;
    const values = [fields[field.name]].flat();
    if (field.type === "checkbox" || field.type === "radio") field.checked = values.includes(field.value);
    else [field.value] = values;
  }
  keep(form, JSON.stringify(fields));
}

each("form[data-draft]", restore);

/** @param {HTMLFormElement} form @param {string} words */
function note(form, words) {
  const place = form.querySelector("[data-draft-note]");
  if (place) place.textContent = form.hasAttribute("data-sending") ? "" : words;
}

/** @param {HTMLFormElement} form */
function saverFor(form) {
  const known = savers.get(form);
  if (known) return known;
  const saver = later(WAIT, () => keep(form, JSON.stringify(fieldsOf(form))));
  savers.set(form, saver);
  return saver;
}

/** @param {Event} event */
function changed(event) {
  const field = /** @type {HTMLInputElement} */ (event.target);
  const form = field.form;
  if (!form?.matches("[data-draft]")) return;
  // A field sent by a key tells of its change only when the focus leaves it.
  if (event.type === "change" && done.has(form)) return;
  done.delete(form);
  saverFor(form)();
}

document.addEventListener("input", changed);
document.addEventListener("change", changed);

function flush() {
  for (const form of document.querySelectorAll("form[data-draft]")) {
    savers.get(/** @type {HTMLFormElement} */ (form))?.now();
  }
}

document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && flush());
window.addEventListener("pagehide", flush);
document.addEventListener("htmx:before:request", flush);

/** What the server could not take stays in this browser. */
function rememberAll() {
  for (const form of document.querySelectorAll("form[data-draft]")) {
    const typed = /** @type {HTMLFormElement} */ (form);
    if (savers.has(typed)) remember(typed, JSON.stringify(fieldsOf(typed)));
  }
}

document.addEventListener("desk:signed-out", rememberAll);
document.addEventListener("desk:offline", rememberAll);

document.addEventListener(
  "submit",
  (event) => savers.get(/** @type {HTMLFormElement} */ (event.target))?.drop(),
  true,
);

// Another form with what was typed stands in its place: the old one has nothing to keep.
document.addEventListener("desk:replaced", (event) => savers.get(event.detail.form)?.drop());

document.addEventListener("desk:sent", (event) => {
  const { form, saved } = event.detail;
  if (!saved || !form.matches?.("[data-draft]")) return;
  savers.get(form)?.drop();
  done.add(form);
  keep(form, "");
});
