/**
 * A detail of the case, edited where it stands (K2): the form of its own page in its place.
 */
import { renewCase, renewFeed } from "desk/live-case";
import { tellEditing } from "desk/live-here";
import { fetchPage, ready, tell } from "desk/net";
import { refuseIn } from "desk/visit";

const CONTROLS = "input:not([type=hidden]), select, textarea";
const HINTS = { line: "Enter saves · Esc leaves it · Tab goes on", text: "Ctrl-Enter saves · Esc leaves it" };

/** @param {Element} place @returns {HTMLElement|null} */
export const factOf = (place) => place.closest("[data-unit]");
/** @param {string} unit @returns {HTMLElement|null} */
const editorOf = (unit) => document.querySelector(`[data-unit="${unit}"] > .fact__editor`);
/** @param {Element} editor */
export const formOf = (editor) => /** @type {HTMLFormElement} */ (editor.querySelector("form"));
/** @returns {HTMLElement[]} */
const editors = () => [...document.querySelectorAll(".fact__editor")].map((one) => /** @type {HTMLElement} */ (one));
/** @param {Element} fact @returns {HTMLElement|null} */
export const pencilOf = (fact) => fact.querySelector("a[data-edit]");
/** @param {Element} fact */
const nameOf = (fact) => (fact.querySelector("dt")?.textContent ?? "").trim();
/** @param {string} text */
const plain = (text) => text.replaceAll("\r\n", "\n").trim();

/** The controls that Tab goes through, a group of radio buttons as one. @param {HTMLFormElement} form */
export const controlsOf = (form) =>
  /** @type {HTMLInputElement[]} */ ([...form.querySelectorAll(CONTROLS)]).filter((one) => one.type !== "radio" || one.checked);

/** Whether something else stands in the form than what was seen. @param {HTMLFormElement} form */
export function isChanged(form) {
  const fields = new FormData(form);
  // A name that is typed, and not chosen yet.
  if ([...fields].some(([name, value]) => name.endsWith("_typed") && value !== fields.get(name.replace(/_typed$/, "_meant")))) return true;
  return [...fields].some(([name, value]) => fields.has(`seen_${name}`) && plain(String(value)) !== plain(String(fields.get(`seen_${name}`))));
}

/** Says something to those who listen. @param {string} words */
function speak(words) {
  let place = document.getElementById("in-place-says");
  if (!place) {
    place = document.createElement("div");
    place.id = "in-place-says";
    place.className = "hidden-text";
    place.setAttribute("role", "status");
    document.body.append(place);
  }
  place.textContent = words;
}

function sayWhere() {
  const last = editors().at(-1);
  tellEditing((last && factOf(last)?.dataset.unit) ?? "");
}

/** @param {HTMLElement} editor @param {string} name @param {boolean} pressed */
function focusIn(editor, name, pressed) {
  const form = formOf(editor);
  const refused = form.querySelector("[aria-invalid=true], [data-refusal]");
  const named = /** @type {HTMLElement|null} */ (form.querySelector(`[name="${name}"]:checked, [name="${name}"]:not([type=hidden], [type=radio]), [name="${name}_typed"]`));
  const field = /** @type {any} */ (refused ?? named ?? controlsOf(form)[0]);
  field?.focus();
  if (field?.matches("textarea")) field.setSelectionRange(field.value.length, field.value.length);
  if (field?.matches("input[type=text], input[type=email]")) field.select();
  if (!pressed || !field?.matches("select")) return;
  try {
    field.showPicker();
  } catch {
    // A browser that opens a list only for its own pointer: one more click.
  }
}

/** The form in its place. @param {HTMLElement} editor @param {HTMLFormElement} form */
function fill(editor, form) {
  const collided = Boolean(form.querySelector(".collision"));
  const several = form.querySelectorAll(".field").length > 1;
  editor.classList.toggle("fact__editor--one", !several);
  const before = editor.querySelector("form");
  editor.replaceChildren(form);
  if (before) tell("desk:replaced", { form: before });
  form.querySelectorAll("[autofocus]").forEach((one) => one.removeAttribute("autofocus"));
  ready(editor);
  const hint = document.createElement("span");
  hint.className = "fact__hint";
  hint.textContent = form.querySelector("textarea") ? HINTS.text : HINTS.line;
  const foot = form.querySelector(".dialog__foot");
  foot?.append(hint);
  // Enter and Escape do what they do; Tab goes to the next detail, unless there is something to choose.
  if (!collided) foot?.querySelectorAll("a, button").forEach((one) => one.setAttribute("tabindex", "-1"));
}

