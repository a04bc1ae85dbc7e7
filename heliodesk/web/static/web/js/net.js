/** Fetching, and the few events by which modules speak to each other. */

/**
 * Tells the modules that new markup stands in the page, as `desk:ready` on the element.
 * @param {Element} root
 */
export function ready(root) {
  root.dispatchEvent(new CustomEvent("desk:ready", { bubbles: true }));
}

/**
 * Runs `start` for every element that matches, now and whenever markup arrives.
 * @param {string} selector
 * @param {(element: any) => void} start
 */
export function each(selector, start) {
  document.addEventListener("desk:ready", (event) => {
    const root = /** @type {Element} */ (event.target);
    if (root.matches(selector)) start(root);
    root.querySelectorAll(selector).forEach(start);
  });
}

let coming = 0;

/**
 * Loads a module where the page holds what it is for, and has it attach itself to each. While one is on its way,
 * the page says so: html[data-coming].
 * @param {string} selector
 * @param {() => Promise<{attach?: (element: any) => void}>} load
 */
export function lazily(selector, load) {
  const root = document.documentElement;
  each(selector, async (element) => {
    root.dataset.coming = String((coming += 1));
    try {
      (await load()).attach?.(element);
    } finally {
      root.dataset.coming = String((coming -= 1));
      if (!coming) delete root.dataset.coming;
    }
  });
}

/** Sends an event to whichever module listens. @param {string} name @param {object} detail */
export function tell(name, detail = {}) {
  return document.dispatchEvent(new CustomEvent(name, { detail, cancelable: true }));
}

/** Whether the answer says that nobody is signed in any more. @param {Response} response */
export function signedOut(response) {
  if (response.status === 401 || response.headers.get("X-Sign-In") === "required") return true;
  const entrance = document.body.dataset.signIn;
  return Boolean(response.redirected && entrance && new URL(response.url).pathname === entrance);
}

/** Whether the form belonged to an earlier sign-in. @param {{status: number}} response @param {string} text */
export const stale = (response, text) => response.status === 403 && text.includes("data-stale-form");

/**
 * A page as text and document, or null when the desk could not be reached, asks to sign in, or has
 * somebody signed in anew (then `desk:offline`, `desk:signed-out` or `desk:stale` has been told).
 * @param {string} url
 * @param {RequestInit} [options]
 */
export async function fetchPage(url, options = {}) {
  let response;
  let text;
  try {
    response = await fetch(url, { credentials: "same-origin", ...options });
    text = await response.text();
  } catch (error) {
    if (/** @type {Error} */ (error).name !== "AbortError") tell("desk:offline");
    return null;
  }
  tell("desk:online");
  if (signedOut(response)) {
    tell("desk:signed-out");
    return null;
  }
  if (stale(response, text)) {
    tell("desk:stale");
    return null;
  }
  return { response, text, doc: new DOMParser().parseFromString(text, "text/html") };
}

/**
 * Calls `run` when nothing was asked for `wait` milliseconds; `.now()` at once, `.drop()` never.
 * @param {number} wait
 * @param {() => void} run
 */
export function later(wait, run) {
  let timer = 0;
  const ask = () => {
    clearTimeout(timer);
    timer = setTimeout(ask.now, wait);
  };
  ask.drop = () => {
    clearTimeout(timer);
    timer = 0;
  };
  ask.now = () => {
    const waiting = timer !== 0;
    ask.drop();
    if (waiting) run();
  };
  return ask;
}

/** A plain click on a link, which no new tab or window was asked for. @param {MouseEvent} event */
export function plainClick(event) {
  return event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
}
