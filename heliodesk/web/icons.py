"""Icons of the Lucide set, drawn once a process and kept."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from io import BytesIO
from xml.etree import ElementTree
from zipfile import ZipFile

from lucide import IconDoesNotExist
from markupsafe import Markup

NAMESPACE = "http://www.w3.org/2000/svg"


@cache
def icon(name: str, size: int = 16) -> Markup:
    """The icon as inline SVG of `size` pixels, hidden from screen readers: words beside it speak.

    Fails with `lucide.IconDoesNotExist` for a name that the set has not.
    """
    svg = ElementTree.fromstring(_source(name))  # noqa: S314 - the package's own file
    for node in svg.iter():
        node.tag = node.tag.removeprefix(f"{{{NAMESPACE}}}")  # inline SVG needs no namespace
    svg.attrib |= {"width": f"{size}", "height": f"{size}", "class": "icon", "aria-hidden": "true"}
    return Markup(ElementTree.tostring(svg, encoding="unicode"))  # noqa: S704 - as above


def _source(name: str) -> str:
    try:
        return _archive().read(f"{name}.svg").decode()
    except KeyError as error:
        raise IconDoesNotExist(f"The icon {name!r} does not exist.") from error


@cache
def _archive() -> ZipFile:
    """The package's archive, opened once: reading its table takes longer than reading an icon,
    which is what `lucide` itself does for each."""
    return ZipFile(BytesIO(files("lucide").joinpath("lucide.zip").read_bytes()))
