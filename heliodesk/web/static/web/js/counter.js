/** Counts characters as the rule does: code points, a line break is one (L3). */
import { each } from "desk/net";

const number = new Intl.NumberFormat("en-US");

/** @param {HTMLTextAreaElement} field */
function count(field) {
  const place = document.querySelector(`[data-counter="${CSS.escape(field.id)}"]`);
  if (!place) return;
  const used = [...field.value.replaceAll("\r\n", "\n")].length;
  const most = Number(field.dataset.max);
  const over = used - most;
  place.toggleAttribute("data-over", over > 0);
  const words = `${number.format(used)} / ${number.format(most)}`;
  place.textContent = over > 0 ? `${words} – ${number.format(over)} too many` : words;
}

each("[data-max]", count);

document.addEventListener("input", (event) => {
  const field = /** @type {HTMLTextAreaElement} */ (event.target);
  if (field.matches("[data-max]")) count(field);
});
