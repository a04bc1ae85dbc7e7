"""Charts as inline SVG: drawn by pygal, which knows scales, axes and bars, and made part of the
page here. Colours come from the style sheet, each figure is a link with a name, and no script is in
it.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import lru_cache
from typing import Any
from xml.etree.ElementTree import Element, SubElement, tostring

import pygal
from markupsafe import Markup
from pygal.etree import etree
from pygal.style import Style

from heliodesk.dashboards.sheets import Cell, Column, Row, Sheet

# pygal puts a finder for its maps, which the desk has none of, in the way of every import: one of
# the old kind, at which Python warns whenever a module is not there.
sys.meta_path[:] = [finder for finder in sys.meta_path if type(finder).__module__ != "pygal"]
etree.to_etree()  # lxml, which pygal takes where it finds it, knows no elements but its own

KEPT = 200  # charts
FONT = "sans-serif"  # the page's own; pygal only reckons with the sizes
SMALL = 12
WIDE = 600  # what is wider gets larger letters on a narrow screen
_STYLE = Style(
    label_font_family=FONT,
    major_label_font_family=FONT,
    value_font_family=FONT,
    label_font_size=SMALL,
    major_label_font_size=SMALL,
    value_font_size=SMALL,
)
_USUAL: dict[str, Any] = {
    "style": _STYLE,
    "css": (),
    "js": (),
    "show_legend": False,
    "no_prefix": True,
    "min_scale": 3,
    "max_scale": 5,
    "margin": 4,
    "formatter": lambda value: f"{value:,.0f}",
    "show_minor_x_labels": False,
    "truncate_label": -1,
}


class _Quick:
    """What pygal does for each bar and not for us. It looks each name up on the chart, then on its
    state, by three calls of its own; and it writes a text for its script beside each figure, where
    here the link's name tells it. Without both a chart takes half the time."""

    def __getattribute__(self, name: str) -> Any:
        own = object.__getattribute__(self, "__dict__")
        state = own.get("state")
        if state is not None and name != "state" and name in (kept := state.__dict__):
            return kept[name]
        return object.__getattribute__(self, name)

    def _tooltip_data(self, *args: Any, **kwargs: Any) -> None:
        """Nothing."""

    def _static_value(self, *args: Any, **kwargs: Any) -> None:
        """Nothing."""


class _Bars(_Quick, pygal.Bar):
    _series_margin = 0.1
    _serie_margin = 0.04


class _Stacks(_Quick, pygal.StackedBar):
    _series_margin = 0.16
    _serie_margin = 0.0


class _Line(_Quick, pygal.Line):
    pass


@lru_cache(maxsize=KEPT)
def bars(sheet: Sheet, width: int, height: int) -> Markup:
    """A bar for each figure, those of a row side by side."""
    return _drawn(_Bars, sheet, width, height, rounded_bars=1)


@lru_cache(maxsize=KEPT)
def stacks(sheet: Sheet, width: int, height: int) -> Markup:
    """A bar for each row, of the row's figures upon each other."""
    return _drawn(_Stacks, sheet, width, height)


@lru_cache(maxsize=KEPT)
def line(sheet: Sheet, width: int, height: int) -> Markup:
    """A line through the first figure of each row, with the area below."""
    return _drawn(_Line, sheet, width, height, fill=True, dots_size=3, range=(0, _top(sheet)))


def _drawn(kind: Callable[..., Any], sheet: Sheet, width: int, height: int, **more: Any) -> Markup:
    chart = kind(width=width, height=height, **_USUAL, **more)
    chart.x_labels = [row.label for row in sheet.rows]
    chart.x_labels_major = marked([row.label for row in sheet.rows])
    for place, column in enumerate(sheet.columns):
        chart.add(column.name, [_figure(row.cells[place]) for row in sheet.rows])
    root: Element = chart.render_tree()
    _fit(root, sheet, width, height)
    return Markup(tostring(root, encoding="unicode"))  # noqa: S704 - made by an XML writer


def _top(sheet: Sheet) -> float:
    """The highest figure of the first column: an area stands on nothing."""
    return max([row.cells[0].value or 0 for row in sheet.rows] + [1])


