/** Loads every module of the desk; each works by delegation, so that a swapped page needs no wiring. */
import "desk/visit";
import "desk/theme";
import "desk/menu";
import "desk/toast";
import "desk/once";
import "desk/session";
import "desk/offline";
import "desk/keyboard";
import "desk/table";
import "desk/dialog";
import "desk/drafts";
import "desk/counter";
import "desk/dependent";
import "desk/similar";
import "desk/combobox";
import "desk/composer";
import "desk/upload";
import "desk/bell";
import "desk/live";
import "desk/live-frame";
import "desk/live-case";
import "desk/live-list";
import "desk/live-here";
import "desk/print";
import "desk/quicktext";
import "desk/search";
import { lazily, ready } from "desk/net";

const picking = () => import("desk/pick");
const previewing = () => import("desk/preview");
lazily("[data-chart]", () => import("desk/charts"));
lazily("[data-tickets]", () => import("desk/tickets"));
lazily("[data-pick]", picking);
lazily("[data-grid], [data-add-filter], [data-order]", () => import("desk/grid"));
lazily("[data-grid], [data-add-filter], [data-order]", () => previewing().then(() => import("desk/filter")));

document.addEventListener("click", ({ target }) => {
  if (/** @type {Element} */ (target).closest("[data-preview-switch]")) previewing().then(({ turn }) => turn());
});

/** A field of which one is chosen, to which its module has not come yet. @param {EventTarget|null} field */
const waits = (field) => field instanceof HTMLInputElement && field.matches("[data-pick]:not([role=combobox])");
document.addEventListener("focusin", ({ target: field }) => {
  if (field instanceof HTMLInputElement && field.matches("[data-pick]")) field.select(); // before a first key, which may be quick
});
document.addEventListener("keydown", (event) => {
  const field = /** @type {HTMLInputElement} */ (event.target);
  if (event.key !== "Enter" || !waits(field) || field.value === field.defaultValue) return;
  event.preventDefault(); // who was typed is found before the form is sent
  event.stopImmediatePropagation();
  picking().then(({ attach }) => {
    attach(field);
    field.dispatchEvent(new KeyboardEvent("keydown", event));
  });
}, true);

ready(document.body);
