/**
 * What opens a detail of the case for editing and leaves it again: a click on it, Enter or `e` on its
 * pencil; Enter saves (Ctrl-Enter in a text), Escape leaves it, Tab saves and goes on to the next.
 */
import { controlsOf, factOf, formOf, goOn, isChanged, leave, open, pencilOf, save, why } from "desk/in-place";
import { keyOf, keysOff } from "desk/keyboard";
import { plainClick, tell } from "desk/net";

document.addEventListener(
  "click",
  (event) => {
    const target = /** @type {Element} */ (event.target);
    const fact = factOf(target);
    if (!fact || !plainClick(event)) return;
    const editor = /** @type {HTMLElement|null} */ (target.closest(".fact__editor"));
    if (editor) {
      const radio = /** @type {HTMLInputElement} */ (target);
      if (target.closest("[data-dialog-close]")) {
        event.preventDefault();
        event.stopPropagation();
        leave(editor);
      } else if (radio.type === "radio" && event.detail > 0 && isChanged(formOf(editor))) {
        formOf(editor).requestSubmit(); // one press says it all
      }
    } else if (target.closest("a[data-edit]")) {
      event.preventDefault();
      event.stopPropagation();
      open(fact, event.detail > 0);
    } else if (target.closest("dd:not([class])") && !target.closest("a, button") && window.getSelection()?.isCollapsed) {
      open(fact, true);
    }
  },
  true,
);

document.addEventListener("dblclick", (event) => {
  const fact = /** @type {Element} */ (event.target).closest("[data-field]");
  if (fact && !fact.querySelector(".fact__pencil")) why(fact);
});

document.addEventListener(
  "submit",
  (event) => {
    const form = /** @type {HTMLFormElement} */ (event.target);
    const editor = /** @type {HTMLElement|null} */ (form.closest(".fact__editor"));
    if (!editor || event.defaultPrevented) return;
    event.preventDefault();
    event.stopPropagation();
    if (isChanged(form) || form.querySelector(".collision")) {
      save(editor, event.submitter);
    } else {
      tell("desk:sent", { form, saved: false });
      leave(editor);
    }
  },
  true,
);

/** @param {KeyboardEvent} event @param {HTMLElement} editor */
function keyIn(event, editor) {
  const form = formOf(editor);
  const target = /** @type {HTMLElement} */ (event.target);
  const controls = controlsOf(form);
  const at = controls.findIndex((one) => one === target || (one.type === "radio" && target.getAttribute("name") === one.name));
  if (event.key === "Escape") {
    leave(editor);
  } else if (event.key === "Enter" && at >= 0 && (event.ctrlKey || event.metaKey || !target.matches("textarea"))) {
    form.requestSubmit();
  } else if (event.key === "Tab" && at === (event.shiftKey ? 0 : controls.length - 1) && !form.querySelector(".collision")) {
    goOn(editor, event.shiftKey ? -1 : 1);
  } else {
    return;
  }
  event.preventDefault();
}

document.addEventListener("keydown", (event) => {
  const target = /** @type {Element} */ (event.target);
  const editor = /** @type {HTMLElement|null} */ (target.closest?.(".fact__editor"));
  if (editor && !event.defaultPrevented && !event.isComposing) keyIn(event, editor);
  if (event.key === "Escape") document.querySelectorAll(".fact__why").forEach((old) => old.remove());
});

// Before the keys of the page: `e` on a detail opens that one.
document.addEventListener(
  "keydown",
  (event) => {
    if (keyOf(event) !== "e" || event.ctrlKey || event.metaKey || event.altKey || keysOff()) return;
    const target = /** @type {Element} */ (event.target);
    if (target.matches("input, textarea, select") || document.querySelector("dialog[open]")) return;
    const fact = factOf(target);
    const refused = document.querySelector("[data-details][data-why]") && document.querySelector(".highlights [aria-describedby=why-edit]");
    if (fact && pencilOf(fact)) open(fact);
    else if (refused) /** @type {HTMLElement} */ (refused).focus();
    else return;
    event.preventDefault();
    event.stopPropagation();
  },
  true,
);
