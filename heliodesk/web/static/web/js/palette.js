/**
 * What the search field offers beside what is found: the actions of this page with their keys, those
 * from anywhere, places, and the cases seen lately. Kept apart from how they are shown.
 */
import { fetchPage } from "desk/net";

/**
 * @typedef {object} Offer
 * @property {string} group
 * @property {string} label
 * @property {string} [hint]
 * @property {string} [keys]
 * @property {string} [value] an address to go to
 * @property {string} [post] an address to send to
 * @property {HTMLElement} [press] an element of the page
 * @property {boolean} [refused] may not be done; the hint says why
 */

const RECENT = 6;
const KEPT = 300_000; // milliseconds
/** @type {{items: Offer[], at: number, person: string}} */
let anywhere = { items: [], at: 0, person: "" };

const person = () => document.body.dataset.person ?? "";
const store = () => `heliodesk-recent-${person()}`;
/** @param {Element|null} element */
const words = (element) => (element?.textContent ?? "").replace(/\s+/g, " ").trim();
/** @param {string} text */
const folded = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/** The actions of the page: those with a key, and those which one may not do. @returns {Offer[]} */
function here() {
  const seen = new Set();
  /** @type {Offer[]} */
  const offers = [];
  document.querySelectorAll("#main [data-key], #main .why > [aria-disabled=true]").forEach((found) => {
    const press = /** @type {HTMLElement} */ (found);
    const label = press.getAttribute("aria-label") ?? words(press);
    if (!label || seen.has(label) || press.closest("[data-row], dialog")) return;
    seen.add(label);
    const refused = press.getAttribute("aria-disabled") === "true";
    const why = refused ? words(press.parentElement?.querySelector("[role=tooltip]") ?? null) : "";
    offers.push({ group: "On this page", label, hint: why, keys: press.dataset.key, press, refused });
  });
  return offers;
}

/** The places of the rail. @returns {Offer[]} */
function places() {
  return [...document.querySelectorAll("[data-go]")].map((link) => {
    const press = /** @type {HTMLElement} */ (link);
    return { group: "Actions", label: `Go to ${words(press)}`, keys: `g ${press.dataset.go}`, press };
  });
}

/** What one may do from anywhere, asked of the server once in a while. */
export async function fill() {
  if (anywhere.person === person() && Date.now() - anywhere.at < KEPT) return;
  anywhere = { items: [], at: Date.now(), person: person() };
  const page = await fetchPage("/search/actions/", { headers: { Accept: "application/json" } });
  if (!page?.response.ok) return void (anywhere.at = 0);
  anywhere.items = JSON.parse(page.text).items.map((/** @type {Offer} */ item) => ({ ...item, group: "Actions" }));
}

/** The actions that have all of the words; all of them for none. @param {string} typed @returns {Offer[]} */
export function actions(typed) {
  const wanted = folded(typed).split(/\s+/).filter(Boolean);
  return [...here(), ...anywhere.items, ...places()].filter((offer) => {
    const label = ` ${folded(offer.label)}`;
    return wanted.every((word) => label.includes(` ${word}`));
  });
}

/** The cases that this person has looked at lately, in this browser. @returns {Offer[]} */
export function recent() {
  try {
    const kept = JSON.parse(localStorage.getItem(store()) ?? "[]");
    return kept
      .filter((/** @type {Offer} */ one) => one.value !== location.pathname)
      .map((/** @type {Offer} */ one) => ({ ...one, group: "Recent cases" }));
  } catch {
    return [];
  }
}

document.addEventListener("desk:ready", (event) => {
  if (event.target !== document.body || !/^\/cases\/\d{8}\/$/.test(location.pathname)) return;
  const value = location.pathname;
  const label = document.title.replace(/ – Heliodesk$/, "");
  const rest = recent().filter((one) => one.value !== value).map((one) => ({ value: one.value, label: one.label }));
  localStorage.setItem(store(), JSON.stringify([{ value, label }, ...rest].slice(0, RECENT + 1)));
});

/** Does what was chosen. @param {Offer} offer */
export function run(offer) {
  if (offer.press) return offer.press.click();
  if (offer.value) return location.assign(offer.value);
  const form = document.createElement("form");
  form.method = "post";
  form.action = offer.post ?? "";
  const token = /** @type {HTMLInputElement|null} */ (document.querySelector("input[name=csrfmiddlewaretoken]"));
  const bytes = crypto.getRandomValues(new Uint8Array(16)); // randomUUID is for https alone
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const once = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  for (const [name, value] of Object.entries({ csrfmiddlewaretoken: token?.value ?? "", once })) {
    const field = document.createElement("input");
    Object.assign(field, { type: "hidden", name, value });
    form.append(field);
  }
  document.body.append(form);
  return form.submit();
}
