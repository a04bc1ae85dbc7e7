/**
 * Jira tickets of a new case (J1): [data-tickets] gets a field that proposes open tickets while one types; what is chosen
 * stands below it, to be taken away again, and goes into the field that is there without JavaScript, one a line.
 */
import { List, proposals } from "desk/combobox";
import { later } from "desk/net";

const PASTED = /^(https?:\/\/\S+|[a-z][a-z0-9_]+-[1-9][0-9]*)$/i;

/** @param {HTMLElement} box */
export function attach(box) {
  const area = box.querySelector("textarea");
  const chosen = box.querySelector("[data-tickets-chosen]");
  const label = box.querySelector("label");
  if (!area || !chosen || !label || area.hidden) return;
  const field = document.createElement("input");
  field.type = "text";
  field.id = `${area.id}_search`;
  field.autocomplete = "off";
  field.placeholder = "Words, SOL-123 or https://…";
  for (const name of ["aria-describedby", "aria-invalid"]) {
    const value = area.getAttribute(name);
    if (value) field.setAttribute(name, value);
  }
  label.htmlFor = field.id;
  const typing = document.activeElement === area; // before this module was here
  area.hidden = true;
  const wrap = document.createElement("div");
  wrap.append(field);
  area.after(wrap);
  const list = new List(field, (item) => add(item.value, item.label.slice(item.value.length), item.hint ?? ""));

  const kept = () => [...chosen.children].map((item) => /** @type {HTMLElement} */ (item).dataset.value);
  const keep = () => {
    // Words were for the search. What looks like an address is sent: it is linked, or refused with a word why.
    const typed = field.value.trim();
    area.value = [...kept(), PASTED.test(typed) || typed.includes(":") ? typed : ""].filter(Boolean).join("\n");
    area.dispatchEvent(new Event("input", { bubbles: true }));
  };

  /** @param {HTMLElement} item @param {string} value */
  function removable(item, value) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button button--quiet button--small tickets__remove";
    button.setAttribute("aria-label", `Take ${value} away`);
    button.textContent = "×";
    button.addEventListener("click", () => {
      item.remove();
      keep();
      field.focus();
    });
    item.append(button);
  }

  /** @param {string} value @param {string} title @param {string} status */
  function add(value, title, status) {
    field.value = "";
    if (!kept().includes(value)) {
      const item = document.createElement("li");
      item.className = "tickets__item";
      item.dataset.value = value;
      const words = document.createElement("span");
      words.className = "tickets__words";
      const strong = document.createElement("span");
      strong.className = "strong";
      strong.textContent = value;
      const muted = document.createElement("span");
      muted.className = "muted";
      muted.textContent = status;
      words.append(strong, `${title} `, muted);
      item.append(words);
      removable(item, value);
      chosen?.append(item);
    }
    keep();
  }

  /** @type {NodeListOf<HTMLElement>} */ (chosen.querySelectorAll("[data-value]")).forEach((item) => {
    removable(item, item.dataset.value ?? "");
  });
  const there = kept();
  field.value = area.value.split(/\s+/).filter((part) => !there.includes(part)).join(" ");

  let turn = 0;
  const ask = later(250, async () => {
    const mine = (turn += 1);
    const items = await proposals(box.dataset.tickets ?? "", field.value);
    if (mine === turn && document.activeElement === field && field.value) list.open(items, items.note);
  });
  field.addEventListener("input", (event) => {
    event.stopPropagation(); // matching cases (B4) are not about this
    keep();
    if (field.value.trim().length > 1) ask();
    else list.close();
  });
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.defaultPrevented) return;
    event.preventDefault(); // it does not create the case
    ask.drop();
    turn += 1;
    if (PASTED.test(field.value.trim())) add(field.value.trim(), "", "");
    else if (field.value.trim().length > 1) {
      ask();
      ask.now();
    }
  });
  field.addEventListener("blur", () => {
    ask.drop();
    turn += 1;
    if (PASTED.test(field.value.trim())) add(field.value.trim(), "", "");
  });
  if (typing) {
    field.focus();
    field.dispatchEvent(new Event("input"));
  }
}