/** @param {HTMLElement} fact @param {HTMLFormElement} form */
function put(fact, form) {
  const editor = document.createElement("dd");
  editor.className = "fact__editor";
  fact.querySelector(".fact__kept")?.remove();
  fact.querySelector("dd")?.setAttribute("hidden", "");
  fact.querySelector("dt")?.after(editor);
  fill(editor, form);
  sayWhere();
  return editor;
}

/** Takes the form away again. @param {HTMLElement} editor */
function close(editor) {
  const fact = factOf(editor);
  editor.remove();
  fact?.querySelector(":scope > dd[hidden]")?.removeAttribute("hidden");
  sayWhere();
  return fact;
}

/**
 * Opens a detail for editing. @param {HTMLElement} fact @param {boolean} [pressed] by a pointer
 */
export async function open(fact, pressed = false) {
  const pencil = /** @type {HTMLAnchorElement|null} */ (pencilOf(fact));
  const { unit = "", field = "" } = fact.dataset;
  if (!pencil || "opening" in fact.dataset) return;
  const already = editorOf(unit);
  if (already) return focusIn(already, field, pressed);
  editors().forEach((one) => isChanged(formOf(one)) || one.querySelector(".collision") || close(one));
  fact.dataset.opening = "";
  const page = await fetchPage(pencil.href);
  delete fact.dataset.opening;
  // Meanwhile the page may have been renewed by what somebody else did.
  const place = fact.isConnected ? fact : /** @type {HTMLElement|null} */ (document.querySelector(`[data-field="${field}"]`));
  if (!page || !place || editorOf(unit)) return;
  const form = /** @type {HTMLFormElement|null} */ (page.doc.querySelector("form[data-edit-form]"));
  if (form) focusIn(put(place, form), field, pressed);
  else why(place, page.doc.querySelector("[data-refusal]"));
}

/** Why it is not edited, at the place where one tried (K7). @param {Element} fact @param {Element|null} [said] */
export function why(fact, said) {
  document.querySelectorAll(".fact__why").forEach((old) => old.remove());
  const details = /** @type {HTMLElement|null} */ (fact.closest("[data-details]"));
  const { why: words = "", whyRule = "" } = details?.dataset ?? {};
  if (!words && !said) return;
  const box = document.createElement("dd");
  box.className = "fact__why";
  box.setAttribute("role", "status");
  box.textContent = said ? (said.textContent ?? "").trim() : `${words} `;
  if (!said && whyRule) {
    const link = document.createElement("a");
    link.className = "rule";
    link.href = `/guide/#${whyRule}`;
    link.textContent = whyRule;
    box.append(link);
  }
  fact.append(box);
}

/** Leaves a detail as it was; a text typed into it can be taken up again. @param {HTMLElement} editor */
export function leave(editor) {
  const form = formOf(editor);
  const changed = isChanged(form);
  const fact = close(editor);
  if (changed) tell("desk:sent", { form, saved: true }); // its draft is not wanted any more
  if (!fact) return;
  if (changed && form.querySelector("textarea")) keep(fact, form);
  pencilOf(fact)?.focus({ preventScroll: true });
}

/** @param {HTMLElement} fact @param {HTMLFormElement} form */
function keep(fact, form) {
  const box = document.createElement("dd");
  box.className = "fact__kept";
  box.setAttribute("role", "status");
  const again = document.createElement("button");
  again.type = "button";
  again.className = "button button--small";
  again.textContent = "Go on typing";
  again.addEventListener("click", () => focusIn(put(fact, form), fact.dataset.field ?? "", false));
  box.append("Not saved. ", again);
  fact.append(box);
}

