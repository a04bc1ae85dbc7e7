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
import { each, ready } from "desk/net";

each("[data-chart]", () => import("desk/charts"));
each("[data-tickets]", (box) => import("desk/tickets").then(({ attach }) => attach(box)));
each("[data-pick]", (field) => import("desk/pick").then(({ attach }) => attach(field)));
document.addEventListener("focusin", ({ target: field }) => {
  if (field instanceof HTMLInputElement && field.matches("[data-pick]")) field.select(); // before a first key, which may be quick
});
each("[data-grid], [data-add-filter], [data-order]", () => {
  import("desk/grid");
  import("desk/preview").then(() => import("desk/filter"));
});

ready(document.body);
