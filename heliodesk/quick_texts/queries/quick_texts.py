"""Quick texts to choose from, with a case's facts filled in (W3)."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from heliodesk.cases.models import Case
from heliodesk.core import clock
from heliodesk.people.access import Actor
from heliodesk.quick_texts.facts import filled_in
from heliodesk.quick_texts.models import QuickText

SHOWN = 20


def quick_texts_of(by: Actor) -> QuerySet[QuickText]:
    """One's own and the shared ones, by name."""
    return QuickText.objects.filter(Q(owner=by.person_id) | Q(owner=None))


def proposals(typed: str, case: Case | None, *, by: Actor) -> list[dict[str, str]]:
    """Those whose name has every typed word, those whose text has them after; at most 20, filled
    in. One statement."""
    words = typed.lower().split()
    facts = facts_of(case, by=by)
    ranked = [
        (not all(word in found.name.lower() for word in words), found)
        for found in quick_texts_of(by)
        if all(word in f"{found.name} {found.text}".lower() for word in words)
    ]
    ranked.sort(key=lambda pair: pair[0])
    return [_proposal(found, filled_in(found.text, facts)) for _, found in ranked[:SHOWN]]


def _proposal(found: QuickText, text: str) -> dict[str, str]:
    return {"value": str(found.pk), "label": found.name, "hint": text[:80], "insert": text}


def facts_of(case: Case | None, *, by: Actor) -> dict[str, str]:
    """What is known for the braces; empty where there is nothing."""
    today = clock.today()
    own = {"me": by.name, "today": f"{today:%B} {today.day}, {today.year}"}
    if case is None:
        return own
    return own | {
        "case": case.display_number,
        "customer": case.customer_name,
        "contact": case.contact.name if case.contact else case.sales_rep_name,
        "address": case.property_address,
        "contract": case.contract.contract_id if case.contract else "",
        "installer": case.installer.name if case.installer else "",
        "type": case.request_type.name,
        "subtype": case.request_subtype.name,
        "owner": str(case.owner_agent or case.owner_queue),
    }
