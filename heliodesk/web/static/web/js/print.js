/** data-print: a button that prints the page, or saves it as PDF (W4). */
document.addEventListener("click", (event) => {
  if (/** @type {Element} */ (event.target).closest("[data-print]")) window.print();
});
