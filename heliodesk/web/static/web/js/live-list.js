/** Lists, live: a changed row changes in its place, a taken one stays and says who has it, new ones are announced. */
import { listShown, numberOf, reader, rowsShown } from "desk/live";
import { tally } from "desk/table";

const SIGN = "live-new";
/** What is new to the list on the screen: cases, or a department's assignments. @type {Set<string>} */
let fresh = new Set();
let listed = "";

/** @param {HTMLElement} row @param {Element} now */
function change(row, now) {
  const cells = [...now.children];
  if (cells.length !== row.children.length) return;
  [...row.children].forEach((cell, at) => {
    const next = cells[at];
    const here = cell.querySelector(":scope > .here");
    here?.remove();
    const same = cell.innerHTML === next.innerHTML || cell.matches(".table__pick");
    const isAge = next.querySelector("time") && cell.textContent === next.textContent;
    if (!same && !isAge && !cell.contains(document.activeElement)) {
      cell.replaceChildren(...next.childNodes);
      row.classList.add("row--changed");
    }
    if (here) cell.append(here);
  });
  if (row.classList.contains("row--gone")) {
    row.classList.remove("row--gone");
    row.querySelector("input[data-select]")?.removeAttribute("disabled");
  }
  window.htmx.process(row);
}

/** @param {HTMLElement} row @param {string} why */
function gone(row, why) {
  const box = /** @type {HTMLInputElement|null} */ (row.querySelector("input[data-select]"));
  if (box) {
    box.checked = false;
    box.disabled = true;
  }
  const button = row.querySelector("button");
  const words = document.createElement("span");
  words.className = "row__why";
  words.textContent = why;
  row.querySelectorAll(".row__why").forEach((old) => old.remove());
  const place = button?.closest("td") ?? row.querySelector("[data-label=Status]") ?? row.lastElementChild;
  if (button?.contains(document.activeElement)) row.querySelector("a")?.focus({ preventScroll: true });
  button?.remove();
  place?.append(words);
  row.classList.add("row--gone");
  tally();
}

function announce() {
  let sign = document.getElementById(SIGN);
  if (!fresh.size) {
    sign?.remove();
    return;
  }
  if (!sign) {
    sign = document.createElement("p");
    sign.id = SIGN;
    sign.className = SIGN;
    sign.setAttribute("role", "status");
    document.getElementById("main")?.prepend(sign);
  }
  const link = document.createElement("a");
  link.href = location.pathname + location.search;
  link.textContent = `${fresh.size} new`;
  sign.replaceChildren(link);
  window.htmx.process(sign);
}

/** Rows by what each is known by: the assignment it stands for, or its case. @param {ParentNode} [root] */
function rowsByKey(root) {
  const rows = [...rowsShown(root)].flatMap(([number, each]) => each.map((row) => ({ number, row })));
  return new Map(rows.map(({ number, row }) => [row.dataset.id ?? number, row]));
}

/** The counts in the heads of the page and over its groups. */
const COUNTS = ".page-head__sub, .tabs__tab .count, .tile__number, .table__group .count";

/** @param {Document} doc */
function recount(doc) {
  const here = document.querySelectorAll(`#main :is(${COUNTS})`);
  const now = doc.querySelectorAll(`#main :is(${COUNTS})`);
  if (here.length !== now.length) return;
  here.forEach((count, at) => {
    if (count.textContent !== now[at].textContent) count.replaceChildren(...now[at].childNodes);
  });
}

/** @param {Document} doc */
function merge(doc) {
  const now = rowsByKey(doc);
  const here = rowsByKey();
  for (const [key, row] of here) {
    const next = now.get(key);
    if (next) change(row, next);
    else gone(row, whys.has(numberOf(row)) ? `Not in this list any more: ${whys.get(numberOf(row))}` : "No longer in this list");
  }
  for (const key of now.keys()) if (!here.has(key)) fresh.add(key);
  recount(doc);
  announce();
}

const readList = reader(1000, merge);
/** How changed cases stand now, by number: why one is no longer in the list. @type {Map<string, string>} */
const whys = new Map();

document.addEventListener("desk:ready", (event) => {
  if (event.target !== document.body) return;
  const shown = [...rowsShown().keys()];
  if (listed !== location.href + shown.join()) fresh = new Set();
  listed = location.href + shown.join();
  if (!fresh.size) document.getElementById(SIGN)?.remove();
});

document.addEventListener("desk:live", (event) => {
  const { name, data } = event.detail;
  const row = rowsShown().get(data.number)?.[0];
  if (name === "row" && row) {
    const box = document.createElement("template");
    box.innerHTML = `<table><tbody>${data.html}</tbody></table>`;
    const now = box.content.querySelector("tr");
    if (now) change(row, now);
  } else if (name === "gone" && row) {
    gone(row, data.why);
  } else if (name === "new" && !row) {
    fresh.add(data.number);
    announce();
  } else if (name === "queues" && data[location.pathname]) {
    const count = document.querySelector("[data-waiting]");
    if (count) count.textContent = data[location.pathname];
  } else if (name === "list") {
    if (data.why) whys.set(data.number, data.why);
    readList();
  } else if (name === "again" && listShown()) {
    setTimeout(readList, Math.random() * 3000);
  }
});
