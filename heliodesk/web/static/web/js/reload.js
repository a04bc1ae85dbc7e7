/** A select that other fields follow presses its form's button, which shows the form anew with what was typed. */

document.addEventListener("change", (event) => {
  const select = /** @type {HTMLSelectElement} */ (event.target);
  const name = select.matches("select[data-reload]") && select.dataset.reload;
  const button = name && select.form?.querySelector(`button[name="${CSS.escape(name)}"]`);
  if (button) select.form?.requestSubmit(/** @type {HTMLButtonElement} */ (button));
});
