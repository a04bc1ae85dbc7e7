/** A sign-in that ended: the page stays as it is, one signs in beside it and goes on (C5). */
import { fetchPage } from "desk/net";
import { toast } from "desk/toast";

/**
 * The tokens of the forms belong to a sign-in; they are read anew. Whether there is one again; what
 * somebody typed is not sent as somebody else.
 */
async function refresh() {
  const page = await fetchPage(location.href);
  if (page && page.doc.body.dataset.person !== document.body.dataset.person) {
    toast("Somebody else is signed in by now, so this page sends nothing. Sign in as yourself, or reload it.", "error");
    return false;
  }
  const token = page?.doc.querySelector("[name=csrfmiddlewaretoken]")?.getAttribute("value");
  if (!token) return false;
  for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) {
    field.setAttribute("value", token);
  }
  return true;
}

document.addEventListener("desk:stale", async () => {
  if (!(await refresh())) return;
  toast("You have signed in anew since this page came. Nothing you typed is lost: send it again.", "warning");
});

document.addEventListener("desk:signed-out", () => {
  const open = document.getElementById("signed-out");
  if (open) {
    const words = open.querySelector("[role=status]");
    if (words) words.textContent = "Nobody is signed in yet.";
    return;
  }
  const dialog = document.createElement("dialog");
  dialog.className = "dialog";
  dialog.id = "signed-out";
  dialog.setAttribute("aria-labelledby", "signed-out-title");
  dialog.innerHTML = `<section class="dialog__part"><header class="dialog__head"><div>
    <h2 id="signed-out-title">Your sign-in has ended</h2></div></header>
    <div class="dialog__body stack"><p>Nothing you typed is lost: this page stays as it is. Sign in in a new tab,
    come back here, and send it again.</p><p role="status" class="muted"></p>
    <div class="actions"><a class="button button--primary" target="_blank" rel="noopener">Sign in in a new tab</a>
    <button class="button" type="button">I have signed in</button></div></div></section>`;
  dialog.querySelector("a")?.setAttribute("href", document.body.dataset.signIn ?? "/");
  dialog.querySelector("button")?.addEventListener("click", async () => {
    if (await refresh()) dialog.close();
  });
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
});
