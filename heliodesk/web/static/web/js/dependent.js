/** A select that offers only what belongs to the choice in another one (H4: subtypes of the type). */
import { each } from "desk/net";

/** @param {HTMLSelectElement} select */
function narrow(select) {
  const on = /** @type {HTMLSelectElement|null} */ (document.getElementById(select.dataset.dependsOn ?? ""));
  if (!on) return;
  let any = !on.value;
  for (const group of select.querySelectorAll("optgroup")) {
    const fits = group.dataset.type === on.value;
    any ||= fits;
    group.hidden = group.disabled = !fits;
    if (!fits && group.contains(select.selectedOptions[0] ?? null)) select.value = "";
  }
  const field = select.closest(".field");
  if (field && "hide" in select.dataset) /** @type {HTMLElement} */ (field).hidden = !any;
  const name = (on.labels[0]?.textContent ?? "the other").trim();
  const first = select.options[0];
  if (first && !first.value) first.textContent = on.value ? "Choose …" : `Choose ${name} first`;
}

each("select[data-depends-on]", narrow);

document.addEventListener("change", (event) => {
  const { id } = /** @type {Element} */ (event.target);
  if (!id) return;
  document.querySelectorAll(`select[data-depends-on="${CSS.escape(id)}"]`).forEach((select) => {
    narrow(/** @type {HTMLSelectElement} */ (select));
  });
});
