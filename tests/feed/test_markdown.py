"""What a person writes is shown safely, and in a bounded time (C5)."""

from __future__ import annotations

import time
from html.parser import HTMLParser

import pytest

from heliodesk.feed.markdown import RENDER_LIMIT, TAGS, handles, render


class Seen(HTMLParser):
    """What a browser would make of some HTML."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep the tag, its attributes and where it leads."""
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.addresses += [value or "" for name, value in attrs if name == "href"]


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Call **now**", "<p>Call <strong>now</strong></p>\n"),
        ("one\ntwo", "<p>one<br>\ntwo</p>\n"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"),
        ("1. a\n2. b", "<ol>\n<li>a</li>\n<li>b</li>\n</ol>\n"),
        ("`x < y`", "<p><code>x &lt; y</code></p>\n"),
        ("```\nif a:\n    b\n```", "<pre><code>if a:\n    b\n</code></pre>\n"),
        ("# no heading", "<p># no heading</p>\n"),
    ],
)
def test_links_lists_and_code_are_shown(written: str, shown: str) -> None:
    assert render(written) == shown


@pytest.mark.parametrize("address", ["https://example.com/a?b=1", "tel:+16195550143"])
def test_links_lead_out_without_telling_from_where(address: str) -> None:
    html = render(f"[see]({address})")
    assert f'<a href="{address}"' in html
    assert 'rel="noopener noreferrer nofollow"' in html


def test_a_bare_address_becomes_a_link() -> None:
    assert 'href="https://example.com/x"' in render("see https://example.com/x")
    assert 'href="mailto:maria@example.org"' in render("mail maria@example.org")


@pytest.mark.parametrize(
    "written",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](java\nscript:alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "<javascript:alert(1)>",
        "[x](vbscript:x)",
        '[x](https://a.example" onmouseover="alert(1))',
        "![x](https://a.example/pixel.png)",
        '<span class="mention">@Ada</span>',
        "<svg/onload=alert(1)>",
        "&lt;script&gt;alert(1)&lt;/script&gt;",
        "[<b>](https://a.example)<style>*{display:none}</style>",
        "```\n</code></pre><script>alert(1)</script>\n```",
    ],
)
def test_nothing_in_a_post_can_run(written: str) -> None:
    seen = Seen()
    seen.feed(render(written))
    assert seen.tags <= TAGS
    assert seen.attributes <= {"href", "rel"}
    assert all(address.startswith("https://a.example") for address in seen.addresses)


@pytest.mark.parametrize(
    "written",
    [
        "[" * 100_000,
        "[" * 10_000,
        "[[](" * 2_500,
        "*a_" * 3_000,
        ">" * 10_000,
        "- " * 5_000,
        "`a``" * 2_500,
        "http://a" * 1_250,
        "http://a.b/" * 900,
        "//a.b/" * 1_500,
        "@a" * 5_000,
        "***a" * 2_500,
    ],
)
def test_no_text_takes_long(written: str) -> None:
    """These have a quarter of `RENDER_LIMIT`; the worst of them grow by the square."""
    start = time.process_time()
    render(written)
    handles(written)
    assert time.process_time() - start < 2


def test_a_text_beyond_the_limit_is_shown_as_it_is() -> None:
    assert render("<b>" + "x" * RENDER_LIMIT).startswith("<pre>&lt;b&gt;xxx")


def test_mentions_are_found_at_a_words_start_and_outside_of_code() -> None:
    text = "@bea, (@Bob.) `@code` me@example.com https://a.example/@path @nobody-here\n\n    @block"
    assert handles(text) == {"bea", "bob", "nobody-here"}


def test_a_mention_is_shown_as_a_chip_with_the_name() -> None:
    html = render("Ask @Bea and @sam", {"bea": "Bea <Lindqvist>"})
    assert html == ('<p>Ask <span class="mention">@Bea &lt;Lindqvist&gt;</span> and @sam</p>\n')
