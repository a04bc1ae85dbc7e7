"""Which cases one may see (K6), and who may what on a case (K7): decided here, once."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.expressions import RawSQL

from heliodesk.assignments.models import CaseAssignment
from heliodesk.cases.locks import lock_row
from heliodesk.cases.models import Case
from heliodesk.core import rows
from heliodesk.core.numbers import whole
from heliodesk.core.refusal import NotFound, NotPermitted, Refused
from heliodesk.feed.models import Mention
from heliodesk.people.access import Actor
from heliodesk.people.models import Department, DepartmentMembership, Role, User

MENTIONED = 2_000  # cases, at most, that are known beforehand to have a mention


def visible_cases(by: Actor, *, mentioned: Sequence[int] | None = None) -> QuerySet[Case]:
    """The cases that `by` may see: the one predicate for record, lists, search, counts, notices
    and exports (K6). Support sees all; a department member those which the department has or had
    an assignment on, or on which they or the department were mentioned (`mentioned`, where it is
    known which these are)."""
    if by.is_support:
        return Case.objects.all()
    assigned = CaseAssignment.objects.filter(
        case=OuterRef("pk"), department_id__in=by.department_ids
    )
    if mentioned is not None:
        # By a table of values, which every plan looks up in a hash.
        known = RawSQL("SELECT unnest(%s::bigint[])", [list(mentioned)])
        return Case.objects.filter(Exists(assigned) | Q(pk__in=known))
    those = _mentions(by).filter(item__case=OuterRef("pk"))
    return Case.objects.filter(Exists(assigned) | Exists(those))


def mentioned_on(by: Actor) -> list[int] | None:
    """The cases on which a department member or their department was mentioned, for asking about
    many cases: a case's feed is longer than its assignments are many. None where these are too
    many to be told beforehand; nothing is asked for Support."""
    if by.is_support:
        return None
    found = _mentions(by).values_list("item__case_id", flat=True).distinct()[: MENTIONED + 1]
    cases = list(found)
    return cases if len(cases) <= MENTIONED else None


def _mentions(by: Actor) -> QuerySet[Mention]:
    return Mention.objects.filter(Q(user_id=by.user_id) | Q(department_id__in=by.department_ids))


def get_case(number: int | str, *, by: Actor) -> Case:
    """The case with this number, its owner and names read along.

    Refuses with `NotFound` where there is none or `by` may not see it: the same answer (K6).
    """
    related = (
        "account", "contact", "contract", "installer", "installer_contact", "request_type",
        "request_subtype", "source", "owner_agent", "owner_queue", "created_by",
        "last_modified_by", "reviewed_by", "previous_case",
    )  # fmt: skip
    found = visible_cases(by).select_related(*related).filter(number=whole(number) or 0).first()
    if found is None:
        raise not_visible(number)
    return found


def get_bare_case(number: int | str, *, by: Actor) -> Case:
    """The case's own row alone, where its names are not shown; refuses as `get_case` does."""
    found = rows.find(Case, "number = %s", [whole(number) or 0])
    if found is None:
        raise not_visible(number)
    require_visible(found, by=by)
    return found


def require_visible(case: Case, *, by: Actor) -> None:
    """Refuse with `NotFound` unless `by` may see the case (K6); asks nothing for Support."""
    if not by.is_support and not visible_cases(by).filter(pk=case.pk).exists():
        raise not_visible(case.display_number)


def not_visible(number: int | str) -> NotFound:
    """What is said of a case that there is not, and of one that one may not see: word by word the
    same, with or without the zeros, for else the difference would tell which it is."""
    known = whole(number)
    named = number if known is None else f"{known:08d}"
    return NotFound(
        "case_not_found", f"There is no case {named}, or it is not one you may see.", rule="K6"
    )


def departments_that_see(case: Case) -> QuerySet[Department]:
    """Departments whose members see the case: it has or had an assignment for them, or they were
    mentioned on it (K6)."""
    assigned = CaseAssignment.objects.filter(case=case, department=OuterRef("pk"))
    mentioned = Mention.objects.filter(item__case=case, department=OuterRef("pk"))
    return Department.objects.filter(Exists(assigned) | Exists(mentioned))


def who_may_see(case: Case, people: QuerySet[User]) -> QuerySet[User]:
    """Those of `people` who may see the case: `visible_cases` read the other way round (K6)."""
    of_department = DepartmentMembership.objects.filter(
        user=OuterRef("pk"), department__in=departments_that_see(case)
    )
    mentioned = Mention.objects.filter(item__case=case, user=OuterRef("pk"))
    return people.filter(~Q(role=Role.NONE) | Exists(of_department) | Exists(mentioned))


def ids_who_may_see(case: Case, people: QuerySet[User]) -> list[int]:
    """The IDs of those of `people` who may see the case; one plain statement where all are in
    Support."""
    return those_seeing(case, dict(people.values_list("pk", "role")))


def those_seeing(case: Case, roles: dict[int, str]) -> list[int]:
    """As `ids_who_may_see`, of people whose roles have been read already, by their IDs."""
    others = [pk for pk, role in roles.items() if role == Role.NONE]
    if others:
        seeing = who_may_see(case, User.objects.filter(pk__in=others))
        blind = set(others) - set(seeing.values_list("pk", flat=True))
        roles = {pk: role for pk, role in roles.items() if pk not in blind}
    return list(roles)


