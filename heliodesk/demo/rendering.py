"""The feed's HTML. Most of what demo people write has no Markdown in it, and is put into its
paragraph right here: the renderer would give the same, and take ten times as long."""

from __future__ import annotations

import re
from collections.abc import Mapping

from heliodesk.feed.markdown import render

# A line of ordinary words: nothing that Markdown, HTML, a link or a mention could begin with.
PLAIN = re.compile(r"""[^\W\d_](?:[\w ,;:?!()%$'"–’…/-]|\.(?=[\s\d)"']|$))*(?<! )""")
LOOKS_LIKE_LINK = re.compile(r"://|_|www|mailto:|/[/\w]+\.\w|\d\.[^\W\d]")


def html(text: str, names: Mapping[str, str]) -> str:
    """What `feed.markdown.render` gives for the text."""
    if not text:
        return ""
    lines = text.split("\n")
    if all(map(PLAIN.fullmatch, lines)) and not LOOKS_LIKE_LINK.search(text):
        return "<p>" + "<br>\n".join(lines) + "</p>\n"
    return render(text, names)
