/** Matching cases stand beside the form and follow what is typed (B4). */
import { fetchPage, later, ready } from "desk/net";

const WAIT = 350;
let asked = 0;

/** @param {HTMLFormElement} form */
function query(form) {
  const fields = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    const own = /^(csrfmiddlewaretoken|once|seen_.*|none_of_these|ticket)$/.test(name);
    if (typeof value === "string" && value && !own) fields.append(name, value);
  }
  return fields;
}

/** @param {HTMLFormElement} form */
async function look(form) {
  const place = document.getElementById("matching-cases");
  if (!place) return;
  const turn = (asked += 1);
  const url = new URL(form.dataset.similarUrl ?? "", location.href);
  for (const [name, value] of query(form)) url.searchParams.append(name, value);
  place.setAttribute("aria-busy", "true");
  const page = await fetchPage(url.href);
  if (turn !== asked) return; // a later question is on its way, or has been answered
  place.removeAttribute("aria-busy");
  if (!page?.response.ok) return;
  const ticked = [...place.querySelectorAll("input:checked")].map((box) => /** @type {any} */ (box).value);
  const fresh = page.doc.getElementById("matching-cases") ?? page.doc.body;
  place.replaceChildren(...fresh.childNodes);
  for (const box of place.querySelectorAll("input[type=checkbox]")) {
    if (ticked.includes(/** @type {any} */ (box).value)) /** @type {any} */ (box).checked = true;
  }
  window.htmx.process(place);
  ready(place);
}

/** @type {WeakMap<HTMLFormElement, ReturnType<typeof later>>} */
const waiting = new WeakMap();

/** @param {Event} event */
function changed(event) {
  const { form } = /** @type {HTMLInputElement} */ (event.target);
  if (!form?.matches("[data-similar-url]") || /** @type {Element} */ (event.target).closest("#matching-cases, [data-tickets]")) return;
  if (!waiting.has(form)) waiting.set(form, later(WAIT, () => look(form)));
  waiting.get(form)?.();
}

document.addEventListener("input", changed);
document.addEventListener("change", changed);
