/** A form goes out once: a second click while it is on its way does nothing (K3 on the screen). */

const GIVE_UP = 30000;

/** @param {Element} form */
function release(form) {
  form.removeAttribute("data-sending");
  form.querySelectorAll("[aria-busy]").forEach((button) => button.removeAttribute("aria-busy"));
}

document.addEventListener(
  "submit",
  (event) => {
    const form = /** @type {HTMLFormElement} */ (event.target);
    if (form.method !== "post") return;
    if (form.hasAttribute("data-sending")) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    form.setAttribute("data-sending", "");
    event.submitter?.setAttribute("aria-busy", "true");
    setTimeout(() => release(form), GIVE_UP);
  },
  true,
);

document.addEventListener("htmx:finally:request", (event) => {
  const form = event.detail.ctx.sourceElement;
  if (form.matches?.("form")) release(form);
});

document.addEventListener("desk:sent", (event) => release(event.detail.form));
window.addEventListener("pageshow", () => document.querySelectorAll("[data-sending]").forEach(release));
