"""Forms that were forged: what they must not tell, break or do (K1, K3, K6)."""

from __future__ import annotations

from uuid import uuid4

from heliodesk.cases.models import Interaction
from heliodesk.feed import kinds
from heliodesk.feed.models import FeedItem, Mention
from heliodesk.feed.record import record
from tests import cast as people
from tests.cast import Cast
from tests.screens import browser


def test_who_may_not_edit_learns_no_org_from_a_form_left_empty(company: Cast) -> None:
    case = people.case(company)
    item = record(case, kinds.POST, body="@dora", by=people.actor(company.frank))
    Mention.objects.create(item=item, user=company.dora)
    address = f"{case.get_absolute_url()}edit/?group=installer"
    answer = browser(company.dora).post(address, {"installer": ""})
    assert answer.status_code == 403
    assert "Cedar Ridge Energy" not in answer.content.decode()


def test_an_interaction_left_on_a_case_is_kept_without_what_cannot_be(company: Cast) -> None:
    case = people.case(company)
    sent = {
        "leave_on": case.display_number,
        "source": company.phone.pk,
        "description": "No\x00 bill",
    }
    answer = browser(company.fiona).post("/contracts/C-1001/cases/new/", sent)
    assert answer.status_code == 303
    assert Interaction.objects.get().about == "No bill"


def test_leaving_it_on_what_is_no_case_finds_nothing(company: Cast) -> None:
    for number in ("abc", "9" * 5000, "-1", ""):
        sent = {"leave_on": number, "source": company.phone.pk, "description": "No bill"}
        answer = browser(company.fiona).post("/contracts/C-1001/cases/new/", sent)
        assert answer.status_code == 404


def test_a_token_sent_to_another_case_is_another_form(company: Cast) -> None:
    sent = {"body": "The same words", "once": str(uuid4())}
    for case in (people.case(company), people.case(company)):
        for _ in range(2):
            browser(company.frank).post(f"{case.get_absolute_url()}posts/", sent)
        assert FeedItem.objects.filter(case=case, kind=kinds.POST.code).count() == 1