def marked(labels: list[str], most: int = 7) -> list[str]:
    """The labels that an axis has room for, from the last one back at equal steps."""
    every = -(-len(labels) // most)
    return labels[::-1][::every] if every else []


def _figure(cell: Cell) -> dict[str, Any]:
    return {"value": cell.value or 0, "xlink": {"href": cell.url or "#"}}


def _fit(root: Element, sheet: Sheet, width: int, height: int) -> None:
    """Make the drawing a part of the page: without styles and scripts, every figure named."""
    for child in [child for child in root if child.tag != "g"]:
        root.remove(child)
    root.attrib.clear()
    root.set("class", "chart__drawing" + (" chart__drawing--wide" if width > WIDE else ""))
    root.set("viewBox", f"0 0 {width} {height}")
    root.set("role", "group")
    root.set("aria-label", f"Chart: {sheet.title}")
    plot = next(node for node in root.iter("g") if _is(node, "plot"))[0]
    for node in [node for node in root.iter("g") if _is(node, "series")]:
        place = int(node.get("class", "").partition("serie-")[2].split()[0])
        column = sheet.columns[place]
        node.set("class", f"chart__series tone--{column.tone}")
        for row, link in zip(sheet.rows, list(node.iter("a")), strict=False):
            _name(link, row, column, row.cells[place])
            _widen(link, sheet, plot)
        for parent in list(node.iter("g")):
            _outline(parent)
    _forget(root)
    if sheet.stacked:
        root.insert(0, _patterns())


def _name(link: Element, row: Row, column: Column, cell: Cell) -> None:
    """Say what the figure is; one of nothing leads nowhere."""
    link.attrib.clear()
    name = f"{row.words}: {cell.words} {column.name}"
    link.set("class", "chart__figure")
    link.set("data-tip", name)
    if cell.url:
        link.set("href", cell.url)
        link.set("aria-label", name)
    else:
        link.tag = "g"


def _widen(link: Element, sheet: Sheet, plot: Element) -> None:
    """Make the whole height of a figure's place lead to its list: a low bar is hard to hit. Not
    where bars stand upon each other."""
    if sheet.stacked:
        return
    mark = link[0]
    if mark.tag == "circle":
        wide = float(plot.get("width", 0)) / len(sheet.rows)
        x = float(mark.get("cx", 0)) - wide / 2
    else:
        x, wide = float(mark.get("x", 0)), float(mark.get("width", 0))
    place = {"x": f"{x}", "y": "0", "width": f"{wide}", "height": plot.get("height", "0")}
    link.insert(0, Element("rect", {"class": "chart__hit", **place}))


def _outline(parent: Element) -> None:
    """Draw the line of an area by itself: the area's own edge goes down at both ends, too."""
    for path in parent.findall("path"):
        if _is(path, "line"):
            points = path.get("d", "").removesuffix("z").replace("M", "").replace("L", "").split()
            pairs = [f"{x} {y}" for x, y in zip(points[::2], points[1::2], strict=True)]
            path.set("class", "chart__area")
            top = SubElement(parent, "path", {"class": "chart__line"})
            top.set("d", f"M{' L'.join(pairs[1:-1])}")


def _patterns() -> Element:
    """Hatching for two of the statuses, so that colour is never alone in telling them apart."""
    defs = Element("defs")
    for name, tone, turn in (("hatch", "referral", 45), ("stripe", "response", 90)):
        one = {"id": f"chart-{name}", "class": f"tone--{tone}", "width": "6", "height": "6"}
        turned = {"patternUnits": "userSpaceOnUse", "patternTransform": f"rotate({turn})"}
        pattern = SubElement(defs, "pattern", one | turned)
        SubElement(pattern, "rect", {"class": "chart-pattern__ground", "width": "6", "height": "6"})
        SubElement(pattern, "path", {"class": "chart-pattern__line", "d": "M0 0V6"})
    return defs


def _forget(root: Element) -> None:
    """Leave out what only pygal's script reads, and the titles of axis labels."""
    for parent in root.iter():
        for child in list(parent):
            if child.tag in {"desc", "title"} or _is(child, "tooltip-overlay"):
                parent.remove(child)
        parent.attrib.update(
            (name, f"{float(parent.attrib[name]):.1f}")
            for name in ("x", "y", "width", "height", "cx", "cy")
            if name in parent.attrib
        )


def _is(node: Element, name: str) -> bool:
    return name in node.get("class", "").split()
