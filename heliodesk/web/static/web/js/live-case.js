/** The open case, live: new and changed items of its feed, its strip, and nothing that one reads or types moves. */
import { lazily, ready, tell } from "desk/net";
import { caseShown, reader } from "desk/live";
import { say } from "desk/live-frame";

/** @param {string} html @returns {HTMLElement} */
function made(html) {
  const box = document.createElement("template");
  box.innerHTML = html.trim();
  return /** @type {HTMLElement} */ (box.content.firstElementChild);
}

/** Puts something into the page while what stands in the window stays where it is. @param {Element} feed @param {() => void} change */
function still(feed, change) {
  const focus = document.activeElement;
  const typed = focus instanceof HTMLElement && focus !== document.body && feed.contains(focus) ? focus : null;
  const items = [...feed.querySelectorAll(".feed__item")];
  const anchor = typed ?? items.find((item) => item.getBoundingClientRect().bottom > 80);
  const reads = anchor && (typed || anchor.getBoundingClientRect().top < 80);
  const before = anchor?.getBoundingClientRect().top ?? 0;
  change();
  if (!reads || !anchor.isConnected) return;
  const moved = anchor.getBoundingClientRect().top - before;
  if (moved) window.scrollBy(0, moved);
}

/** @param {Element} item */
const body = (item) => item.lastElementChild;

/** @param {HTMLElement} old @param {HTMLElement} item */
function replace(old, item) {
  if (sameMarkup(old, item)) return;
  const replies = body(old)?.querySelector(":scope > .replies");
  if (old.contains(document.activeElement)) {
    const text = old.querySelector(".feed__text");
    const words = item.querySelector(".feed__text");
    if (text && words && text.innerHTML !== words.innerHTML) text.replaceWith(words);
    return;
  }
  // A page that was read anew brings the replies along; an item that is told alone does not.
  if (replies && !body(item)?.querySelector(":scope > .replies")) body(item)?.append(replies);
  if (old.isEqualNode(item)) return;
  old.replaceWith(item);
}

/** @param {Element} feed @param {HTMLElement} item @param {{parent: number|null, post: boolean, day: string}} said */
function insert(feed, item, said) {
  if (said.parent) {
    const thread = body(document.getElementById(`item-${said.parent}`) ?? document.createElement("p"));
    if (!thread) return false;
    let replies = thread.querySelector(":scope > .replies");
    if (!replies) {
      replies = document.createElement("div");
      replies.className = "replies";
      thread.append(replies);
    }
    replies.append(item);
    return true;
  }
  const later = feed.querySelector(".composer ~ .pages a:not([rel=next])");
  const posts = new URLSearchParams(location.search).get("show") === "posts";
  if (later || (posts && !said.post)) return false;
  const day = document.createElement("p");
  day.className = "feed__day";
  day.innerHTML = said.day;
  const first = feed.querySelector(".feed__day");
  if (first?.textContent === day.textContent) {
    first.after(item);
  } else {
    feed.querySelector(".empty")?.remove();
    const place = first ?? feed.querySelector(".feed__item, .pages");
    if (place) place.before(day, item);
    else feed.append(day, item);
  }
  return true;
}

/** @param {any} said */
function show(said) {
  const feed = document.getElementById("feed");
  if (!feed) return;
  const item = made(said.html);
  const old = document.getElementById(`item-${said.id}`);
  let fresh = false;
  still(feed, () => {
    if (old) replace(old, item);
    else fresh = insert(feed, item, said);
  });
  if (!item.isConnected) return;
  window.htmx.process(item);
  ready(item);
  if (!fresh || said.own) return;
  item.classList.add("feed__item--new");
  say(said.post ? "post" : "event", said.who);
}

/** What a button or link is known by, so that the focus finds it again. @param {Element} element */
const known = (element) => `${element.tagName} ${element.getAttribute("href") ?? ""} ${(element.textContent ?? "").trim()}`;

/** Puts the part of the fresh page in place of the old, and the focus back. @param {Element|null} old @param {Element|null} fresh */
function renew(old, fresh) {
  if (!old || !fresh || old.isEqualNode(fresh)) return;
  const focus = old.contains(document.activeElement) ? document.activeElement : null;
  if (focus?.matches("input, textarea, select")) return;
  const again = focus && [...fresh.querySelectorAll("a, button, summary")].find((one) => known(one) === known(focus));
  old.replaceWith(fresh);
  window.htmx.process(fresh);
  ready(fresh);
  /** @type {HTMLElement|null} */ (again)?.focus({ preventScroll: true });
}

/** @param {Element} fact */
const labelOf = (fact) => fact.querySelector("dt")?.textContent ?? "";
/** @param {Element} fact */
const valueOf = (fact) => (fact.querySelector("dd")?.textContent ?? "").trim();

