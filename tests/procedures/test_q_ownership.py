"""Q. Ownership: one owner, handing over, who may, and the owner's desk."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from heliodesk.cases.models import Case
from heliodesk.feed.models import FeedItem
from heliodesk.people.models import DeskSettings
from tests import cast
from tests.cast import Cast
from tests.screens import browser, page, send
from tests.sql import breach

pytestmark = pytest.mark.django_db


def test_q1_the_owner_is_exactly_one_agent_or_queue(company: Cast) -> None:
    case = cast.case(company)
    both = {"owner_queue": company.homeowner_queue}
    neither = {"owner_agent": None}
    for owners in (both, neither):
        with pytest.raises(IntegrityError, match="case_owner_is_exactly_one"), transaction.atomic():
            Case.objects.filter(pk=case.pk).update(**owners)
    send(company.frank, f"{case.get_absolute_url()}owner/", to=f"queue-{both['owner_queue'].pk}")
    case.refresh_from_db()
    assert (case.owner_agent, case.owner_queue) == (None, company.homeowner_queue)


def test_q2_a_frontline_agent_hands_a_case_over(company: Cast) -> None:
    case = cast.case(company)
    address = f"{case.get_absolute_url()}owner/"
    form = page(company.frank, address)
    queue = f"queue-{company.homeowner_queue.pk}"
    assert f'name="to" value="{queue}"' in form
    found = browser(company.frank).get("/owners/options/?case_type=homeowner").json()["items"]
    queues = [company.homeowner_queue.name, company.installer_queue.name]
    assert [one["label"] for one in found[:2]] == queues

    assert send(company.frank, address, to=queue) == case.get_absolute_url()
    shown = page(company.frank, case.get_absolute_url())
    assert "changed the owner from <span>Frank Tester</span> to" in shown


def test_q2_an_escalation_asks_for_the_reason_and_shows_the_companys_text(company: Cast) -> None:
    DeskSettings.objects.update_or_create(
        pk=1, defaults={"escalation_text": "Call the duty manager first."}
    )
    case = cast.case(company)
    address = f"{case.get_absolute_url()}owner/"
    assert "Call the duty manager first." in page(company.frank, address)
    sent = {"to": f"user-{company.sue.pk}", "escalation": "on"}
    refused = send(company.frank, address, 422, **sent)
    assert "Say why the case is escalated." in refused
    assert 'title="Procedure Q2 in the guide"' in refused

    send(company.frank, address, reason="A reporter called.", **sent)
    assert FeedItem.objects.get(kind="escalated").body == "A reporter called."


def test_q5_who_may_change_the_owner(company: Cast) -> None:
    case = cast.case(company)
    address = f"{case.get_absolute_url()}owner/"
    to = f"user-{company.bea.pk}"
    assert "belongs to Frank Tester" in page(company.fiona, address, 403)
    assert "belongs to Frank Tester" in send(company.fiona, address, 403, to=to)
    send(company.sue, address, to=to)
    case.refresh_from_db()
    assert case.owner_agent == company.bea


def test_q5_a_supervisor_hands_several_cases_on_at_once(company: Cast) -> None:
    one, two, closed = cast.case(company), cast.case(company), cast.case(company, status="closed")
    person = page(company.sue, f"/people/{company.frank.pk}/")
    assert "Hand over all" in person
    mine = f"all=owner_agent:is:{company.frank.pk}&all=open:is:yes"
    sent = {"act": "change_owner", "everything": "1", "filter": mine}
    send(company.sue, "/bulk-actions/new/", **sent, to=f"user-{company.bea.pk}")
    assert set(Case.objects.filter(owner_agent=company.bea)) == {one, two}
    closed.refresh_from_db()
    assert closed.owner_agent == company.frank


def test_q5_a_person_with_cases_stays_active_whatever_the_way_in(company: Cast) -> None:
    cast.case(company)
    leave = "UPDATE people_user SET is_active = false WHERE id = %s"
    assert breach(leave, company.frank.pk) == "user_has_handed_on"


def test_q6_an_owned_case_stands_on_its_owners_dashboard_at_once(company: Cast) -> None:
    case = cast.case(company)
    assert case.display_number not in page(company.bea, "/")
    send(company.frank, f"{case.get_absolute_url()}owner/", to=f"user-{company.bea.pk}")
    assert case.display_number in page(company.bea, "/")
