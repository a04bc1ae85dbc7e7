"""HTML for the posts of an export. Most have no Markdown in them and are put into their paragraphs
right here: `feed.markdown` would give the same, and take ten times as long."""

from __future__ import annotations

import re

from heliodesk.feed.markdown import render

# A line of ordinary words: nothing that Markdown, HTML, a link or a mention could begin with.
PLAIN = re.compile(r"""[^\W\d_](?:[\w ,;:?!()%$'"–’…/-]|\.(?=[\s\d)"']|$))*(?<! )""")
LOOKS_LIKE_LINK = re.compile(r"://|_|www|mailto:|tel:|/[/\w]+\.\w|\d\.[^\W\d]|  |(?m:^.$)", re.I)


def html(text: str) -> str:
    """What `feed.markdown.render` gives for the text."""
    if not text:
        return ""
    if not LOOKS_LIKE_LINK.search(text):
        paragraphs = [part.split("\n") for part in text.split("\n\n")]
        if all(PLAIN.fullmatch(line) for lines in paragraphs for line in lines):
            return "".join("<p>" + "<br>\n".join(lines) + "</p>\n" for lines in paragraphs)
    return render(text)