def lock(case: Case) -> Case:
    """The case's row, locked until the transaction ends, as it is now."""
    found = lock_row(case.pk)
    if found is None:
        raise Case.DoesNotExist(f"no case {case.pk}")
    return found


def lock_both(case: Case, other: Case) -> tuple[Case, Case]:
    """Both rows, locked by their keys' order, so that two rules on the same two cases never wait
    for each other."""
    rows = {row.pk: lock(row) for row in sorted((case, other), key=lambda one: one.pk)}
    return rows[case.pk], rows[other.pk]


def owns(case: Case, by: Actor) -> bool:
    """True for the agent who owns the case (H7)."""
    return case.owner_agent_id is not None and case.owner_agent_id == by.user_id


def is_of_owning_queue(case: Case, by: Actor) -> bool:
    """True for a member of the queue that owns the case."""
    return case.owner_queue_id is not None and case.owner_queue_id in by.queue_ids


def may_edit(case: Case, by: Actor) -> bool:
    """Fields, contract, priority, status, close: the owner, or a supervisor (K7)."""
    return owns(case, by) or by.is_supervisor


def may_hand_over(case: Case, by: Actor) -> bool:
    """Change owner: the owner, a member of the owning queue, a supervisor (Q5)."""
    return may_edit(case, by) or is_of_owning_queue(case, by)


def may_review(case: Case, by: Actor) -> bool:
    """Log Review: the owner; where a queue owns it, its members; not supervisors as such (L1)."""
    return owns(case, by) or is_of_owning_queue(case, by)


def may_assign(case: Case, by: Actor) -> bool:
    """Case assignments and their follow-up: the owner, a member of the owning queue, a supervisor
    (K7)."""
    return may_edit(case, by) or works_queue(case.owner_queue_id, by)


def may_merge(case: Case, into: Case, by: Actor) -> bool:
    """Merge, and undo it: the owner of either case, or a supervisor (K7)."""
    return by.is_supervisor or owns(case, by) or owns(into, by)


def works_queue(queue_id: int | None, by: Actor) -> bool:
    """True for a member of the queue who is in Support, as an owner has to be (Q4, Q5)."""
    return by.is_support and queue_id in by.queue_ids


def may_take(case: Case, by: Actor) -> bool:
    """Take: a member of the owning queue (Q4)."""
    return works_queue(case.owner_queue_id, by)


def works_cases(by: Actor) -> bool:
    """True for those who may act on one case or another: Support. Others change nothing on a case
    but their assignments (A8), so that a refusal would tell them nothing."""
    return by.is_support


def require_edit(case: Case, *, by: Actor, to: str) -> None:
    """Refuse unless `by` may edit; `to` says what was wanted, such as `close it` (K7)."""
    if may_edit(case, by):
        return
    if is_of_owning_queue(case, by):
        message = f"The case belongs to a queue: take it first, then you may {to}."
    else:
        message = f"Only the case owner or a supervisor may {to}. Post in the feed to ask them."
    raise NotPermitted("not_the_owner", message, rule="K7")


def require_assign(case: Case, *, by: Actor, to: str) -> None:
    """Refuse unless `by` may assign; `to` says what was wanted, such as `assign it` (K7)."""
    if not may_assign(case, by):
        raise NotPermitted(
            "not_the_owner",
            f"Only the case owner, a member of the owning queue or a supervisor may {to}. Post in "
            "the feed to ask them.",
            rule="K7",
        )


def require_hand_over(case: Case, *, by: Actor) -> None:
    """Refuse unless `by` may change the owner; says who has the case now (Q5)."""
    if not may_hand_over(case, by):
        owner = case.owner_agent or case.owner_queue
        raise NotPermitted(
            "not_the_owner",
            f"The case belongs to {owner}. Only its owner, a member of the owning queue or a "
            "supervisor may change the owner. Post in the feed to ask them.",
            rule="Q5",
        )


def require_review(case: Case, *, by: Actor) -> None:
    """Refuse unless `by` may log a review, and offer the feed (L1)."""
    if not may_review(case, by):
        who = "its owner" if case.owner_agent_id else "the members of its queue"
        raise NotPermitted(
            "not_the_owner",
            f"Only {who} may log a review of the case. Post in the feed instead.",
            rule="L1",
        )


def require_support(*, by: Actor, to: str) -> None:
    """Refuse unless `by` is in Support (K7)."""
    if not by.is_support:
        raise NotPermitted("not_in_support", f"Only Support may {to}.", rule="K7")


def require_open(case: Case, *, to: str) -> None:
    """Refuse on a closed case, where only posts, files and interactions are added (X6)."""
    if case.is_closed:
        raise closed(to=to)


def closed(*, to: str) -> Refused:
    """What is said of an act that a closed case forbids (X6)."""
    return Refused(
        "case_closed",
        f"The case is closed, so you cannot {to}. Reopen it, or open a new case from it.",
        rule="X6",
    )
