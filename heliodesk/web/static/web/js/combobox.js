/**
 * A combobox by the ARIA pattern: input[data-lookup] gets proposals from its address as
 * {"items": [{value, label, hint}]}, and is a plain field without. See pick.js for what is chosen by its key.
 */
import { each, fetchPage, later } from "desk/net";

/** @typedef {{value: string, label: string, hint?: string, insert?: string, refused?: string}} Item */

const SHOWN = 50;
let made = 0;

/** The proposals of an address for what was typed, with its `note` on why there are none. @param {string} source @param {string} typed @returns {Promise<Item[] & {note?: string}>} */
export async function proposals(source, typed) {
  const url = new URL(source, location.href);
  url.searchParams.set("q", typed);
  const page = await fetchPage(url.href, { headers: { Accept: "application/json" } });
  if (!page?.response.ok) return [];
  const { items, note } = JSON.parse(page.text);
  return Object.assign(items, { note });
}

/** The list under a field, and which of its options is the active one. */
export class List {
  /** @param {HTMLInputElement|HTMLTextAreaElement} field @param {(item: Item) => void} choose */
  constructor(field, choose) {
    this.field = field;
    this.choose = choose;
    this.box = document.createElement("ul");
    this.box.className = "combobox__list";
    this.box.id = `combobox-${(made += 1)}`;
    this.box.setAttribute("role", "listbox");
    this.box.setAttribute("aria-label", "Proposals");
    this.box.hidden = true;
    /** @type {Item[]} */
    this.items = [];
    this.active = -1;
    this.place();
    this.box.addEventListener("mousedown", (event) => this.#pressed(event));
    field.addEventListener("keydown", (event) => this.#key(/** @type {KeyboardEvent} */ (event)));
    field.addEventListener("blur", () => this.close());
  }

  /** Puts the list below its field; once more where a page was shown anew. */
  place() {
    const { field, box } = this;
    if (!(field instanceof HTMLTextAreaElement)) field.setAttribute("role", "combobox");
    field.setAttribute("aria-autocomplete", "list");
    field.setAttribute("aria-controls", box.id);
    this.#expanded(false);
    field.after(box);
    field.parentElement?.classList.add("combobox");
  }

  /** A text of several lines stays one: it is no combobox, and may not say that it is open. @param {boolean} is */
  #expanded(is) {
    if (!(this.field instanceof HTMLTextAreaElement)) this.field.setAttribute("aria-expanded", String(is));
  }

  /** @param {Item[]} items @param {string} [note] said below them, or where there are none @param {boolean} [first] whether the first is the active one */
  open(items, note, first = true) {
    this.items = items.slice(0, SHOWN);
    this.box.replaceChildren(...this.items.map((item, at) => this.#option(item, at)));
    if (note || !items.length) this.box.append(this.#nothing(note));
    this.box.hidden = false;
    this.#expanded(true);
    this.box.scrollTop = 0;
    this.field.removeAttribute("aria-activedescendant");
    this.move(first ? this.items.findIndex((item) => !item.refused) : -1);
  }

  close() {
    this.box.hidden = true;
    this.active = -1;
    this.#expanded(false);
    this.field.removeAttribute("aria-activedescendant");
  }

  /** @param {number} to */
  move(to) {
    this.active = to;
    [...this.box.querySelectorAll("[role=option]")].forEach((option, at) => {
      option.setAttribute("aria-selected", String(at === to));
      if (at !== to) return;
      this.field.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    });
  }

  /** @param {number} at */
  take(at) {
    const item = this.items[at];
    if (item?.refused) return;
    this.close();
    if (item) this.choose(item);
  }

  /** @param {Item} item @param {number} at */
  #option(item, at) {
    const option = document.createElement("li");
    option.id = `${this.box.id}-${at}`;
    option.className = "combobox__option";
    option.setAttribute("role", "option");
    option.append(item.label);
    if (item.refused) option.setAttribute("aria-disabled", "true");
    if (item.refused || item.hint) {
      const hint = document.createElement("span");
      hint.className = "combobox__hint";
      hint.textContent = item.refused || item.hint || "";
      option.append(hint);
    }
    return option;
  }

  /** @param {string} [note] */
  #nothing(note) {
    const none = document.createElement("li");
    none.className = "combobox__note";
    none.setAttribute("role", "option");
    none.setAttribute("aria-disabled", "true");
    none.textContent = note || "Nothing found";
    return none;
  }

  /** @param {MouseEvent} event */
  #pressed(event) {
    event.preventDefault(); // the field keeps the focus
    const option = /** @type {Element} */ (event.target).closest("[role=option]");
    if (option) this.take([...this.box.children].indexOf(option));
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (this.box.hidden || event.isComposing) return; // Enter ends the composed word
    const last = this.items.length - 1;
    const moves = { ArrowDown: Math.min(this.active + 1, last), ArrowUp: Math.max(this.active - 1, 0) };
    if (event.key in moves) this.move(moves[/** @type {"ArrowDown"} */ (event.key)]);
    else if ((event.key === "Enter" || event.key === "Tab") && this.active >= 0) this.take(this.active);
    else if (event.key === "Escape") this.close();
    else return;
    if (event.key === "Tab") return;
    event.preventDefault();
    event.stopPropagation();
  }
}

/** @param {HTMLElement} field */
const changed = (field) => {
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.dispatchEvent(new Event("change", { bubbles: true }));
};

each("input[data-lookup]", (/** @type {HTMLInputElement} */ field) => {
  if (field.getAttribute("role") === "combobox") return;
  const wrap = document.createElement("div");
  field.before(wrap);
  wrap.append(field);
  const list = new List(field, (item) => {
    field.value = item.value;
    changed(field);
    ask.drop();
  });
  let turn = 0;
  const ask = later(200, async () => {
    const mine = (turn += 1);
    const items = await proposals(field.dataset.lookup ?? "", field.value);
    if (mine === turn && document.activeElement === field) list.open(items, items.note);
  });
  field.addEventListener("input", (event) => {
    if (!event.isTrusted) return;
    if (field.value.trim().length > 1) ask();
    else list.close();
  });
});
