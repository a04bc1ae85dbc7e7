/** A bar while the desk cannot be reached; what is on the screen stays. */

let bar = /** @type {HTMLElement|null} */ (null);

function show() {
  if (bar?.isConnected) return;
  bar = document.createElement("div");
  bar.className = "offline-bar";
  bar.setAttribute("role", "status");
  bar.textContent = "The desk cannot be reached. What you typed is still here; try again in a moment.";
  document.body.append(bar);
}

function hide() {
  bar?.remove();
  bar = null;
}

window.addEventListener("offline", show);
window.addEventListener("online", hide);
document.addEventListener("desk:offline", show);
document.addEventListener("desk:online", hide);
document.addEventListener("htmx:error", (event) => {
  if (/** @type {any} */ (event).detail.error instanceof TypeError) show();
});
