/** Menus are <details>; here they close by a click elsewhere, by leaving them, and by Esc. */

/** @param {(menu: HTMLDetailsElement) => boolean} which */
function close(which) {
  for (const menu of document.querySelectorAll("details[data-menu][open]")) {
    if (which(/** @type {HTMLDetailsElement} */ (menu))) menu.removeAttribute("open");
  }
}

document.addEventListener("click", (event) => {
  close((menu) => !menu.contains(/** @type {Node} */ (event.target)));
});

document.addEventListener("focusin", (event) => {
  close((menu) => !menu.contains(/** @type {Node} */ (event.target)));
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  close((menu) => {
    if (menu.contains(document.activeElement)) menu.querySelector("summary")?.focus();
    return true;
  });
});
