/** Pop-ups: those of the server go after a while, unless somebody is reading them. */
import { each } from "desk/net";

const PLAIN = 8000;
const WITH_LINK = 20000;

/**
 * A message of the page's own.
 * @param {string} words
 * @param {"success"|"info"|"warning"|"error"} [kind]
 */
export function toast(words, kind = "info") {
  const box = document.createElement("div");
  box.className = `toast toast--${kind}`;
  box.dataset.toast = "";
  const text = document.createElement("div");
  text.textContent = words;
  box.append(document.createElement("span"), text);
  document.getElementById("toasts")?.append(box);
  expire(box);
}

/** @param {HTMLElement} box */
function expire(box) {
  if (box.classList.contains("toast--error") || box.dataset.counted) return;
  box.dataset.counted = "";
  const wait = box.querySelector("a") ? WITH_LINK : PLAIN;
  setTimeout(function go() {
    if (box.matches(":hover, :focus-within")) setTimeout(go, 2000);
    else box.remove();
  }, wait);
}

each("[data-toast]", expire);

document.addEventListener("click", (event) => {
  const target = /** @type {Element} */ (event.target);
  if (target.closest("[data-toast-close]")) target.closest("[data-toast]")?.remove();
});
