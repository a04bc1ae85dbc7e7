"""Plain text with links, lists and code from Markdown, rendered safely (C5)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape
from typing import Any

import nh3
from linkify_it import LinkifyIt
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import OptionsDict

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
#: Longer texts than anybody writes are shown as they are: rendering takes a bounded time.
RENDER_LIMIT = 40_000  # characters
HANDLE = re.compile(r"@(\w(?:[\w.+@-]{0,150}\w)?)")


def _mention(state: StateInline, silent: bool) -> bool:
    """`@handle` at a word's start becomes a token of its own, known or not."""
    before = state.src[state.pos - 1] if state.pos else " "
    found = HANDLE.match(state.src, state.pos)
    if found is None or before.isalnum() or before in "_/":
        return False
    if not silent:
        token = state.push("mention", "", 0)
        token.content = found[1]
        state.env.setdefault("handles", set()).add(found[1].lower())
    state.pos = found.end()
    return True


def _chip(
    renderer: RendererHTML, tokens: list[Token], at: int, options: OptionsDict, env: Any
) -> str:
    """The name in a chip, for a handle that is known; the plain text for any other."""
    handle = tokens[at].content
    name = env.get("names", {}).get(handle.lower())
    if name is None:
        return f"@{escape(handle)}"
    return f'<span class="mention">@{escape(name)}</span>'


_markdown = MarkdownIt("zero", {"linkify": True, "breaks": True, "html": False}).enable(ENABLED)
# Whole texts are linkified at once. The same again at each colon, and links that only begin with
# two slashes, take quadratic time.
_markdown.inline.ruler.disable("linkify")
_linkify = LinkifyIt()
for _schema in ("//", "ftp:"):
    _linkify.add(_schema, None)
_markdown.linkify = _linkify
_markdown.inline.ruler.push("mention", _mention)
_markdown.add_render_rule("mention", _chip)


def handles(text: str) -> set[str]:
    """What `text` mentions, in lower case and without the @; code is left alone."""
    if "@" not in text or len(text) > RENDER_LIMIT:
        return set()
    env: dict[str, Any] = {}
    _markdown.parse(text, env)
    return set(env.get("handles", ()))


def render(text: str, names: Mapping[str, str] | None = None) -> str:
    """HTML for what a person wrote; `names` gives the name for each handle that is mentioned.

    The renderer escapes HTML; nh3 then lets through only harmless tags and http, https, mailto
    and tel links.
    """
    if len(text) > RENDER_LIMIT:
        return f"<pre>{escape(text)}</pre>"
    return nh3.clean(
        _markdown.render(text, {"names": names or {}}),
        tags=TAGS | {"span"},
        attributes={"a": {"href"}},
        allowed_classes={"span": {"mention"}},
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel="noopener noreferrer nofollow",
    )
