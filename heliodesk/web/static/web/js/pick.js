/**
 * One of many, chosen while one types: input[data-pick] is a combobox over the address it names. The key of what is chosen
 * stands in a hidden field beside it, and in another the text it stands for; typing on leaves both to the server, which
 * knows a name that only one has. With [data-pick-many] what is chosen becomes a tick in the list of that ID.
 */
import { List, proposals } from "desk/combobox";
import { later } from "desk/net";

/** @typedef {import("desk/combobox").Item} Item */

const WAIT = 120;
/** @type {WeakMap<HTMLInputElement, Pick>} */
const known = new WeakMap();

class Pick {
  /** @param {HTMLInputElement} field */
  constructor(field) {
    this.field = field;
    if (!field.parentElement?.matches(".combobox")) {
      const wrap = document.createElement("div");
      wrap.className = "pick";
      field.before(wrap);
      wrap.append(field);
    }
    this.list = new List(field, (item) => this.take(item));
    this.said = document.createElement("span");
    this.said.className = "hidden-text";
    this.said.setAttribute("role", "status");
    this.turn = 0;
    this.entered = false; // Enter was pressed, and what it takes is still asked for
    this.waits = later(WAIT, () => this.ask());
    field.addEventListener("input", (event) => event.isTrusted && this.typed());
    field.addEventListener("click", () => this.list.box.hidden && this.ask(true));
    field.addEventListener("blur", () => this.entered || this.stop());
    field.addEventListener("keydown", (event) => this.key(event));
    this.place();
    // Typed before this module was here.
    if (document.activeElement === field && field.value !== field.defaultValue) this.typed();
  }

  place() {
    this.list.place();
    this.list.box.after(this.said);
  }

  /** @param {string} part */
  beside(part) {
    const name = this.field.name.replace(/_typed$/, part);
    return /** @type {HTMLInputElement|null} */ (this.field.form?.querySelector(`input[type=hidden][name="${CSS.escape(name)}"]`) ?? null);
  }

  /** Whether what stands in the field has been chosen. */
  isChosen() {
    return this.field.value.trim() === (this.beside("_meant")?.value ?? "") && !this.many;
  }

  get many() {
    return document.getElementById(this.field.dataset.pickMany ?? "");
  }

  typed() {
    if (this.field.value.trim()) this.waits();
    else {
      this.stop();
      this.list.close();
    }
  }

  stop() {
    this.waits.drop();
    this.turn += 1;
  }

  /** The address, with what it depends on: the key of [data-pick-of] is its account. */
  get source() {
    const { pick = "", pickOf = "" } = this.field.dataset;
    const of = pickOf && /** @type {HTMLInputElement|null} */ (this.field.form?.querySelector(`input[type=hidden][name="${CSS.escape(pickOf)}"]`));
    if (!of) return pick;
    const url = new URL(pick, location.href);
    url.searchParams.set("account", of.value);
    return url.href;
  }

  empty() {
    this.field.value = "";
    this.beside("")?.setAttribute("value", "");
    this.beside("_meant")?.setAttribute("value", "");
  }

  /** Asks for what was typed, or for the likely ones. @param {boolean} [likely] @param {boolean} [only] takes the only one */
  async ask(likely = false, only = false) {
    this.waits.drop();
    const mine = (this.turn += 1);
    this.entered = only;
    const typed = likely && this.isChosen() ? "" : this.field.value;
    const items = await proposals(this.source, typed);
    if (mine !== this.turn) return;
    this.entered = false;
    const free = items.filter((item) => !item.refused);
    const { note } = items;
    this.said.textContent = note && !items.length ? note : `${items.length} ${items.length === 1 ? "proposal" : "proposals"}`;
    if (only && free.length === 1) this.take(free[0]);
    else if (document.activeElement === this.field) this.list.open(items, note, !likely);
  }

  /** @param {Item} item */
  take(item) {
    this.stop();
    this.list.close();
    if (this.many) this.tick(this.many, item);
    else {
      this.field.value = item.label;
      this.beside("_meant")?.setAttribute("value", item.label);
      this.beside("")?.setAttribute("value", item.value);
      this.field.closest(".field")?.querySelector("[data-pick-matches]")?.remove();
      this.said.textContent = `${item.label} is chosen`;
    }
    for (const kind of ["input", "change"]) this.field.dispatchEvent(new Event(kind, { bubbles: true }));
  }

  /** @param {HTMLElement} box @param {Item} item */
  tick(box, item) {
    const name = box.dataset.name ?? "";
    let input = /** @type {HTMLInputElement|null} */ (box.querySelector(`input[value="${CSS.escape(item.value)}"]`));
    if (!input) {
      const label = document.createElement("label");
      label.className = "check";
      input = Object.assign(document.createElement("input"), { type: "checkbox", name, value: item.value });
      const words = document.createElement("span");
      const hint = document.createElement("span");
      hint.className = "check__hint";
      hint.textContent = item.hint ?? "";
      words.append(item.label, hint);
      label.append(input, words);
      box.querySelector("p")?.remove();
      box.prepend(label);
    }
    input.checked = true;
    this.field.value = "";
    this.said.textContent = `${item.label} is ticked`;
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    if (event.defaultPrevented || event.isComposing) return;
    if (event.key === "Enter" && this.many) event.preventDefault(); // it ticks, and never sends
    if (!this.list.box.hidden) return;
    const enter = event.key === "Enter" && !this.isChosen() && this.field.value.trim();
    if (event.key !== "ArrowDown" && !enter) return;
    event.preventDefault(); // the name is found before the form is sent
    event.stopPropagation();
    this.ask(!enter, Boolean(enter));
  }
}

/** What depends on a field that has changed is chosen anew. */
document.addEventListener("change", (event) => {
  const field = /** @type {HTMLInputElement} */ (event.target);
  if (!field.matches("[data-pick]")) return;
  const of = `[data-pick-of="${CSS.escape(field.name.replace(/_typed$/, ""))}"]`;
  field.form?.querySelectorAll(of).forEach((one) => known.get(/** @type {HTMLInputElement} */ (one))?.empty());
});

/** @param {HTMLInputElement} field */
export function attach(field) {
  const before = known.get(field);
  if (before) before.place();
  else known.set(field, new Pick(field));
}
