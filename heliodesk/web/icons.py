"""Icons of the Lucide set, drawn once a process and kept."""

from __future__ import annotations

from functools import cache

from lucide import _render_icon
from markupsafe import Markup


@cache
def icon(name: str, size: int = 16) -> Markup:
    """The icon as inline SVG of `size` pixels, hidden from screen readers: words beside it speak.

    Fails with `lucide.IconDoesNotExist` for a name that the set has not.
    """
    svg = _render_icon(name, size, **{"class": "icon", "aria_hidden": "true"})
    return Markup(svg)  # noqa: S704 - drawn from the package's own files
