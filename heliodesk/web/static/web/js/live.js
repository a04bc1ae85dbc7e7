/**
 * One stream from the server for the page that is looked at: what has changed since it was made.
 * Each event is told to the modules as `desk:live` with its name and data. Without the stream every
 * page works as it does; it comes back by itself and catches up on what was missed.
 */
import { signedOut, tell } from "desk/net";

const EVENTS = ["hello", "at", "item", "case", "row", "gone", "new", "list", "here", "bell", "queues", "again", "end"];
const LONGEST_WAIT = 30;
const HIDDEN_FOR = 3000;
const CASE = /^\/cases\/(\d{1,8})\/$/;
const QUEUE = /^\/queues\/([^/]+)\/$/;
/** Lists that read themselves anew, also while nothing stands in them. */
const LIST = /^\/(assignments\/|departments\/[^/]+\/)?$/;

/** @type {EventSource|null} */
let source = null;
let shows = "";
let position = "";
let asked = performance.getEntriesByType("navigation")[0]?.startTime ?? 0;
let tries = 0;
let timer = 0;
let ended = false;
/** The name of the stream, by which the page says that somebody writes in it. */
export let stream = "";

/** The case number in an address, as it is written everywhere else, or "". @param {string|null|undefined} path */
const inPath = (path) => path?.match(CASE)?.[1].padStart(8, "0") ?? "";

/** The number of the case that the page is about, or "": by its address, or beside something else. */
export const caseShown = () => inPath(location.pathname) || (document.querySelector("[data-case]")?.getAttribute("data-case") ?? "");

/** The case number of a row. @param {Element} row */
export const numberOf = (row) => inPath(row.querySelector("a[href^='/cases/']")?.getAttribute("href"));

/** The rows of lists on the page, by case number: a department's list shows a case once for each assignment. @returns {Map<string, HTMLElement[]>} */
export function rowsShown(root = /** @type {ParentNode} */ (document)) {
  const rows = new Map();
  for (const row of root.querySelectorAll("#main [data-row]")) {
    const number = numberOf(row);
    if (number) rows.set(number, [...(rows.get(number) ?? []), row]);
  }
  return rows;
}

/** Whether the page is or holds a list. */
export const listShown = () => LIST.test(location.pathname) || rowsShown().size > 0;

/** What the page shows, as the question of the stream. */
function wanted() {
  const question = new URLSearchParams();
  const queue = location.pathname.match(QUEUE)?.[1];
  const rows = [...rowsShown().keys()];
  const filtered = document.querySelector("[data-live-filter]");
  const filter = filtered?.getAttribute("data-live-filter");
  if (caseShown()) question.set("case", caseShown());
  if (filter) question.set("filter", filter);
  if (queue && !filtered) question.set("queue", queue);
  else if (listShown()) question.set("list", "1");
  if (rows.length) question.set("rows", rows.map(Number).join("."));
  return question;
}

function close() {
  clearTimeout(timer);
  timer = 0;
  source?.close();
  source = null;
  stream = "";
  delete document.documentElement.dataset.live;
}

function open() {
  close();
  if (!document.body.dataset.person || document.hidden || ended) return;
  const question = wanted();
  shows = question.toString();
  if (position) question.set("since", position);
  else question.set("ago", ((performance.now() - asked) / 1000).toFixed(3));
  source = new EventSource(`/live/?${question}`);
  for (const name of EVENTS) source.addEventListener(name, (event) => hear(name, /** @type {MessageEvent} */ (event)));
  source.onerror = again;
}

/** @param {string} name @param {MessageEvent} event */
function hear(name, event) {
  if (event.lastEventId) position = event.lastEventId;
  const data = JSON.parse(event.data);
  if (name === "hello") {
    tries = 0;
    ({ stream } = data);
    document.documentElement.dataset.live = "";
  }
  if (name === "end") {
    ended = true;
    close();
  }
  tell("desk:live", { name, data });
}

/** Opens it once more, later each time, and not everybody at once. */
function again() {
  close();
  if (document.hidden || ended) return;
  const wait = Math.min(2 ** tries, LONGEST_WAIT) * (0.5 + Math.random());
  tries += 1;
  timer = setTimeout(open, wait * 1000);
}

/**
 * A page read without a word where that is not possible now, and leaving what is to be said to the page that is shown.
 * @param {string} url @returns {Promise<Document|null>}
 */
export async function quietPage(url) {
  try {
    const response = await fetch(url, { credentials: "same-origin", headers: { "X-Read-Quietly": "1" } });
    if (!response.ok || signedOut(response)) return null;
    return new DOMParser().parseFromString(await response.text(), "text/html");
  } catch {
    return null;
  }
}

/**
 * Reads the page anew when it was asked for, once for all who ask within `wait` milliseconds, and
 * not again while an answer is under way.
 * @param {number} wait @param {(doc: Document) => void} show
 */
export function reader(wait, show) {
  let due = 0;
  let reading = false;
  let more = false;
  const read = async () => {
    due = 0;
    reading = true;
    const at = location.href;
    const doc = await quietPage(at);
    if (doc && at === location.href) show(doc);
    reading = false;
    if (more) ask();
    more = false;
  };
  const ask = () => {
    if (reading) more = true;
    else if (!due) due = setTimeout(read, wait);
  };
  return ask;
}

document.addEventListener("htmx:before:request", () => {
  asked = performance.now();
});

let settling = 0;
document.addEventListener("desk:ready", (event) => {
  if (event.target !== document.body) return;
  clearTimeout(settling);
  settling = setTimeout(() => {
    if (source && wanted().toString() === shows) return;
    position = "";
    ended = false;
    tries = 0;
    open();
  }, 100);
});

let hiding = 0;
document.addEventListener("visibilitychange", () => {
  clearTimeout(hiding);
  if (document.hidden) hiding = setTimeout(close, HIDDEN_FOR);
  else if (!source) open();
});
window.addEventListener("pagehide", close);
window.addEventListener("pageshow", (event) => event.persisted && open());
window.addEventListener("online", () => source || open());
