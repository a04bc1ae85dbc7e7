"""Filters drawn by chance, from every field and every operator."""

from __future__ import annotations

from hypothesis import strategies as st

from heliodesk.cases.models import Case
from heliodesk.list_views.fields import FIELDS, Field, Kind
from heliodesk.list_views.fields.choices import choices
from heliodesk.list_views.filters import Condition, Filter, Group, Mode
from heliodesk.list_views.filters.operators import operators
from tests.cast import Cast

DAYS = ("2025-01-01", "2026-11-01", "2026-11-22")
LENGTHS = ("1h", "24h", "1d", "7d", "4w", "3m")
TEXTS = ("maria", "del", "Delgado", "%", "_", "'", "Ñuñez", "Elm", "C-0999", "J-1", "Call", "x,y:z")
WORDS = ("inverter", "October", "autopay twice")
NAMED = ("today", "yesterday", "tomorrow", "this_week", "last_week", "this_month", "last_month",
         "this_year")  # fmt: skip


def filters(company: Cast) -> st.SearchStrategy[Filter]:
    """Filters of up to three groups of up to three conditions."""
    modes: tuple[Mode, ...] = ("all", "any", "none")
    several = st.lists(conditions(company), min_size=1, max_size=3, unique=True).map(tuple)
    groups = st.builds(Group, st.sampled_from(modes), several)
    return st.lists(groups, max_size=3).map(lambda found: Filter(tuple(found)))


def conditions(company: Cast) -> st.SearchStrategy[Condition]:
    """Conditions that make sense in this company."""
    kinds = [(field, operator) for field in FIELDS.values() for operator in operators(field)]
    return st.sampled_from(kinds).flatmap(lambda kind: condition(company, *kind))


def condition(company: Cast, field: Field, operator: str) -> st.SearchStrategy[Condition]:
    """Conditions of that field and operator."""
    return values(company, field, operator).map(
        lambda found: Condition(field.name, operator, found)
    )


def values(company: Cast, field: Field, operator: str) -> st.SearchStrategy[tuple[str, ...]]:
    """What such a condition may compare with."""
    if operator == "empty" or field.kind == Kind.FLAG:
        return _one("yes", "no")
    if field.kind in {Kind.CHOICE, Kind.PERSON}:
        known = st.sampled_from(_choices(company, field))
        return st.lists(known, min_size=1, max_size=3, unique=True).map(tuple)
    if field.kind == Kind.MOMENT:
        return _moments(operator)
    if field.kind == Kind.TEXT:
        return _one(*(WORDS if operator == "words" else TEXTS))
    number = st.sampled_from((0, 1, 2, 24, 200, known_number()))
    if operator == "between":
        pairs = st.tuples(number, number).map(sorted)
        return pairs.map(lambda pair: (f"{pair[0]}..{pair[1]}",))
    return number.map(lambda found: (str(found),))


def known_number() -> int:
    """A case number that there is, where there are cases."""
    return Case.objects.values_list("number", flat=True).order_by("number").last() or 1


def _one(*texts: str) -> st.SearchStrategy[tuple[str, ...]]:
    return st.sampled_from(texts).map(lambda text: (text,))


def _moments(operator: str) -> st.SearchStrategy[tuple[str, ...]]:
    if operator == "is":
        return _one(*NAMED)
    if operator in {"last", "older", "next"}:
        return _one(*LENGTHS)
    if operator == "between":
        return _one("2025-01-01..2026-11-10", "2026-11-20..2026-11-30")
    return _one(*DAYS)


def _choices(company: Cast, field: Field) -> list[str]:
    people = [company.frank, company.fiona, company.bea, company.sue]
    things = {
        "person": ["me", *(str(one.pk) for one in people)],
        "account": [str(company.homeowner.pk), str(company.org.pk)],
        "installer": [str(company.org.pk), str(company.other_org.pk)],
        "contact": [str(company.signer.pk), str(company.org_contact.pk)],
    }
    if field.of in things:
        return things[field.of]
    return [choice.value for choice in choices(field)]
