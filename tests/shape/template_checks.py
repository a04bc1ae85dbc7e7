"""What every Jinja template of the desk keeps to: it works as plain links and forms, under a strict
content security policy."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser

# The attribute values of a template hold Jinja's own marks, quotes among them.
JINJA = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
MAIL = "/notices/mail.html"  # is shown by mail programs, which load no style sheet
HANDLER = re.compile(r"on[a-z]+$")


def complaints(path: str, text: str) -> list[str]:
    """Everything that is wrong with the template at `path`."""
    reader = _Reader(path)
    reader.feed(JINJA.sub(_blank, text))
    return reader.found


def _blank(match: re.Match[str]) -> str:
    return "x" + "\n" * match.group().count("\n")


class _Reader(HTMLParser):
    def __init__(self, path: str) -> None:
        super().__init__()
        self.path = path
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at one tag."""
        attributes = {name: value or "" for name, value in attrs}
        if tag == "style" and self.path.endswith(MAIL):
            return
        for complaint in _tag_complaints(tag, attributes):
            self.found.append(f"{self.path}:{self.getpos()[0]} <{tag}> {complaint}")


def _tag_complaints(tag: str, attributes: dict[str, str]) -> Iterator[str]:
    for name, value in attributes.items():
        if name == "style":
            yield "has a style attribute"
        if HANDLER.match(name):
            yield f"has an inline handler, {name}"
        if name.startswith("hx-on"):
            yield f"has {name}"
        if value.strip().startswith(("js:", "javascript:")):
            yield f"runs code from {name}"
    if tag == "style":
        yield "is an inline style sheet"
    if tag == "script" and "src" not in attributes and not _is_data(attributes):
        yield "is an inline script"
    yield from _plain_way(tag, attributes)


def _is_data(attributes: dict[str, str]) -> bool:
    """JSON never runs; an import map only names modules, and needs the page's nonce."""
    kind = attributes.get("type", "")
    return kind.endswith("json") or (kind == "importmap" and "nonce" in attributes)


def _plain_way(tag: str, attributes: dict[str, str]) -> Iterator[str]:
    """A link that htmx follows is a link without it, a form that htmx sends is a form."""
    followed = "hx-get" in attributes or "hx-boost" in attributes
    if tag == "a" and followed and "href" not in attributes:
        yield "has no href beside its hx-get"
    if "hx-post" in attributes and tag not in {"form", "button", "input"}:
        yield "posts without being a form"
    if tag == "form" and "hx-post" in attributes and "action" not in attributes:
        yield "has no action beside its hx-post"
