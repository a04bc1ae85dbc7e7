"""HTML for the posts of an export. Most have no Markdown in them but bold words, and are put into
their paragraphs right here: `feed.markdown` would give the same, and take ten times as long."""

from __future__ import annotations

import re

from heliodesk.feed.markdown import render

# A line of ordinary words: nothing that Markdown, HTML, a link or a mention could begin with.
PLAIN = re.compile(r"""[^\W\d_](?:[\w ,;:?!()%$'"–’…/-]++|\.(?=[\s\d)"']|$)|&(?= ))*+(?<! )""")
SIGNS = ("_", "://", "  ", "www", "mailto:", "tel:")
LOOKS_LIKE_LINK = re.compile(r"/[/\w]+\.\w|\.(?<=\d\.)[^\W\d]")
BOLD = re.compile(r"(?<!\S)\*\*([^\W_](?:[^*\n]*[^\W_])?)\*\*(?!\S)")


def html(text: str) -> str:
    """What `feed.markdown.render` gives for the text."""
    if not text:
        return ""
    lower = text.lower()
    if not any(sign in lower for sign in SIGNS) and not LOOKS_LIKE_LINK.search(text):
        bare = BOLD.sub(r"\1", text) if "*" in text else text
        if all(len(line) != 1 and PLAIN.fullmatch(line) for line in _lines(bare)):
            said = text.replace("&", "&amp;")
            if bare is not text:
                said = BOLD.sub(r"<strong>\1</strong>", said)
            parts = [part.replace("\n", "<br>\n") for part in said.split("\n\n")]
            return "".join(f"<p>{part}</p>\n" for part in parts)
    return render(text)


def _lines(text: str) -> list[str]:
    """All lines, the empty ones between paragraphs left out."""
    return text.replace("\n\n", "\n").split("\n") if "\n" in text else [text]