/** Sends the form, and shows what came of it. True where it has been saved. @param {HTMLElement} editor @param {HTMLElement|null} submitter */
export async function save(editor, submitter = null) {
  const form = formOf(editor);
  const body = new URLSearchParams(/** @type {any} */ (new FormData(form, submitter)));
  const page = await fetchPage(form.action, { method: "POST", body });
  const saved = Boolean(page?.response.redirected);
  if (page && saved) done(editor, page.doc);
  // After the form is gone: a field that is taken away says that it changed, and its draft is kept anew.
  tell("desk:sent", { form, saved });
  if (!page || saved) return saved;
  const again = /** @type {HTMLFormElement|null} */ (page.doc.querySelector("form[data-edit-form]"));
  if (again) {
    fill(editor, again);
    focusIn(editor, factOf(editor)?.dataset.field ?? "", false);
  } else {
    refuseIn(form, page.doc);
  }
  return saved;
}

/** @param {HTMLElement} editor @param {Document} doc */
function done(editor, doc) {
  const held = editor.contains(document.activeElement);
  const fact = close(editor);
  const field = fact?.dataset.field;
  renewCase(doc, false);
  renewFeed(doc);
  const now = document.querySelector(`[data-field="${field}"]`);
  if (!now) return;
  now.classList.add("fact--saved");
  speak(`${nameOf(now)} saved`);
  if (held || document.activeElement === document.body) pencilOf(now)?.focus({ preventScroll: true });
}

/** The next detail, or the one before. @param {HTMLElement} editor @param {number} by */
export async function goOn(editor, by) {
  const fact = factOf(editor);
  const { unit, field } = fact?.dataset ?? {};
  if (isChanged(formOf(editor))) {
    if (editor.hasAttribute("data-going")) return;
    editor.setAttribute("data-going", "");
    const saved = await save(editor);
    editor.removeAttribute("data-going");
    if (!saved) return;
  } else {
    close(editor);
  }
  const all = [...document.querySelectorAll("[data-unit]")].filter(pencilOf);
  const units = [...new Set(all.map((one) => /** @type {HTMLElement} */ (one).dataset.unit))];
  const next = units[units.indexOf(unit) + by];
  const there = /** @type {HTMLElement|undefined} */ (all.find((one) => /** @type {HTMLElement} */ (one).dataset.unit === next));
  if (there) await open(there);
  else pencilOf(document.querySelector(`[data-field="${field}"]`) ?? document.body)?.focus();
}

/** Somebody else has changed what is being edited here: said at once, before saving. */
document.addEventListener("desk:changed-under", (event) => {
  const { editor, fresh } = event.detail;
  const value = fresh.querySelector("dd")?.textContent.trim();
  const details = /** @type {HTMLElement|null} */ (fresh.closest("[data-details]"));
  const name = nameOf(fresh);
  const several = editor.querySelectorAll(".field").length > 1;
  let note = editor.querySelector(".fact__under");
  if (!note) {
    note = document.createElement("p");
    note.className = "fact__under";
    note.setAttribute("role", "status");
    editor.append(note);
  }
  const who = details?.dataset.details || "Somebody else";
  note.textContent = `${who} changed ${several ? name : "this"} to “${value.length > 120 ? `${value.slice(0, 119)}…` : value}” while you edit it. Saving shows you both.`;
});

/** What is open while the page is shown anew is opened again in it. @type {{field: string, form: HTMLFormElement}[]} */
let kept = [];
let keptOf = "";

document.addEventListener("htmx:before:swap", () => {
  const open = editors();
  if (!open.length) return;
  keptOf = location.pathname;
  kept = open.map((editor) => ({ field: factOf(editor)?.dataset.field ?? "", form: formOf(editor) }));
  open.forEach(close);
});

document.addEventListener("htmx:after:swap", () => {
  if (keptOf !== location.pathname) kept = [];
  kept = kept.filter(({ field, form }) => {
    const fact = /** @type {HTMLElement|null} */ (document.querySelector(`[data-field="${field}"]`));
    if (!fact || !pencilOf(fact)) return true;
    if (!fact.querySelector(".fact__editor")) put(fact, form);
    return false;
  });
});
