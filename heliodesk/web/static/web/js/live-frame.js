/** The frame around every page, live: the bell, what waits in the queues, and what a screen reader is told. */
import { ready } from "desk/net";
import { caseShown, quietPage } from "desk/live";

const SAY_AFTER = 2500;
/** @type {{kind: string, who: string}[]} */
let unsaid = [];

/** Says what came in a few words, and not more often than one can listen to. @param {string} kind @param {string} who */
export function say(kind, who) {
  unsaid.push({ kind, who });
  if (unsaid.length === 1) setTimeout(speak, SAY_AFTER);
}

function speak() {
  const posts = unsaid.filter((one) => one.kind === "post");
  unsaid = [];
  if (!posts.length) return;
  let place = document.getElementById("live-says");
  if (!place) {
    place = document.createElement("div");
    place.id = "live-says";
    place.className = "hidden-text";
    place.setAttribute("role", "status");
    document.body.append(place);
  }
  place.textContent = posts.length === 1 ? `New post by ${posts[0].who}` : `${posts.length} new posts`;
}

/** @param {number} unread */
function ring(unread) {
  const bell = document.querySelector("a[data-bell]");
  if (!bell) return;
  bell.setAttribute("aria-label", `Notices, ${unread} unread`);
  let count = bell.querySelector(".bell__count");
  if (!unread) {
    count?.remove();
    return;
  }
  if (!count) {
    count = document.createElement("span");
    count.className = "bell__count";
    count.setAttribute("aria-hidden", "true");
    bell.append(count);
  }
  count.textContent = unread > 99 ? "99+" : String(unread);
}

/** @param {{words: string, case: string, url: string}} notice */
function pop({ words, case: number, url }) {
  const box = document.createElement("div");
  box.className = "toast toast--info";
  box.dataset.toast = "";
  const text = document.createElement("div");
  const link = document.createElement("a");
  link.href = url;
  link.textContent = `case ${number}`;
  text.append(`${words}: `, link);
  box.append(document.createElement("span"), text);
  document.getElementById("toasts")?.append(box);
  window.htmx.process(box);
  ready(box);
}

/** Says quietly that nothing more comes, until the next page. */
function hint() {
  if (document.getElementById("live-hint")) return;
  const words = document.createElement("p");
  words.id = "live-hint";
  words.className = "live-hint";
  words.setAttribute("role", "status");
  const link = document.createElement("a");
  link.href = document.body.dataset.signIn ?? "/";
  link.textContent = "sign in again";
  words.append("Your sign-in has ended. This page stays as it is; ", link, " to go on.");
  document.body.append(words);
}

document.addEventListener("desk:live", async (event) => {
  const { name, data } = event.detail;
  if (name === "bell") {
    ring(data.unread);
    if (data.newest && data.newest.case !== caseShown()) pop(data.newest);
  } else if (name === "queues") {
    for (const [url, words] of Object.entries(data)) {
      const count = document.querySelector(`.rail__queue[href="${CSS.escape(url)}"] .rail__count`);
      if (count) count.textContent = /** @type {string} */ (words);
    }
  } else if (name === "end") {
    hint();
  } else if (name === "again") {
    await new Promise((go) => setTimeout(go, Math.random() * 5000));
    const doc = await quietPage("/guide/");
    const bell = doc?.querySelector("a[data-bell]")?.getAttribute("aria-label");
    if (bell) ring(Number(bell.match(/\d+/)?.[0] ?? 0));
  }
});
