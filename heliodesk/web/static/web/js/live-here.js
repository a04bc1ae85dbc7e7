/** Who else looks at the case, and who writes in it (K2); also in the rows of lists. */
import { caseShown, rowsShown, stream } from "desk/live";

/** @typedef {{name: string, initials: string, hue: number, writes: boolean, fields: string[]}} Person */

const QUIET_AFTER = 6000;
const SAY_EVERY = 20000;
/** @type {Map<string, Person[]>} */
const looking = new Map();

/** @param {Person} person */
function face(person) {
  const mark = document.createElement("span");
  mark.className = `avatar avatar--${person.hue} avatar--s${person.writes ? " avatar--writes" : ""}`;
  mark.setAttribute("aria-hidden", "true");
  mark.textContent = person.initials;
  return mark;
}

/** @param {Person[]} people */
function inWords(people) {
  const names = people.map((one) => (one.writes ? `${one.name} writes` : one.name));
  const last = names.pop();
  return names.length ? `${names.join(", ")} and ${last}` : last;
}

/** @param {Element|null|undefined} place @param {Person[]} people @param {boolean} named */
function put(place, people, named) {
  const old = place?.querySelector(":scope > .here");
  if (!place || (!old && !people.length)) return;
  old?.remove();
  if (!people.length) return;
  const box = document.createElement("span");
  box.className = "here";
  const words = document.createElement("span");
  words.textContent = named ? `Also here: ${inWords(people)}` : `${inWords(people)} has it open`;
  if (!named) words.className = "hidden-text";
  box.title = words.textContent;
  box.append(...people.slice(0, named ? 6 : 3).map(face), words);
  place.append(box);
}

/** Says at a detail of the case who has it open for editing. @param {HTMLElement} fact @param {Person[]} people */
function sign(fact, people) {
  const old = fact.querySelector(":scope > .fact__here");
  const words = people.length ? `${people.map((one) => one.name).join(" and ")} ${people.length > 1 ? "are" : "is"} editing this` : "";
  if ((old?.textContent ?? "") === words) return;
  old?.remove();
  if (!words) return;
  const box = document.createElement("dd");
  box.className = "fact__here";
  box.append(...people.slice(0, 3).map(face), words);
  fact.append(box);
}

function show() {
  const number = caseShown();
  for (const fact of document.querySelectorAll("[data-unit]")) {
    const { unit } = /** @type {HTMLElement} */ (fact).dataset;
    sign(/** @type {HTMLElement} */ (fact), (looking.get(number) ?? []).filter((one) => one.fields.includes(unit ?? "")));
  }
  put(document.querySelector(".highlights"), looking.get(number) ?? [], true);
  for (const [number, rows] of rowsShown()) {
    for (const row of rows) put(row.querySelector("[data-label=Number]"), looking.get(number) ?? [], false);
  }
}

document.addEventListener("desk:live", (event) => {
  const { name, data } = event.detail;
  if (name === "hello") {
    looking.clear();
    if (field) tellServer();
  }
  if (name !== "here") return;
  looking.set(data.number, data.people);
  show();
});
document.addEventListener("desk:ready", show);

let writes = false;
/** The detail of the case that is open for editing, or "". */
let field = "";
let said = 0;
let timer = 0;

function tellServer() {
  if (!stream) return;
  said = Date.now();
  const body = new URLSearchParams({ stream, writes: writes ? "1" : "0", field });
  fetch("/live/", { method: "POST", body }).catch(() => undefined);
}

/** @param {boolean} now */
function tellWriting(now) {
  clearTimeout(timer);
  if (now) timer = setTimeout(() => tellWriting(false), QUIET_AFTER);
  if (!stream || (now === writes && (!now || Date.now() - said < SAY_EVERY))) return;
  writes = now;
  tellServer();
}

/** That this detail of the case is open for editing here, or none any more. @param {string} now */
export function tellEditing(now) {
  if (now === field) return;
  field = now;
  tellServer();
}

document.addEventListener("input", (event) => {
  const field = /** @type {HTMLElement} */ (event.target);
  if (caseShown() && field.closest("form[data-draft]")) tellWriting(true);
});
document.addEventListener("submit", () => tellWriting(false), true);
