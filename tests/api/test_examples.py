"""The examples of docs/api.md do what they say."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.test import Client

from heliodesk.api.rules.tokens import make_token
from heliodesk.assignments.models import CaseAssignment
from heliodesk.cases.models import Case
from heliodesk.list_views.fields import FIELDS
from heliodesk.list_views.filters.operators import operators
from tests.cast import Cast, actor

PAGE = Path(__file__).parents[2] / "docs" / "api.md"
EXAMPLE = re.compile(r"```http\n(.*?)```\n```json\n(.*?)```", re.DOTALL)


def test_every_example_is_answered_as_it_says(company: Cast) -> None:
    company.frank.role = "supervisor"  # who keeps the directory too
    company.frank.save()
    text = make_token(company.frank, name="x", scope="admin", by=actor(company.frank)).text
    examples = EXAMPLE.findall(PAGE.read_text())
    assert len(examples) > 5
    for asked, told in examples:
        answer = send(filled(asked, company), Client(headers={"authorization": f"Bearer {text}"}))
        expected = json.loads(filled(told, company))
        given = answer.json()
        assert {name: given.get(name) for name in expected} == expected, given


def test_every_condition_of_lists_is_told_with_its_operators() -> None:
    rows = re.findall(r"^\| (`[^|]+) \| (.+) \|$", PAGE.read_text(), re.MULTILINE)
    told = {name: said for fields, said in rows for name in re.findall(r"`(\w+)`", fields)}
    told["owner_agent"] = told["status"]  # "the same"
    assert set(FIELDS) <= set(told)
    for name in ("status", "owner_agent", "created_at", "customer", "description", "number"):
        for operator in set(operators(FIELDS[name])) - {"empty"}:
            assert f"`{operator}" in told[name]


def send(asked: str, client: Client) -> Any:
    """The answer to the request as it is written."""
    first, *lines = asked.strip().split("\n")
    method, path = first.split()
    headers = dict(line.split(": ", 1) for line in lines if re.match(r"[A-Z][\w-]+: ", line))
    body = "\n".join(line for line in lines if not re.match(r"[A-Z][\w-]+: ", line))
    given: dict[str, Any] = {"headers": headers}
    if body:
        given |= {"data": body, "content_type": "application/json"}
    call: Callable[..., Any] = getattr(client, method.lower())
    return call(path, **given)


def filled(text: str, company: Cast) -> str:
    """The text with the IDs that stand for `@signer`, and so on; `@case` and `@assignment`
    are the latest."""

    def key(match: re.Match[str]) -> str:
        if match[1] == "case":
            return Case.objects.latest("pk").display_number
        if match[1] == "assignment":
            return str(CaseAssignment.objects.latest("pk"))
        return str(getattr(company, match[1]).pk)

    return re.sub(r"@(\w+)", key, text)
