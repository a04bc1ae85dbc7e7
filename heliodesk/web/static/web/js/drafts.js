/** What is being typed is kept on the server, for this person and this record (C5). */
import { later } from "desk/net";

const WAIT = 900;
/** @type {WeakMap<HTMLFormElement, ReturnType<typeof later>>} */
const savers = new WeakMap();

/** The form's fields as a plain object; names sent more than once become lists. @param {HTMLFormElement} form */
function fieldsOf(form) {
  /** @type {Record<string, string|string[]>} */
  const fields = {};
  for (const [name, value] of new FormData(form)) {
    if (typeof value !== "string" || /^(csrfmiddlewaretoken|once|seen_.*|password.*)$/.test(name)) continue;
    const before = fields[name];
    fields[name] = before === undefined ? value : [before, value].flat();
  }
  return fields;
}

/** Saves the draft, or drops it where `data` is empty. @param {HTMLFormElement} form @param {string} data */
async function keep(form, data) {
  const token = form.querySelector("[name=csrfmiddlewaretoken]");
  const body = new URLSearchParams({
    csrfmiddlewaretoken: /** @type {HTMLInputElement} */ (token)?.value ?? "",
    key: form.dataset.draft ?? "",
    data,
  });
  try {
    const answer = await fetch("/drafts/", { method: "POST", body, keepalive: true });
    note(form, answer.ok && !answer.redirected ? "Draft saved" : "Draft not saved");
  } catch {
    note(form, "Draft not saved: no connection");
  }
}

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
  if (form?.matches("[data-draft]")) saverFor(form)();
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
document.addEventListener("desk:signed-out", flush);

document.addEventListener(
  "submit",
  (event) => savers.get(/** @type {HTMLFormElement} */ (event.target))?.drop(),
  true,
);

document.addEventListener("desk:sent", (event) => {
  const { form, saved } = event.detail;
  if (saved && form.matches?.("[data-draft]")) keep(form, "");
});
