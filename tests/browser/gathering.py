"""What is asked of a page to know what on it is like none before: texts by what their contrast
depends on, targets by what their size and distance depend on, and its frame."""

from __future__ import annotations

#: Sideways a page scrolls to its right alone: what stands left of its edge is out of reach. There
#: the head of a table of cards is hidden until one comes to it by Tab.
OVERFLOWS = """document.documentElement.scrollWidth > document.documentElement.clientWidth + 1
  || [...document.querySelectorAll("main :is(.button, select, textarea)")]
    .filter((one) => one.checkVisibility() && !one.closest("thead"))
    .some((one) => one.getBoundingClientRect().left < -1)"""
#: Gathers the texts and the targets of the page, or of what lies over it; one stands for all alike.
#: A target of 24 pixels with none over it is right wherever it stands: axe is asked about smaller
#: ones, by their size and by how the others lie around their middle, and about those over which
#: others lie. The frame is known by its markup without numbers and by the landmarks in the page,
#: as the names of those have to differ.
GATHER = (
    """(sheet) => {
  const behind = new Map();
  const back = (one) => {
    if (!one) return "";
    if (!behind.has(one)) {
      const style = getComputedStyle(one);
      const plain = style.backgroundImage === "none" && style.opacity === "1";
      const clear = style.backgroundColor === "rgba(0, 0, 0, 0)" && plain;
      const own = clear ? "" : [style.backgroundColor, plain || one.className].join();
      const afloat = style.position === "static" || one === document.body ? "" : one.className;
      const here = own || afloat ? `${own}${afloat};` : "";
      behind.set(one, here + back(one.parentElement));
    }
    return behind.get(one);
  };
  const within = sheet ? document.querySelector(sheet) : document.body;
  window.deskTexts = new Map();
  for (const one of within.querySelectorAll("*")) {
    const field = one.matches("input:not([type=hidden]), select, textarea");
    const words = [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    if (!(field || words) || !one.checkVisibility({ visibilityProperty: true })) continue;
    const style = getComputedStyle(one);
    const shown = [style.color, style.fontSize, style.fontWeight, field && one.placeholder !== ""];
    const key = shown.join() + back(one);
    if (!window.deskTexts.has(key)) window.deskTexts.set(key, one);
  }

  const tenth = (number) => Math.round(number * 10) / 10;
  const near = (number) => tenth(Math.max(-36, Math.min(36, number)));
  const kind = (one) => [one.tagName, one.className, one.role, one.tabIndex].join(".");
  const fields = "button, input, select, textarea, summary, iframe, [contenteditable]";
  const targets = [...document.querySelectorAll(`a[href], area, ${fields}, [role][tabindex]`)]
    .filter((one) => one.checkVisibility({ visibilityProperty: true }))
    .map((one) => ({ one, box: one.getBoundingClientRect() }));
  const amid = (one) => { // a link among words may be as small as they are
    if (getComputedStyle(one).display !== "inline") return "";
    let block = one.parentElement;
    while (getComputedStyle(block).display === "inline") block = block.parentElement;
    const long = (some) => some.textContent.replace(/\\s+/g, "").length;
    let words = long(block);
    for (const link of block.querySelectorAll("a, button")) words -= long(link);
    return `${kind(block)} ${words > 0} ${one.getClientRects().length}`;
  };
  window.deskTargets = new Map();
  for (const { one, box } of targets) {
    if (!within.contains(one)) continue;
    const [x, y] = [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
    const small = box.width < 24 || box.height < 24;
    const around = [];
    for (const { one: other, box: its } of targets) {
      if (other === one || (other.contains(one) && !small)) continue;
      const meets = ({ left, top, right, bottom }) =>
        its.left < right && left < its.right && its.top < bottom && top < its.bottom;
      const over = meets(box);
      const by = meets({ left: x - 36, top: y - 36, right: x + 36, bottom: y + 36 });
      if (!over && !(small && by)) continue;
      const edges = [its.left - x, its.top - y, its.right - x, its.bottom - y];
      around.push([over, ...edges.map(over ? tenth : near)].join());
    }
    if (!small && !around.length) continue;
    const size = around.some((line) => line.startsWith("true")) ? Infinity : 24;
    const own = [Math.min(size, box.width), Math.min(size, box.height)].map(tenth);
    const key = [kind(one), ...own, amid(one), ...around.sort()].join(";");
    if (!window.deskTargets.has(key)) window.deskTargets.set(key, one);
  }
  const frame = [...document.querySelectorAll("body > .skip, .shell > :not(:has(#main))")];
  const places = "nav, aside, header, footer, section, form, [role]";
  const landmarks = [...document.querySelectorAll("#main")].flatMap((main) =>
    [...main.querySelectorAll(places)].map((one) => [
      one.tagName, one.role, one.ariaLabel,
      document.getElementById(one.getAttribute("aria-labelledby"))?.textContent,
    ].join()));
  window.deskFrame = frame;
  return {
    texts: [...window.deskTexts.keys()],
    targets: [...window.deskTargets.keys()],
    frame: frame.map((one) => one.outerHTML).join()
      .replace(/<svg.*?<\\/svg>|\\s+value="[^"]*"|\\d+/gs, "")
      + [...new Set(landmarks)].join(";"),
    sideways: """
    + OVERFLOWS
    + """,
  };
}"""
)
#: Keeps what the page shows as it is wide.
KEEP = """() => {
  window.deskShown = () => {
    const shown = (one) => one.checkVisibility({ visibilityProperty: true });
    return new Set([...document.querySelectorAll("body *")].filter(shown));
  };
  window.deskWide = window.deskShown();
}"""
#: What it shows or hides as it is now, said by what it is and where it stands.
CHANGED = """() => {
  const now = window.deskShown();
  const kind = (one) => `${one.tagName}.${one.className.baseVal ?? one.className}`;
  const line = (sign) => (one) => sign + kind(one) + " in " + kind(one.parentElement);
  const come = [...now].filter((one) => !window.deskWide.has(one)).map(line("+"));
  const gone = [...window.deskWide].filter((one) => !now.has(one)).map(line("-"));
  return [...new Set([...come, ...gone])];
}"""