/** Whether both say the same; htmx leaves a mark on links that it knows. @param {Element} old @param {Element} fresh */
const sameMarkup = (old, fresh) => old.innerHTML.replaceAll(' data-htmx-powered="true"', "") === fresh.innerHTML;

/**
 * A detail in place of what it was, marked where somebody else has changed it. One that is open for
 * editing stays as it is, and its editor is told.
 * @param {HTMLElement} old @param {HTMLElement} fresh @param {boolean} mark
 */
function renewFact(old, fresh, mark) {
  const changed = valueOf(old) !== valueOf(fresh);
  const { unit } = old.dataset;
  const open = unit && document.querySelector(`[data-unit="${unit}"] .fact__editor`);
  if (changed && open) tell("desk:changed-under", { editor: open, fresh });
  if (old.querySelector(".fact__editor, .fact__kept") || sameMarkup(old, fresh)) return;
  renew(old, fresh);
  if (changed && mark && unit && fresh.isConnected) fresh.classList.add("fact--changed");
}

/**
 * The details one by one, so that nothing moves. False where there are others than there were.
 * @param {Element} tab @param {Element} fresh @param {boolean} mark
 */
function renewDetails(tab, fresh, mark) {
  const groups = [...tab.querySelectorAll(".group")];
  const now = [...fresh.querySelectorAll(".group")];
  const title = (/** @type {Element} */ group) => group.querySelector("h2")?.textContent;
  if (!groups.length || groups.map(title).join() !== now.map(title).join()) return false;
  groups.forEach((group, at) => {
    const [old, next] = [group, now[at]].map((one) => [...one.querySelectorAll(".fact")]);
    if (old.length && old.map(labelOf).join() === next.map(labelOf).join()) {
      renew(group.querySelector(".group__head"), now[at].querySelector(".group__head"));
      old.forEach((fact, place) => renewFact(/** @type {any} */ (fact), /** @type {any} */ (next[place]), mark));
    } else if (!group.querySelector(".fact__editor")) {
      renew(group, now[at]);
    }
  });
  const details = tab.querySelector("[data-details]");
  const freshDetails = fresh.querySelector("[data-details]");
  for (const name of ["data-details", "data-why", "data-why-rule"]) {
    const value = freshDetails?.getAttribute(name);
    if (value === null || value === undefined) details?.removeAttribute(name);
    else details?.setAttribute(name, value);
  }
  return true;
}

/** Puts the case as it is now into the page. @param {Document} doc @param {boolean} [mark] */
export function renewCase(doc, mark = true) {
  const notes = ".highlights ~ .note";
  // Found before the strip is put into the page: in `doc` they are known as what stands after it.
  const freshNotes = doc.querySelectorAll(notes);
  const freshTab = doc.querySelector(".highlights ~ .split > :first-child");
  renew(document.querySelector(".highlights"), doc.querySelector(".highlights"));
  const place = document.querySelector(".highlights");
  if (place && !document.querySelector(`${notes}:focus-within`)) {
    document.querySelectorAll(notes).forEach((note) => note.remove());
    place.after(...freshNotes);
    place.parentElement && window.htmx.process(place.parentElement);
  }
  const tab = document.querySelector(".highlights ~ .split > :first-child");
  if (!tab || !freshTab) return;
  const tabs = tab.querySelector(".tabs");
  if (tabs?.nextElementSibling?.matches("[data-details]") && freshTab.querySelector("[data-details]")) {
    renew(tabs, freshTab.querySelector(".tabs"));
    if (renewDetails(tab, freshTab, mark)) return;
  }
  if (!tab.querySelector("form[data-draft], input[type=file]")) renew(tab, freshTab);
}

/** @param {Document} doc */
export function renewFeed(doc) {
  for (const item of [...doc.querySelectorAll("#feed > .feed__item")].reverse()) {
    const heads = [...doc.querySelectorAll("#feed > .feed__day, #feed > .feed__item")];
    const day = heads.slice(0, heads.indexOf(item)).findLast((one) => one.matches(".feed__day"));
    const said = { id: item.id.replace("item-", ""), html: item.outerHTML, parent: null, own: true };
    show({ ...said, post: item.matches("[data-feed=post]"), day: day?.innerHTML ?? "", who: "" });
  }
}

// Only a case that one may edit needs it, or says why one may not.
lazily("[data-details]", () => import("desk/in-place-keys"));

const readCase = reader(150, renewCase);
const readAll = reader(500, (doc) => {
  renewCase(doc);
  renewFeed(doc);
});

document.addEventListener("desk:live", (event) => {
  const { name, data } = event.detail;
  if (!caseShown()) return;
  if (name === "item") show(data);
  // A post changes nothing but the feed, unless it answers what was asked after (F2).
  if (name === "item" && document.querySelector("[data-unanswered]")) readCase();
  if (name === "case") readCase();
  if (name === "again") setTimeout(readAll, Math.random() * 3000);
});
