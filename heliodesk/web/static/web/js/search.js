/**
 * The search field: what fits while one types, by kind, with the actions; after ">" these alone (V4).
 * A combobox by the ARIA pattern with grouped options. Enter searches, unless one has chosen.
 */
import { each, fetchPage, later } from "desk/net";
import { actions, fill, recent, run } from "desk/palette";

/** @typedef {import("desk/palette").Offer} Offer */

const SHORTEST = 2;
const FEW = 4; // actions beside what was found

class Palette {
  /** @param {HTMLInputElement} field */
  constructor(field) {
    this.field = field;
    this.box = document.createElement("div");
    this.box.id = "palette";
    this.box.className = "combobox__list palette";
    this.box.hidden = true;
    this.box.setAttribute("role", "listbox");
    this.box.setAttribute("aria-label", "Proposals");
    this.said = document.createElement("span");
    this.said.className = "hidden-text";
    this.said.setAttribute("role", "status");
    /** @type {Offer[]} */
    this.offers = [];
    this.active = -1;
    this.asked = new AbortController();
    for (const [name, value] of Object.entries({
      role: "combobox", "aria-autocomplete": "list", "aria-controls": "palette", "aria-expanded": "false",
    })) field.setAttribute(name, value);
    field.form?.append(this.box, this.said);
    const ask = later(120, () => this.ask());
    field.addEventListener("input", () => (this.instant() ? ask.drop() : ask()));
    field.addEventListener("focus", () => this.greet());
    field.addEventListener("click", () => this.box.hidden && this.greet());
    field.addEventListener("blur", () => this.close());
    field.addEventListener("keydown", (event) => this.key(event));
    field.form?.addEventListener("submit", (event) => this.typed().startsWith(">") && event.preventDefault());
    this.box.addEventListener("mousedown", (event) => this.pressed(event));
  }

  typed() {
    return this.field.value.trim();
  }

  /** What needs no answer of the server: recent cases and actions. True where that is all. */
  instant() {
    const typed = this.typed();
    if (typed.startsWith(">")) this.open(actions(typed.slice(1)), true);
    else if (typed.length < SHORTEST) this.open([...recent(), ...actions("").filter((one) => one.press && !one.keys?.startsWith("g "))]);
    else return false;
    return true;
  }

  async greet() {
    if (!this.instant()) this.ask();
    await fill();
    if (!this.box.hidden) this.instant();
  }

  async ask() {
    const typed = this.typed();
    this.asked.abort();
    this.asked = new AbortController();
    const url = new URL(this.field.dataset.find ?? "", location.href);
    url.searchParams.set("q", typed);
    const page = await fetchPage(url.href, { headers: { Accept: "application/json" }, signal: this.asked.signal });
    if (!page?.response.ok || typed !== this.typed() || document.activeElement !== this.field) return;
    /** @type {Offer[]} */
    const found = JSON.parse(page.text).items;
    const fitting = actions(typed).slice(0, FEW);
    this.open([...found.filter((one) => one.group !== "Actions" && one.group !== "Texts"),
      ...fitting, ...found.filter((one) => one.group === "Actions"), ...found.filter((one) => one.group === "Texts")]);
  }

  /** @param {Offer[]} offers @param {boolean} [chosen] whether Enter takes the first */
  open(offers, chosen = false) {
    const groups = new Map();
    for (const offer of offers) groups.set(offer.group, [...(groups.get(offer.group) ?? []), offer]);
    this.offers = [...groups.values()].flat();
    this.box.replaceChildren(...[...groups].map(([name, members], at) => this.group(name, members, at)));
    this.box.hidden = !offers.length;
    this.field.setAttribute("aria-expanded", String(!this.box.hidden));
    this.said.textContent = offers.length ? `${offers.length} proposals` : "No proposals";
    this.box.scrollTop = 0;
    this.move(chosen ? this.offers.findIndex((offer) => !offer.refused) : -1);
  }

  close() {
    this.asked.abort();
    this.box.hidden = true;
    this.move(-1);
    this.field.setAttribute("aria-expanded", "false");
  }

  /** @param {string} name @param {Offer[]} members @param {number} at */
  group(name, members, at) {
    const group = document.createElement("div");
    group.setAttribute("role", "group");
    group.setAttribute("aria-labelledby", `palette-group-${at}`);
    const title = document.createElement("div");
    title.id = `palette-group-${at}`;
    title.className = "palette__group";
    title.setAttribute("role", "presentation");
    title.textContent = name;
    group.append(title, ...members.map((offer) => this.option(offer)));
    return group;
  }

  /** @param {Offer} offer */
  option(offer) {
    const option = document.createElement("div");
    option.id = `palette-${this.offers.indexOf(offer)}`;
    option.className = "combobox__option";
    option.setAttribute("role", "option");
    if (offer.refused) option.setAttribute("aria-disabled", "true");
    option.append(offer.label);
    for (const [tag, className, text] of [["span", "combobox__hint", offer.hint], ["kbd", "", offer.keys]]) {
      if (!text) continue;
      const part = document.createElement(/** @type {string} */ (tag));
      part.className = className ?? "";
      part.textContent = text;
      option.append(" ", part);
    }
    return option;
  }

  /** @param {number} to */
  move(to) {
    this.active = to;
    this.field.removeAttribute("aria-activedescendant");
    this.box.querySelectorAll("[role=option]").forEach((option, at) => {
      option.setAttribute("aria-selected", String(at === to));
      if (at !== to) return;
      this.field.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    });
  }

  /** @param {number} at */
  take(at) {
    const offer = this.offers[at];
    if (!offer || offer.refused) return;
    this.close();
    if (offer.press) {
      this.field.value = "";
      this.field.blur();
    }
    run(offer);
  }

  /** @param {MouseEvent} event */
  pressed(event) {
    event.preventDefault(); // the field keeps the focus
    const option = /** @type {Element} */ (event.target).closest("[role=option]");
    if (option) this.take([...this.box.querySelectorAll("[role=option]")].indexOf(option));
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    if (this.box.hidden) {
      if (event.key === "ArrowDown") this.greet();
      return;
    }
    if (event.isComposing) return; // Enter ends the composed word
    const count = this.offers.length;
    if (event.key === "ArrowDown") this.move((this.active + 1) % count);
    else if (event.key === "ArrowUp") this.move(this.active > 0 ? this.active - 1 : count - 1);
    else if (event.key === "Enter" && this.active >= 0) this.take(this.active);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
}

each("input[data-find]", (/** @type {HTMLInputElement} */ field) => {
  if (field.getAttribute("role") !== "combobox" || !document.getElementById("palette")) new Palette(field);
});

document.addEventListener("keydown", (event) => {
  if (event.key?.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  /** @type {HTMLInputElement|null} */ (document.getElementById("search"))?.select();
});
