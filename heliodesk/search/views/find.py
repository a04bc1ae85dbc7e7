"""The page of a search: an exact number at once, else all that was found (V4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe
from markupsafe import Markup

from heliodesk.cases.models import Status
from heliodesk.cases.queries.tones import TONES
from heliodesk.search.forms.authors import AuthorForm
from heliodesk.search.models import SearchText
from heliodesk.search.page import RECORD_KINDS, TEXT_KINDS, Wanted, wanted
from heliodesk.search.queries.results import Results, results
from heliodesk.search.queries.texts import TextHit
from heliodesk.search.snippets import snippet
from heliodesk.web.requests import DeskRequest
from heliodesk.worklists.queries.names import names

SHORTEST = 2  # characters


@dataclass(frozen=True, slots=True)
class Tab:
    """A kind, as the page offers it; `count` says "100+" where that many are known."""

    label: str
    url: str
    count: str
    current: bool


@dataclass(frozen=True, slots=True)
class Hit:
    """A text that was found, as the page shows it."""

    url: str
    kind: str
    case: str
    customer: str
    status: str
    tone: str
    author: str
    at: datetime
    snippet: Markup


@require_safe
def find(request: DeskRequest) -> HttpResponse:
    """A case by its number or a contract by its ID at once; for anything else what was found."""
    author = AuthorForm(request.GET)
    chosen = request.GET.copy()
    chosen["author"] = str((author.is_valid() and author.cleaned_data["author"]) or "")
    asked = wanted(chosen)
    if len(asked.typed) < SHORTEST and not asked.typed.isdecimal():
        return render(request, "search/search.html", empty_page(asked, author))
    done = results(asked, by=request.actor)
    if done.found.exact and not (asked.kind or asked.filters):
        return redirect(done.found.exact.url)
    context = {**empty_page(asked, author), "results": done, "hits": hits(done)}
    context["tabs"] = tabs(asked, done)
    context["older"] = asked.address(place=done.texts.after) if done.texts.after else ""
    context["cases"] = len(cases_shown(asked, done)) if request.actor.is_support else 0
    return render(request, "search/search.html", context)


def empty_page(asked: Wanted, author: AuthorForm) -> dict[str, Any]:
    """What the page shows before anything was found."""
    return {
        "asked": asked,
        "results": Results(),
        "record_kinds": RECORD_KINDS,
        "hits": [],
        "cases": 0,
        "tabs": [],
        "older": "",
        "first": asked.address() if asked.place else "",
        "author": author,
        "departments": list(names("department").items()),
    }


def tabs(asked: Wanted, done: Results) -> list[Tab]:
    """The kinds of which something was found, and the one that is shown."""
    found, counts = done.found, done.texts.counts
    every = [("", "Everything", "")]
    for kind, label in RECORD_KINDS.items():
        number = len(found.by_kind.get(kind, ()))
        every.append((kind, label, f"{number}+" if kind in found.more else str(number)))
    for kind, label in TEXT_KINDS.items():
        number = counts.get(kind, 0)
        more = "+" if done.texts.more_counted else ""
        every.append((kind, label, f"{number}{more}" if number else "" if more else "0"))
    unknown = asked.kind or asked.place
    return [
        Tab(label, asked.address(kind=kind), "" if unknown else count, kind == asked.kind)
        for kind, label, count in every
        if unknown or kind == asked.kind or count != "0"
    ]


def cases_shown(asked: Wanted, done: Results) -> set[int]:
    """The numbers of the cases on the page, which can be selected there (V3)."""
    known = done.found.by_kind.get("case", []) if asked.kind in {"", "case"} else []
    texts = (hit.case_number for hit in done.texts.hits if hit.case_number is not None)
    return {int(one.case) for one in known} | set(texts)


def hits(done: Results) -> list[Hit]:
    """The texts of the page with the words marked."""
    authors = names("person", *(hit.author_id for hit in done.texts.hits))
    return [_hit(hit, authors) for hit in done.texts.hits]


def _hit(hit: TextHit, authors: dict[int, str]) -> Hit:
    status = Status(hit.status) if hit.status else None
    return Hit(
        url=hit.url,
        kind=SearchText.Kind(hit.kind).label,
        case=f"{hit.case_number:08d}" if hit.case_number is not None else "",
        customer=hit.customer,
        status=str(status.label).removeprefix("In Progress - ") if status else "",
        tone=TONES[status] if status else "",
        author=authors.get(hit.author_id or 0, "Heliodesk"),
        at=hit.at,
        snippet=snippet(hit.said, hit.words),
    )
