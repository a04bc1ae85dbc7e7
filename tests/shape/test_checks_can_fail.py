"""Each check of the shape complains about what it is there for, and only about that."""

from __future__ import annotations

import pytest

from tests.shape import python_checks, template_checks
from tests.shape.python_checks import Source

RULES = "heliodesk/cases/rules/closing.py"
VIEWS = "heliodesk/cases/views/closing.py"
MODELS = "heliodesk/cases/models/cases.py"
GOOD_RULE = '@rule("X1")\ndef close(case: Case, *, by: Actor) -> None:\n    record(case, by=by)\n'

BAD_PYTHON = [
    (python_checks.long_file, RULES, "x = 1\n" * 301),
    (python_checks.long_function, RULES, "def long():\n" + "    x = 1\n" * 60),
    (python_checks.other_clock, RULES, "from django.utils import timezone\ntimezone.now()\n"),
    (python_checks.other_clock, RULES, "import datetime\ndatetime.datetime.now()\n"),
    (python_checks.rule_shape, RULES, '@rule("X1")\ndef close(case, by: Actor): ...\n'),
    (python_checks.rule_shape, RULES, '@rule("X1")\ndef close(case, *, by): ...\n'),
    (python_checks.rule_shape, RULES, '@rule("X1")\ndef close(case): ...\n'),
    (
        python_checks.silent_refusal,
        RULES,
        '@rule("X1")\ndef close(case, *, by: Actor):\n    """It."""\n    require_open(case)\n',
    ),
    (python_checks.unreasoned, RULES, "x = call()  # no" + "qa: S603\n"),
    (python_checks.signals, MODELS, "from django.db.models.signals import post_save\n"),
    (python_checks.signals, MODELS, "@receiver(post_save)\ndef react(**kwargs): ...\n"),
    (python_checks.save_override, MODELS, "class Case:\n    def save(self): ...\n"),
    (python_checks.view_past_access, VIEWS, "Case.objects.get(pk=1)\n"),
    (python_checks.view_past_access, VIEWS, "get_object_or_404(Case, pk=1)\n"),
]
BAD_TEMPLATES = [
    '<p style="color: red">',
    '<button onclick="go()">',
    '<button hx-on:click="go()">',
    '<button hx-vals="js:{a: 1}">',
    '<a href="javascript:go()">',
    "<style>p { color: red }</style>",
    "<script>go()</script>",
    '<a hx-get="{{ url("queue") }}">',
    '<a hx-boost="true">',
    '<div hx-post="/close">',
    '<form hx-post="/close">',
]
GOOD_TEMPLATE = """
<a href="{{ url("queue", slug) }}" hx-get="{{ url("queue", slug) }}">{{ "<" }}</a>
<form action="/close" method="post" hx-post="/close"><button name="online">On</button></form>
<script src="{{ static("js/desk.js") }}" type="module"></script>
"""


@pytest.mark.parametrize(("check", "path", "text"), BAD_PYTHON)
def test_a_bad_file_is_complained_about(check: python_checks.Check, path: str, text: str) -> None:
    assert len(list(check(Source(path, text)))) == 1


@pytest.mark.parametrize("check", python_checks.CHECKS)
def test_a_good_rule_passes_every_check(check: python_checks.Check) -> None:
    assert list(check(Source(RULES, GOOD_RULE))) == []


@pytest.mark.parametrize(
    "caller",
    [
        "from heliodesk.cases.rules.closing import close\n",
        "from heliodesk.cases.rules import closing\nclosing.close(case, by=by)\n",
    ],
)
def test_a_view_that_calls_what_is_no_rule_is_complained_about(caller: str) -> None:
    view = Source(VIEWS, caller)
    bad = Source(RULES, "def close(case, *, by: Actor):\n    case.save()\n")
    assert len(list(python_checks.unmarked_rules([view, bad]))) == 1
    assert list(python_checks.unmarked_rules([view, Source(RULES, GOOD_RULE)])) == []


def test_an_unknown_procedure_number_is_complained_about() -> None:
    text = '@rule("X1")\ndef close():\n    raise Refused("code", "message", rule="X99")\n'
    found = list(python_checks.refusal_numbers(Source(RULES, text), {"X1"}))
    assert found == [f"{RULES}:3 names 'X99', not in procedures.md"]


@pytest.mark.parametrize("text", BAD_TEMPLATES)
def test_a_bad_template_is_complained_about(text: str) -> None:
    assert len(template_checks.complaints("page.html", text)) == 1


def test_a_good_template_passes() -> None:
    assert template_checks.complaints("page.html", GOOD_TEMPLATE) == []
