"""What mails tell: unread notices, case by case."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings

from heliodesk.core import clock
from heliodesk.feed.other_cases import without_unseen
from heliodesk.feed.telling import NOBODY
from heliodesk.notices.models import Notice, NoticeKind
from heliodesk.notices.words import cut, told, why
from heliodesk.people.access import Actor

EXCERPT = 700  # characters of a mail that goes out at once
SHORT = 200  # characters in a digest
RELATED = (
    "case", "case__request_type", "case__request_subtype", "item", "item__author", "recipient",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """One notice in a mail; `url` leads to the very post and marks the notice read."""

    who: str
    by_person: bool
    why: str
    text: str
    when: str
    url: str


@dataclass(frozen=True, slots=True)
class CaseNews:
    """A case with what there is to tell of it."""

    number: str
    customer: str
    about: str
    url: str
    lines: list[Line] = field(default_factory=list)


def case_news(notices: Sequence[Notice], *, seeing: Actor, excerpt: int = SHORT) -> list[CaseNews]:
    """The notices, read with `RELATED`, by case: in the order of the first of each. `seeing` is
    whose they are: other cases which they may not see are not named (K6)."""
    cases: dict[int, CaseNews] = {}
    items = [notice.item for notice in notices if notice.item]
    rows = without_unseen(({"kind": item.kind, "data": item.data} for item in items), by=seeing)
    data = {item.pk: row["data"] for item, row in zip(items, rows, strict=True)}
    for notice in notices:
        case = notice.case
        if case.pk not in cases:
            kinds = (case.request_type, case.request_subtype)
            cases[case.pk] = CaseNews(
                number=case.display_number,
                customer=case.customer_name,
                about=" – ".join(kind.name for kind in kinds if kind),
                url=settings.ADDRESS + case.get_absolute_url(),
            )
        cases[case.pk].lines.append(line_of(notice, data.get(notice.item_id or 0, {}), excerpt))
    return list(cases.values())


def line_of(notice: Notice, data: dict[str, Any], excerpt: int) -> Line:
    """One notice as a mail tells it, by the data of its item."""
    item = notice.item
    author = item.author.name if item and item.author else ""
    text = told(item.body_html, item.kind, data, author or NOBODY) if item else ""
    return Line(
        who=author or NOBODY,
        by_person=bool(author),
        why=why(NoticeKind(notice.kind), notice.cases),
        text=cut(text, excerpt),
        when=f"{clock.local(notice.at):%b %-d, %-I:%M %p %Z}",
        url=f"{settings.ADDRESS}/notices/{notice.pk}/",
    )
