"""Linking related cases without merging them (W2)."""

from __future__ import annotations

from django.db.models import Q

from heliodesk.cases import access
from heliodesk.cases.models import Case, RelatedCase
from heliodesk.core import clock
from heliodesk.core.refusal import NotFound, Refused
from heliodesk.core.rule import rule
from heliodesk.feed import kinds
from heliodesk.feed.record import record
from heliodesk.people.access import Actor


@rule("W2", "X6")
def relate_cases(case: Case, *, other: Case, by: Actor) -> RelatedCase:
    """Link the open `case` with `other`, which may be closed; gives the link.

    Refuses for anybody outside Support, on a closed case, with the case itself, and where the
    two are linked already.
    """
    access.require_support(by=by, to="link related cases")
    case, other = access.lock_both(case, other)
    access.require_open(case, to="link a related case")
    if case.pk == other.pk:
        _refuse("related_to_itself", "That is this very case. Choose another one.")
    if links_between(case, other):
        _refuse("related_already", f"Case {other.display_number} is linked already.")
    link = RelatedCase.objects.create(case=case, other=other, at=clock.now(), by_id=by.person_id)
    record(case, kinds.RELATED, other=other.display_number, by=by)
    record(other, kinds.RELATED, other=case.display_number, by=by)
    return link


@rule("W2", "X6")
def unrelate_cases(case: Case, *, other: Case, by: Actor) -> None:
    """Take the link between the open `case` and `other` away; refuses where there is none."""
    access.require_support(by=by, to="take a link to a related case away")
    case, other = access.lock_both(case, other)
    access.require_open(case, to="take a link away")
    link = links_between(case, other)
    if link is None:
        _refuse("not_related", f"Case {other.display_number} is not linked with this one.")
    else:
        link.delete()
    record(case, kinds.UNRELATED, other=other.display_number, by=by)
    record(other, kinds.UNRELATED, other=case.display_number, by=by)


def get_other(typed: str, *, by: Actor) -> Case:
    """The case with the typed number; refused at the field where there is none, or none that `by`
    may see (K6)."""
    try:
        return access.get_bare_case(typed.strip().lstrip("#"), by=by)
    except NotFound as missing:
        raise Refused(missing.code, missing.message, rule="W2", field="other") from missing


def links_between(case: Case, other: Case) -> RelatedCase | None:
    """The link between the two, whichever way it was made."""
    pair = Q(case=case, other=other) | Q(case=other, other=case)
    return RelatedCase.objects.filter(pair).first()


def _refuse(code: str, message: str) -> None:
    raise Refused(code, message, rule="W2", field="other")
