"""How a feed item reads in the time line: the words of its kind, filled in from its data (C3)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from string import Formatter
from typing import Any

from markupsafe import Markup, escape

from heliodesk.feed.kinds import KINDS
from heliodesk.feed.other_cases import ANOTHER

NOBODY = "Heliodesk"


def says(kind: str, data: Mapping[str, Any], author: str) -> Markup:
    """The safe sentence for one item; what an old or imported item lacks is a dash."""
    declared = KINDS.get(kind)
    sentence = declared.says if declared else "{author}: " + kind.replace("_", " ")
    for key in ("other", "number"):
        if data.get(key) == ANOTHER:
            sentence = sentence.replace(f"case {{{key}}}", f"{{{key}}}")
    told = []
    for words, name in _pieces(sentence):
        told.append(words)
        if name == "author":
            told.append(f"<strong>{escape(author)}</strong>")
        elif name:
            told.append(in_words(data.get(name)))
    return Markup("".join(told))  # noqa: S704 - the desk's own words, and what was escaped


@lru_cache(maxsize=500)  # sentences: one for each kind, and a few turns of them
def _pieces(sentence: str) -> list[tuple[str, str | None]]:
    """The words of the sentence, each with the name of what follows them."""
    return [(words, name) for words, name, _, _ in Formatter().parse(sentence)]


def icon_of(kind: str) -> str:
    """The mark of the kind in the time line."""
    declared = KINDS.get(kind)
    return declared.icon if declared else "circle-dot"


def in_words(value: Any) -> Markup:
    """A value of an item's data: a mapping of changes, a list, or a plain value; safe."""
    if isinstance(value, Mapping):
        return joined([_change(name, pair) for name, pair in value.items()])
    if isinstance(value, list):
        return joined([escape(str(entry)) for entry in value])
    if value is None or value == "":
        return escape("–")
    return Markup(f"<span>{escape(value)}</span>")  # noqa: S704 - escaped


def joined(parts: list[Markup]) -> Markup:
    """`a, b and c`."""
    if len(parts) < 2:
        return parts[0] if parts else escape("–")
    return Markup("{} and {}").format(Markup(", ").join(parts[:-1]), parts[-1])


def _change(name: str, pair: Any) -> Markup:
    """`Priority from Normal to High`, for old and new value."""
    if not (isinstance(pair, list) and len(pair) == 2):
        return escape(name)
    old, new = ("–" if value in (None, "") else str(value) for value in pair)
    return Markup(  # noqa: S704 - escaped
        f'<span class="change">{escape(name)} from <del>{escape(old)}</del>'
        f" to <ins>{escape(new)}</ins></span>"
    )
