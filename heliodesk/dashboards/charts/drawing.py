"""Charts as inline SVG: drawn by pygal, which knows scales, axes and bars, and made part of the page
here. Colours come from the style sheet, each figure is a link with a name, and nothing is scripted.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any
from xml.etree.ElementTree import Element, tostring

import pygal
from markupsafe import Markup
from pygal.style import Style

from heliodesk.dashboards.sheets import Cell, Column, Row, Sheet

KEPT = 200  # charts
FONT = "sans-serif"  # the page's own; pygal only reckons with the sizes
SMALL = 12
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


class _Bars(_Quick, pygal.Bar):  # type: ignore[misc]
    _series_margin = 0.1
    _serie_margin = 0.04


class _Stacks(_Quick, pygal.StackedBar):  # type: ignore[misc]
    _series_margin = 0.16
    _serie_margin = 0.0


class _Line(_Quick, pygal.Line):  # type: ignore[misc]
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
    return _drawn(_Line, sheet, width, height, fill=True, dots_size=3)


def _drawn(
    kind: Callable[..., Any], sheet: Sheet, width: int, height: int, **more: Any
) -> Markup:
    chart = kind(width=width, height=height, **_USUAL, **more)
    chart.x_labels = [row.label for row in sheet.rows]
    chart.x_labels_major = marked([row.label for row in sheet.rows])
    for place, column in enumerate(sheet.columns):
        chart.add(column.name, [_figure(row.cells[place]) for row in sheet.rows])
    root: Element = chart.render_tree()
    _fit(root, sheet, width, height)
    return Markup(tostring(root, encoding="unicode"))  # noqa: S704 - made by an XML writer


def marked(labels: list[str], most: int = 8) -> list[str]:
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
    root.set("class", "chart__drawing")
    root.set("viewBox", f"0 0 {width} {height}")
    root.set("role", "group")
    root.set("aria-label", f"Chart: {sheet.title}")
    deep = float(next(node for node in root.iter("rect") if node.get("x") == "0").get("height", 0))
    drawn = [node for node in root.iter("g") if _is(node, "series") and _figures(node)]
    for place, (column, node) in enumerate(zip(sheet.columns, drawn, strict=True)):
        node.set("class", f"chart__series tone--{column.tone}")
        for row, link in zip(sheet.rows, _figures(node), strict=True):
            _name(link, row, column, row.cells[place])
            _widen(link, sheet, deep)
    _forget(root)


def _figures(node: Element) -> list[Element]:
    return list(node.iter("a"))


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


def _widen(link: Element, sheet: Sheet, deep: float) -> None:
    """Make the whole height of a figure's place lead to its list: a low bar is hard to hit. Not
    where bars stand upon each other."""
    mark = link[0]
    if mark.tag == "circle":
        wide = 640 / max(len(sheet.rows), 1)
        x = float(mark.get("cx", 0)) - wide / 2
    else:
        x, wide = float(mark.get("x", 0)), float(mark.get("width", 0))
    if sheet.stacked:
        return
    place = {"x": f"{x:.2f}", "y": "0", "width": f"{wide:.2f}", "height": f"{deep:.0f}"}
    link.insert(0, Element("rect", {"class": "chart__hit", **place}))


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
