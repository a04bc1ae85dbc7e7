"""How a feed item reads in the time line: the words of its kind, filled in from its data (C3)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup, escape

from heliodesk.feed.kinds import KINDS
from heliodesk.feed.other_cases import ANOTHER

NOBODY = "Heliodesk"


class _Words(dict[str, Any]):
    """An item's data as words; what an old or imported item lacks is a dash."""

    def __missing__(self, key: str) -> str:
        return "–"


def says(kind: str, data: Mapping[str, Any], author: str) -> Markup:
    """The safe sentence for one item."""
    declared = KINDS.get(kind)
    words = _Words({key: in_words(value) for key, value in data.items()})
    words["author"] = Markup("<strong>{}</strong>").format(author)
    sentence = declared.says if declared else "{author}: " + kind.replace("_", " ")
    for key in ("other", "number"):
        if data.get(key) == ANOTHER:
            sentence = sentence.replace(f"case {{{key}}}", f"{{{key}}}")
    return Markup(sentence).format_map(words)  # noqa: S704 - the sentence is the desk's own


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
    return Markup("<span>{}</span>").format(value)


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
    return Markup('<span class="change">{} from <del>{}</del> to <ins>{}</ins></span>').format(
        name, old, new
    )
