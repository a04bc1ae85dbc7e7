"""What goes along when a case is merged, and back when that is undone (X7)."""

from __future__ import annotations

from typing import Any

from django.db.models import Model, Q, QuerySet

from heliodesk.assignments.models import CaseAssignment
from heliodesk.cases.models import Case, Interaction, JiraLink, Merge, RelatedCase
from heliodesk.cases.rules.jira_links import described, without
from heliodesk.core.refusal import Refused
from heliodesk.feed import kinds
from heliodesk.feed.models import FeedItem
from heliodesk.files.models import CaseFile
from heliodesk.notices.models import Notice

#: What people said and asked goes along; what happened to the case itself stays with it (C3).
GO_ALONG = (
    kinds.POST, kinds.INTERACTION, kinds.FILE_ADDED, kinds.CONTINUED,
    kinds.ASSIGNMENT_CREATED, kinds.ASSIGNMENT_ACCEPTED, kinds.ASSIGNMENT_TAKEN_OVER,
    kinds.ASSIGNMENT_RELEASED, kinds.ASSIGNMENT_COMPLETED, kinds.ASSIGNMENT_REJECTED,
    kinds.ASSIGNMENT_RETURNED, kinds.ASSIGNMENT_WITHDRAWN, kinds.FOLLOW_UP,
    kinds.FOLLOW_UP_ESCALATED,
)  # fmt: skip


def going_along(case: Case, *, but: Case) -> dict[str, QuerySet[Any]]:
    """What of the case goes along, by the field of `Merge` that keeps its IDs; a case that
    continues it and is `but`, the other one, cannot continue itself."""
    return {
        "items": FeedItem.objects.filter(case=case, kind__in=[kind.code for kind in GO_ALONG]),
        "files": CaseFile.objects.filter(case=case),
        "assignments": CaseAssignment.objects.filter(case=case),
        "interactions": Interaction.objects.filter(case=case),
        "links": Case.objects.filter(previous_case=case).exclude(pk=but.pk),
        "jira_links": _live(case).exclude(url__in=_live(but).values("url")),
    }


def move_all(merge: Merge) -> None:
    """Move it to the surviving case, and keep the IDs in `merge`, which is not saved here."""
    for name, things in going_along(merge.case, but=merge.into).items():
        ids = list(things.values_list("pk", flat=True))
        setattr(merge, name, ids)
        _move(things.model, Q(pk__in=ids), merge.into)
    merge.related = _relink(related_cases(merge.case), merge.case, merge.into)


def bring_back(merge: Merge) -> None:
    """Move back what is still with the surviving case; a thread goes whole, later replies too."""
    for name, things in going_along(merge.into, but=merge.case).items():
        ids = getattr(merge, name)
        wanted = Q(pk__in=ids)
        if things.model is FeedItem:
            wanted |= Q(parent__in=ids)
        still_there = list(things.filter(wanted).values_list("pk", flat=True))
        _move(things.model, Q(pk__in=still_there), merge.case)
    theirs = related_cases(merge.into).filter(pk__in=merge.related)
    _relink(theirs, merge.into, merge.case)


def _live(case: Case) -> QuerySet[JiraLink]:
    """The case's links to Jira tickets (J1)."""
    return JiraLink.objects.filter(case=case, removed_at=None)


def name_tickets(merge: Merge, into: Case) -> list[str]:
    """Put the URLs of the Jira tickets that went along into the survivor's description (J1), where
    they fit; gives the fields that this changed. The survivor is not saved here."""
    moved = JiraLink.objects.filter(pk__in=merge.jira_links).values_list("url", flat=True)
    try:
        return _written(into, described(into.description, moved))
    except Refused:  # the description is full: the links stand on the case all the same
        return []


def unname_tickets(merge: Merge, into: Case) -> list[str]:
    """Take the URLs of those that went back out again, as `name_tickets` put them in."""
    back = JiraLink.objects.filter(pk__in=merge.jira_links, case=merge.case)
    return _written(into, without(into.description, back.values_list("url", flat=True)))


def _written(into: Case, description: str) -> list[str]:
    changed = description != into.description
    into.description = description
    return ["description"] if changed else []


def related_cases(case: Case) -> QuerySet[RelatedCase]:
    """The links of the case with related ones, whichever way they were made (W2)."""
    return RelatedCase.objects.filter(Q(case=case) | Q(other=case))


def _relink(links: QuerySet[RelatedCase], old: Case, new: Case) -> list[int]:
    """Give those links of `old` to `new`, but for one between the two, and one that `new` has
    already; gives the IDs of those that went."""
    has = {pk for pair in related_cases(new).values_list("case", "other") for pk in pair}
    moved = []
    for link in links:
        partner = link.other_id if link.case_id == old.pk else link.case_id
        if partner in has or partner == new.pk:
            continue
        link.case_id, link.other_id = new.pk, partner
        link.save(update_fields=["case", "other"])
        moved.append(link.pk)
    return moved


def _move(model: type[Model], which: Q, case: Case) -> None:
    field = "previous_case" if model is Case else "case"
    model._default_manager.filter(which).update(**{field: case})
    if model is FeedItem:
        moved = model._default_manager.filter(which).values("pk")
        Notice.objects.filter(item__in=moved).update(case=case)
