"""Asking a department refuses for every reason it has (A1, A2, A3, A7, K7, X6)."""

from __future__ import annotations

from typing import Any

import pytest

from heliodesk.assignments.models import AssignmentStatus, CaseAssignment
from heliodesk.assignments.rules.creating import create_assignment
from heliodesk.assignments.rules.texts import TEXT_LIMIT
from heliodesk.cases.access import visible_cases
from heliodesk.cases.models import Case, Status
from heliodesk.core.models import AuditEntry
from heliodesk.core.refusal import NotPermitted, Refused
from heliodesk.feed.models import FeedItem
from heliodesk.notices.models import Notice, NoticeKind
from heliodesk.people.models import ReferralReason, ReferralSubtype, Topic, User
from tests import cast
from tests.cast import Cast, actor
from tests.clocks import Clock

pytestmark = pytest.mark.django_db


def ask(company: Cast, case: Case, who: User | None = None, **fields: Any) -> CaseAssignment:
    """Ask Legal, unless `fields` say otherwise."""
    values: dict[str, Any] = {
        "department": company.legal,
        "reason": company.legal_reason,
        "comments": "An attorney wrote on her behalf.",
    } | fields
    return create_assignment(case, **values, by=actor(who or company.frank))


def refusal(company: Cast, **fields: Any) -> Refused:
    """What asking with these fields is refused with; nothing is left behind."""
    case = cast.case(company)
    with pytest.raises(Refused) as refused:
        ask(company, case, **fields)
    case.refresh_from_db()
    assert (case.status, CaseAssignment.objects.count()) == (Status.NEW, 0)
    assert refused.value.rule == "A1"
    return refused.value


def test_the_owner_asks_a_department(company: Cast, still: Clock) -> None:
    case = cast.case(company)
    still.move(hours=1)
    made = ask(company, case, comments="  An attorney wrote.\r\nSee the letter. ")

    case.refresh_from_db()
    assert (case.status, case.last_modified_at) == (Status.INTERNAL_REFERRAL, still.at)
    assert (made.status, made.assignee, made.created_by) == ("open", None, company.frank)
    assert (made.created_at, made.acted_at) == (still.at, still.at)
    assert made.comments == "An attorney wrote.\nSee the letter."
    item = FeedItem.objects.get(kind="assignment_created")
    assert item.body == made.comments
    assert item.data == {
        "assignment": str(made),
        "department": "Legal",
        "reason": "Attorney letter",
    }
    assert AuditEntry.objects.filter(kind="assignment_created", subject_id=case.pk).exists()


def test_the_departments_members_are_told_and_see_the_case(company: Cast) -> None:
    case = cast.case(company)
    assert not visible_cases(actor(company.oscar)).exists()
    ask(company, case)
    notice = Notice.objects.get()
    assert (notice.recipient, notice.kind) == (company.oscar, NoticeKind.ASSIGNMENT)
    assert visible_cases(actor(company.oscar)).get() == case


def test_inactive_members_and_who_asks_are_not_told(company: Cast) -> None:
    User.objects.filter(pk=company.oscar.pk).update(is_active=False)
    company.legal.memberships.create(user=company.frank)
    ask(company, cast.case(company))
    assert not Notice.objects.exists()


@pytest.mark.parametrize("status", [Status.AWAITING_SUPPORT, Status.AWAITING_CUSTOMER])
def test_from_any_open_status_the_case_becomes_internal_referral(
    company: Cast, status: Status
) -> None:
    made = ask(company, cast.case(company, status=status))
    assert made.case.status == Status.INTERNAL_REFERRAL


def test_several_at_once_also_with_one_department(company: Cast, still: Clock) -> None:
    case = cast.case(company)
    ask(company, case)
    before = still.at
    still.move(hours=1)
    for _ in range(2):
        ask(company, case)
    case.refresh_from_db()
    assert case.assignments.filter(status=AssignmentStatus.OPEN).count() == 3
    assert case.last_modified_at == before  # S4: the status stayed as it was
    assert FeedItem.objects.filter(kind="status").count() == 1


@pytest.mark.parametrize("who", ["sue", "ada"])
def test_supervisors_ask_on_any_case(company: Cast, who: str) -> None:
    assert ask(company, cast.case(company), getattr(company, who)).pk


def test_members_of_the_owning_queue_ask(company: Cast) -> None:
    case = cast.case(company, owner_queue=company.homeowner_queue)
    assert ask(company, case, company.bea).pk


@pytest.mark.parametrize("who", ["fiona", "bea", "dora", "oscar"])
def test_nobody_else_asks(company: Cast, who: str) -> None:
    with pytest.raises(NotPermitted, match="Only the case owner") as refused:
        ask(company, cast.case(company), getattr(company, who))
    assert (refused.value.code, refused.value.rule) == ("not_the_owner", "K7")


