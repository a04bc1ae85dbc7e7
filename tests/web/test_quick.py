"""Templates are rendered with less work, and come out as Jinja alone renders them."""

from __future__ import annotations

import pytest
from jinja2 import StrictUndefined, UndefinedError
from markupsafe import Markup

from heliodesk.web.quick import QuickEnvironment, kept


@pytest.fixture
def quick() -> QuickEnvironment:
    made = QuickEnvironment(autoescape=True, undefined=StrictUndefined)
    made.globals["kept"] = kept
    return made


def test_what_is_shown_is_escaped_whatever_it_is(quick: QuickEnvironment) -> None:
    class Odd:
        def __str__(self) -> str:
            return "<odd>"

    page = quick.from_string("{{ text }}{{ number }}{{ odd }}{{ safe }}{{ text ~ safe }}")
    shown = page.render(text="<i>&\"'", number=3, odd=Odd(), safe=Markup("<b>"))
    text = "&lt;i&gt;&amp;&#34;&#39;"
    assert shown == f"{text}3&lt;odd&gt;<b>{text}<b>"


def test_what_a_component_and_a_block_give_is_not_escaped_again(quick: QuickEnvironment) -> None:
    page = quick.from_string(
        "{% macro box(x) %}<p>{{ x }}{{ caller() }}</p>{% endmacro %}"
        "{% set said %}<u>{{ x }}</u>{% endset %}"
        "{% call box(x) %}{{ said }}{% endcall %}"
    )
    assert page.render(x="<") == "<p>&lt;<u>&lt;</u></p>"


def test_an_unknown_name_is_an_error(quick: QuickEnvironment) -> None:
    for source in ("{{ nobody }}", "{{ nobody.name }}", "{{ nobody() }}"):
        with pytest.raises(UndefinedError):
            quick.from_string(source).render()


def test_a_kept_component_escapes_text_that_reads_like_markup(quick: QuickEnvironment) -> None:
    page = quick.from_string(
        "{% macro name(x) %}<b>{{ x }}</b>{% endmacro %}{% set name = kept(name) %}"
        "{{ name(safe) }}{{ name(text) }}{{ name(safe) }}"
    )
    shown = page.render(safe=Markup("<i>"), text="<i>")
    assert shown == "<b><i></b><b>&lt;i&gt;</b><b><i></b>"


def test_a_kept_component_is_rendered_once(quick: QuickEnvironment) -> None:
    made: list[str] = []

    def note(text: str) -> str:
        made.append(text)
        return text

    quick.globals["note"] = note
    page = quick.from_string(
        "{% macro name(x) %}{{ note(x) }}{% endmacro %}{% set name = kept(name) %}"
        "{% for _ in range(3) %}{{ name('a') }}{% endfor %}"
    )
    assert page.render() == "aaa"
    assert made == ["a"]


def test_what_comes_late_is_of_this_page_and_escaped(quick: QuickEnvironment) -> None:
    page = quick.from_string(
        "{% macro exit(who, csrf) %}<form>{{ who }} {{ csrf }}</form>{% endmacro %}"
        "{% set exit = kept(exit, late='csrf') %}"
        "{{ exit('<A>', csrf=one) }}{{ exit('<A>', csrf=two) }}"
    )
    shown = page.render(one=Markup("<input>"), two="<")
    assert shown == "<form>&lt;A&gt; <input></form><form>&lt;A&gt; &lt;</form>"
