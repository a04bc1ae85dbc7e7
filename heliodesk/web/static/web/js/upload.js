/** Files by drag and drop, with progress, which fetch does not tell: XMLHttpRequest (G1). */
import { each, tell } from "desk/net";
import { refuseIn, show } from "desk/visit";

/** @param {number} bytes */
const size = (bytes) => (bytes < 1e6 ? `${Math.ceil(bytes / 1e3)} KB` : `${(bytes / 1048576).toFixed(1)} MB`);

/** @param {HTMLFormElement} form @returns {HTMLInputElement} */
const inputOf = (form) => /** @type {any} */ (form.querySelector("input[type=file]"));

/** Names what will go up, and what is too large. True when all may. @param {HTMLFormElement} form */
function list(form) {
  const limit = Number(form.dataset.limit);
  const files = [...(inputOf(form).files ?? [])];
  const lines = files.map((file) => {
    const line = document.createElement("li");
    line.className = "files__file";
    const over = file.size > limit;
    line.classList.toggle("files__error", over);
    const name = document.createElement("span");
    name.textContent = file.name;
    const words = document.createElement("span");
    words.textContent = over ? `${size(file.size)}: larger than ${size(limit)} (G1), will not be sent` : size(file.size);
    line.append(document.createElement("span"), name, words);
    return line;
  });
  form.querySelector("[data-upload-list]")?.replaceChildren(...lines);
  form.querySelector("[data-upload-button]")?.toggleAttribute("hidden", !files.length);
  return files.length > 0 && files.every((file) => file.size <= limit);
}

/** @param {HTMLFormElement} form */
function send(form) {
  const bar = document.createElement("progress");
  bar.max = 1;
  bar.setAttribute("aria-label", "Uploading");
  form.querySelector("[data-upload-list]")?.append(bar);
  const request = new XMLHttpRequest();
  request.open("POST", form.action);
  request.upload.addEventListener("progress", (event) => {
    if (event.lengthComputable) bar.value = event.loaded / event.total;
  });
  request.addEventListener("error", () => {
    bar.remove();
    tell("desk:offline");
    tell("desk:sent", { form, saved: false });
  });
  request.addEventListener("load", () => {
    bar.remove();
    const text = request.responseText;
    const saved = request.status < 400 && request.responseURL !== form.action;
    tell("desk:sent", { form, saved });
    const doc = new DOMParser().parseFromString(text, "text/html");
    if (saved) show(text, request.responseURL);
    else if (!refuseIn(form, doc)) show(text, location.href);
  });
  request.send(new FormData(form));
}

each("form[data-upload]", list);

document.addEventListener("change", (event) => {
  const field = /** @type {HTMLInputElement} */ (event.target);
  const form = /** @type {HTMLFormElement|null} */ (field.closest("form[data-upload]"));
  if (form && field.type === "file") list(form);
});

document.addEventListener("submit", (event) => {
  const form = /** @type {HTMLFormElement} */ (event.target);
  if (!form.matches("[data-upload]")) return;
  event.preventDefault();
  if (list(form)) send(form);
  else tell("desk:sent", { form, saved: false });
});

/** @param {DragEvent} event */
const dropOf = (event) => /** @type {Element} */ (event.target).closest?.("[data-drop]");

document.addEventListener("dragover", (event) => {
  const drop = dropOf(event);
  if (!drop) return;
  event.preventDefault();
  drop.setAttribute("data-over", "");
});

document.addEventListener("dragleave", (event) => dropOf(event)?.removeAttribute("data-over"));

document.addEventListener("drop", (event) => {
  const drop = dropOf(event);
  if (!drop || !event.dataTransfer?.files.length) return;
  event.preventDefault();
  drop.removeAttribute("data-over");
  const form = /** @type {HTMLFormElement} */ (drop.closest("form"));
  inputOf(form).files = event.dataTransfer.files;
  list(form);
});
