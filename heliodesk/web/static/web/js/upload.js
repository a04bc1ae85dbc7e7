/** Files by drag and drop, with progress, which fetch does not tell: XMLHttpRequest (G1). */
import { each, ready, stale, tell } from "desk/net";
import { toast } from "desk/toast";
import { show } from "desk/visit";

/** @param {number} bytes */
const size = (bytes) =>
  bytes < 1048576 ? `${Math.ceil(bytes / 1024)} KB` : `${(bytes / 1048576).toFixed(1)} MB`;

/** @param {HTMLFormElement} form @returns {HTMLInputElement} */
const inputOf = (form) => /** @type {any} */ (form.querySelector("input[type=file]"));

/** Why a file will not be taken, or "". The desk decides; this only saves the way there. @param {File} file @param {HTMLFormElement} form */
function wrong(file, form) {
  const limit = Number(form.dataset.limit);
  const types = (form.dataset.refused ?? "").split(" ").filter(Boolean);
  const dot = file.name.lastIndexOf(".");
  const kind = dot < 0 ? "" : file.name.slice(dot + 1).toLowerCase();
  if (file.size > limit) return `${size(file.size)}: over the limit of ${size(limit)} (G1)`;
  if (types.includes(kind)) return `a .${kind} is not taken (G1)`;
  return file.size ? "" : "empty (G1)";
}

/** Names what will go up, and what will not, with why. True when something may. @param {HTMLFormElement} form */
function list(form) {
  const files = [...(inputOf(form).files ?? [])];
  const lines = files.map((file) => {
    const why = wrong(file, form);
    const line = document.createElement("li");
    line.className = "files__file";
    line.classList.toggle("files__error", Boolean(why));
    const name = document.createElement("span");
    name.textContent = file.name;
    const words = document.createElement("span");
    words.textContent = why ? `${why}, will not be sent` : size(file.size);
    line.append(document.createElement("span"), name, words);
    return line;
  });
  form.querySelector("[data-upload-list]")?.replaceChildren(...lines);
  form.querySelector("[data-upload-button]")?.toggleAttribute("hidden", !files.length);
  return files.some((file) => !wrong(file, form));
}

/** The form as it is sent: without the files that would only be refused. @param {HTMLFormElement} form */
function fieldsOf(form) {
  const fields = new FormData(form);
  const name = inputOf(form).name;
  const good = fields.getAll(name).filter((file) => file instanceof File && !wrong(file, form));
  fields.delete(name);
  for (const file of good) fields.append(name, file);
  return fields;
}

/** What became of several files stands above the form; list and token are the page's new ones. @param {HTMLFormElement} form @param {Document} doc */
function results(form, doc) {
  const panel = doc.querySelector("[data-refusal]");
  const fresh = doc.querySelector("#files");
  if (!panel || !fresh) return false;
  const box = form.closest("#files");
  if (box) {
    box.replaceWith(fresh);
    fresh.querySelector("form")?.before(panel);
    window.htmx.process(fresh);
    ready(fresh);
  } else {
    form.before(panel);
  }
  /** @type {HTMLElement} */ (panel).focus();
  return true;
}

/** @param {HTMLFormElement} form */
function send(form) {
  const bar = document.createElement("progress");
  bar.max = 1;
  bar.value = 0;
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
    const entrance = document.body.dataset.signIn;
    if (entrance && new URL(request.responseURL).pathname === entrance) {
      tell("desk:signed-out");
      tell("desk:sent", { form, saved: false });
      return;
    }
    const saved = request.status < 400;
    tell("desk:sent", { form, saved });
    if (stale(request, text)) {
      tell("desk:stale");
      return;
    }
    const doc = new DOMParser().parseFromString(text, "text/html");
    if (saved || !results(form, doc)) show(text, saved ? request.responseURL : location.href);
  });
  request.send(fieldsOf(form));
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
  add(/** @type {HTMLFormElement} */ (drop.closest("form")), [...event.dataTransfer.files]);
});

/** Puts more files beside those chosen already. @param {HTMLFormElement} form @param {File[]} files */
function add(form, files) {
  const all = new DataTransfer();
  for (const file of [...(inputOf(form).files ?? []), ...files]) all.items.add(file);
  inputOf(form).files = all.files;
  list(form);
}

/** A picture in the clipboard is called image.png, each of them. @param {File} file */
function named(file) {
  if (file.name !== "image.png") return file;
  const at = new Date();
  const local = new Date(at.getTime() - at.getTimezoneOffset() * 60000).toISOString();
  const name = `pasted ${local.slice(0, 19).replace("T", " ").replaceAll(":", "-")}.png`;
  return new File([file], name, { type: file.type });
}

document.addEventListener("paste", (event) => {
  const form = /** @type {HTMLFormElement|null} */ (document.querySelector("form[data-upload]"));
  const held = event.clipboardData;
  // What is copied from a table or a text comes as a picture too: there the text is meant.
  if (!held?.files.length || held.types.includes("text/plain")) return;
  if (!form?.checkVisibility()) {
    toast("A text holds no picture. Files and pictures are put on a case under Related: paste it there. (G1)", "warning");
    return;
  }
  event.preventDefault();
  add(form, [...held.files].map(named));
  form.scrollIntoView({ block: "nearest" });
  /** @type {HTMLElement|null} */ (form.querySelector("[data-upload-button]"))?.focus({ preventScroll: true });
});
