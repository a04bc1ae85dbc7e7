"""Rich text of Chatter as the desk's Markdown (C5)."""

from __future__ import annotations

import re
from html.parser import HTMLParser

MARKUP = re.compile(r"<(?:p|br|b|strong|i|em|u|ul|ol|li|a|code|pre|div|span|s|img)\b[^>]*>", re.I)
ENTITY = re.compile(r"&(?:[a-z]{2,8}|#\d{1,6}|#x[0-9a-f]{1,5});", re.I)
MARKS = {"b": "**", "strong": "**", "i": "*", "em": "*", "s": "~~", "del": "~~", "strike": "~~"}
BLOCKS = {"p", "div", "ul", "ol", "pre", "blockquote", "table", "tr", "h1", "h2", "h3", "h4"}
#: What a tag that begins writes, whatever is around it.
OPENS = MARKS | {"br": "\n"} | dict.fromkeys(BLOCKS - {"ul", "ol", "pre"}, "\n\n")


class _Writer(HTMLParser):
    """Collects the text; inline tags become marks, blocks paragraphs, lists their signs."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.out: list[str] = []
        self.lists: list[int | None] = []
        self.hrefs: list[str] = []
        self.verbatim = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in OPENS:
            self.out.append(OPENS[tag])
        elif tag in {"ul", "ol"}:
            self.lists.append(0 if tag == "ol" else None)
            self.out.append("\n\n" if len(self.lists) == 1 else "\n")
        elif tag == "li":
            self.out.append("\n" + "  " * max(0, len(self.lists) - 1) + self._sign())
        elif tag == "a":
            self.hrefs.append(dict(attrs).get("href") or "")
            self.out.append("\x02")
        elif tag == "pre":
            self.verbatim = True
            self.out.append("\n\n```\n")
        elif tag == "code":
            self.out.append("`" if not self.verbatim else "")
        elif tag == "img":
            self.out.append(dict(attrs).get("alt") or "")

    def _sign(self) -> str:
        if not self.lists or self.lists[-1] is None:
            return "- "
        self.lists[-1] += 1
        return f"{self.lists[-1]}. "

    def handle_endtag(self, tag: str) -> None:
        if tag in MARKS:
            self.out.append(MARKS[tag])
        elif tag in {"ul", "ol"} and self.lists:
            self.lists.pop()
            self.out.append("\n\n" if not self.lists else "\n")
        elif tag == "a" and self.hrefs:
            self._link(self.hrefs.pop())
        elif tag == "pre":
            self.verbatim = False
            self.out.append("\n```\n\n")
        elif tag == "code":
            self.out.append("`" if not self.verbatim else "")
        elif tag in BLOCKS:
            self.out.append("\n\n")

    def _link(self, href: str) -> None:
        start = len(self.out) - 1 - self.out[::-1].index("\x02") if "\x02" in self.out else 0
        label = "".join(self.out[start + 1 :]).strip()
        del self.out[start:]
        plain = not href or label in {href, href.removeprefix("mailto:")}
        self.out.append(label if plain else f"[{label or href}]({href})")

    def handle_data(self, data: str) -> None:
        if self.verbatim:
            self.out.append(data)
        else:
            self.out.append(re.sub(r"[ \t\n\xa0]+", " ", data))


def plain(text: str, *, rich: bool | None) -> str:
    """The text as somebody at the desk would have typed it; what says it is plain stays as it
    is, but for tags and entities that only a rich text can have."""
    if rich is False or not ("<" in text or "&" in text):
        return text
    if not (MARKUP.search(text) or ENTITY.search(text)):
        return text
    if not rich and not re.match(r"\s*<p\b", text, re.I):
        return text
    writer = _Writer()
    writer.feed(text)
    writer.close()
    joined = "".join(writer.out).replace("\x02", "")
    lines = "\n".join(line.rstrip() for line in joined.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", re.sub(r"\n +(?![-\d ])", "\n", lines)).strip()
