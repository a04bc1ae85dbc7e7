/** The scheme chosen by hand; the cookie lets the server draw the next page right from the start. */

document.addEventListener("change", (event) => {
  const choice = /** @type {HTMLInputElement} */ (event.target);
  if (!choice.matches("[data-theme-choice]")) return;
  const age = choice.value ? 365 * 24 * 3600 : 0;
  document.cookie = `theme=${choice.value}; path=/; max-age=${age}; samesite=lax`;
  if (choice.value) document.documentElement.dataset.theme = choice.value;
  else delete document.documentElement.dataset.theme;
  choice.defaultChecked = true;
});
