/** Says on the page that a passkey did not work; allauth's script has tried it. */

document.addEventListener("allauth.error", (event) => {
  const { exception } = /** @type {CustomEvent} */ (event).detail;
  const words = document.getElementById("passkey-error");
  if (!words) return;
  event.preventDefault();
  const why = exception?.name === "InvalidStateError"
    ? "This key is registered already."
    : "Nothing came from a passkey or key. Try again, or use another way.";
  words.textContent = why;
  words.hidden = false;
});