def test_not_on_a_closed_case(company: Cast) -> None:
    with pytest.raises(Refused, match="Reopen it") as refused:
        ask(company, cast.case(company, status="closed"))
    assert (refused.value.code, refused.value.rule) == ("case_closed", "X6")


def test_the_department_is_chosen_and_active(company: Cast) -> None:
    none = refusal(company, department=None)
    company.legal.is_active = False
    company.legal.save()
    retired = refusal(company)
    assert (none.code, none.field) == ("department_missing", "department")
    assert (retired.code, retired.field) == ("department_not_offered", "department")


def test_the_reason_is_one_of_the_department(company: Cast) -> None:
    assert refusal(company, reason=None).code == "reason_missing"
    other = refusal(company, reason=company.sales_reason)
    assert (other.code, other.field) == ("reason_of_another_department", "reason")
    company.legal_reason.is_active = False
    assert refusal(company).code == "not_offered"


def test_a_subtype_where_the_reason_has_any(company: Cast) -> None:
    demand = ReferralSubtype.objects.create(reason=company.legal_reason, name="Demand")
    missing = refusal(company)
    assert (missing.code, missing.field) == ("subtype_missing", "subtype")
    made = ask(company, cast.case(company), subtype=demand)
    assert made.subtype == demand
    assert FeedItem.objects.get(kind="assignment_created").data["reason"] == (
        "Attorney letter, Demand"
    )


def test_no_subtype_where_all_are_retired(company: Cast) -> None:
    old = ReferralSubtype.objects.create(reason=company.legal_reason, name="Old", is_active=False)
    assert refusal(company, subtype=old).code == "not_offered"
    assert ask(company, cast.case(company)).subtype is None


def test_not_a_subtype_of_another_reason(company: Cast) -> None:
    suit = ReferralReason.objects.create(department=company.legal, name="Suit")
    served = ReferralSubtype.objects.create(reason=suit, name="Served papers")
    wrong = refusal(company, subtype=served)
    assert (wrong.code, wrong.field) == ("subtype_of_another_reason", "subtype")


def test_a_topic_where_the_department_has_any(company: Cast) -> None:
    omnidian = Topic.objects.create(department=company.legal, name="Omnidian")
    assert refusal(company).code == "topic_missing"
    assert ask(company, cast.case(company), topic=omnidian).topic == omnidian
    omnidian.is_active = False
    assert refusal_after(company, topic=omnidian).code == "not_offered"


def refusal_after(company: Cast, **fields: Any) -> Refused:
    with pytest.raises(Refused) as refused:
        ask(company, cast.case(company), **fields)
    return refused.value


def test_not_a_topic_of_another_department(company: Cast) -> None:
    topic = Topic.objects.create(department=company.sales, name="Omnidian")
    wrong = refusal(company, topic=topic)
    assert (wrong.code, wrong.field) == ("topic_of_another_department", "topic")


def test_both_managers_where_the_department_asks_for_them(company: Cast) -> None:
    asked: dict[str, Any] = {"department": company.sales, "reason": company.sales_reason}
    both = {"account_manager": company.sue, "sales_manager": company.ada}
    missing = refusal(company, **asked)
    assert (missing.code, missing.field) == ("account_manager_missing", "account_manager")
    half = refusal(company, **asked, account_manager=company.sue)
    assert (half.code, half.field) == ("sales_manager_missing", "sales_manager")
    company.sue.is_active = False
    assert refusal(company, **asked, **both).code == "manager_inactive"
    company.sue.is_active = True
    made = ask(company, cast.case(company), **asked, **both)
    assert (made.account_manager, made.sales_manager) == (company.sue, company.ada)


def test_no_manager_where_it_does_not(company: Cast) -> None:
    extra = refusal(company, sales_manager=company.ada)
    assert (extra.code, extra.field) == ("managers_not_asked_for", "sales_manager")


@pytest.mark.parametrize("comments", ["", "  \n\t ", "\x00"])
def test_comments_say_something(company: Cast, comments: str) -> None:
    missing = refusal(company, comments=comments)
    assert (missing.code, missing.field) == ("comments_missing", "comments")


def test_comments_have_a_limit(company: Cast) -> None:
    long = refusal(company, comments="ñ" * (TEXT_LIMIT + 3))
    assert (long.code, long.field) == ("comments_too_long", "comments")
    assert "4,003 characters, 3 more than the 4,000" in long.message
    assert ask(company, cast.case(company), comments="ñ" * TEXT_LIMIT).pk
