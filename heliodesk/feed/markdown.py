"""Plain text with links, lists and code from Markdown, rendered safely (C5)."""

from __future__ import annotations

import nh3
from markdown_it import MarkdownIt

TAGS = {"p", "br", "a", "ul", "ol", "li", "code", "pre", "em", "strong", "blockquote", "del"}
ENABLED = [
    "list",
    "fence",
    "code",
    "backticks",
    "emphasis",
    "strikethrough",
    "blockquote",
    "link",
    "autolink",
    "linkify",
    "newline",
    "escape",
    "entity",
]

_markdown = MarkdownIt("zero", {"linkify": True, "breaks": True, "html": False}).enable(ENABLED)


def render(text: str) -> str:
    """HTML for what a person wrote. The renderer escapes HTML; nh3 then lets through only
    harmless tags and http, https, mailto and tel links."""
    return nh3.clean(
        _markdown.render(text),
        tags=TAGS,
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel="noopener noreferrer nofollow",
    )
