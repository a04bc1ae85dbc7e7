"""Leaving an interaction on the case that exists, and opening no other (B5)."""

from __future__ import annotations

from typing import Any

import pytest

from heliodesk.cases.models import Case, Interaction, Status
from heliodesk.cases.rules.duplicates import leave_on_case
from heliodesk.cases.rules.interaction import record_interaction
from heliodesk.core.refusal import NotPermitted, Refused
from heliodesk.feed.models import FeedItem, Mention
from heliodesk.notices.models import Notice, NoticeKind
from tests import cast
from tests.cast import Cast, actor

pytestmark = pytest.mark.django_db

DETAILS: dict[str, Any] = {
    "channel": "chat",
    "spoke_with": "Maria",
    "about": "Charged twice again.",
}


def test_the_details_stand_on_the_case_and_the_owner_is_mentioned(company: Cast) -> None:
    case = cast.case(company)
    left = leave_on_case(case, **DETAILS, by=actor(company.fiona))
    assert (left.case, left.account, left.resolved) == (case, company.homeowner, False)
    item = FeedItem.objects.get(case=case, kind="interaction")
    assert item.body == "@frank Charged twice again."
    assert '<span class="mention">@Frank Tester</span>' in item.body_html
    assert Mention.objects.get(item=item).user == company.frank
    notice = Notice.objects.get()
    assert (notice.recipient, notice.kind) == (company.frank, NoticeKind.MENTIONED)
    assert Case.objects.count() == 1


def test_the_members_of_an_owning_queue_are_told(company: Cast) -> None:
    case = cast.case(company, owner_queue=company.homeowner_queue)
    leave_on_case(case, **DETAILS, by=actor(company.frank))
    assert Mention.objects.get().queue == company.homeowner_queue
    assert {notice.recipient for notice in Notice.objects.all()} == {company.bea, company.bob}


def test_nobody_is_told_of_their_own_doing(company: Cast) -> None:
    leave_on_case(cast.case(company), **DETAILS, by=actor(company.frank))
    assert not Mention.objects.exists()
    assert not Notice.objects.exists()


def test_a_case_that_awaits_the_customer_comes_back_to_support(company: Cast) -> None:
    case = cast.case(company, status=Status.AWAITING_CUSTOMER)
    leave_on_case(case, **DETAILS, by=actor(company.fiona))
    case.refresh_from_db()
    assert case.status == Status.AWAITING_SUPPORT
    assert Notice.objects.get().recipient == company.frank


def test_a_recorded_interaction_moves_onto_the_case(company: Cast) -> None:
    spoken = record_interaction(
        account=company.homeowner,
        channel="phone",
        about="Charged twice",
        resolved=False,
        by=actor(company.fiona),
    )
    case = cast.case(company)
    leave_on_case(case, interaction=spoken, by=actor(company.fiona))
    assert Interaction.objects.get().case == case
    with pytest.raises(Refused, match="on a case already"):
        leave_on_case(case, interaction=spoken, by=actor(company.fiona))


def test_without_words_nothing_is_left(company: Cast) -> None:
    with pytest.raises(Refused) as refused:
        leave_on_case(cast.case(company), channel="phone", about="", by=actor(company.frank))
    assert refused.value.field == "about"


def test_not_by_a_department_member(company: Cast) -> None:
    with pytest.raises(NotPermitted):
        leave_on_case(cast.case(company), **DETAILS, by=actor(company.dora))
