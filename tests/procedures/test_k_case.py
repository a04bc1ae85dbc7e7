"""K2, K3, K5, K7 on a case's screens."""

from __future__ import annotations

from uuid import uuid4

import pytest

from heliodesk.cases.models import Activity, Priority
from tests import cast
from tests.cast import Cast
from tests.screens import page, send

pytestmark = pytest.mark.django_db


def test_k2_a_stale_form_shows_what_the_other_made_of_the_field(company: Cast) -> None:
    case = cast.case(company)
    address = f"{case.get_absolute_url()}edit/?group=request"
    seen = {"seen_description": case.description, "description": "Sue's words."}
    send(company.frank, address, **seen | {"description": "Frank's words."})
    refused = send(company.sue, address, 422, **seen)
    assert "Frank Tester changed Case Description to “Frank&#39;s words.”" in refused
    assert "Sue&#x27;s words." in refused

    now = {"seen_description": "Frank's words.", "description": "Sue's words."}
    send(company.sue, address, **now)
    case.refresh_from_db()
    assert case.description == "Sue's words."


def test_k2_changes_to_different_fields_both_stand(company: Cast) -> None:
    case = cast.case(company)
    address = f"{case.get_absolute_url()}edit/?group=request"
    fields = {"priority": "2", "description": case.description, "source": company.phone.pk}
    seen = {f"seen_{name}": value for name, value in fields.items()}
    send(company.frank, address, **seen | fields | {"priority": "1"})
    send(company.sue, address, **seen | fields | {"description": "Anew."})
    case.refresh_from_db()
    assert (case.priority, case.description) == (Priority.HIGH, "Anew.")


def test_k3_a_review_sent_twice_is_logged_once(company: Cast) -> None:
    case = cast.case(company)
    sent = {"comments": "Waiting.", "once": str(uuid4())}
    for _ in range(2):
        send(company.frank, f"{case.get_absolute_url()}review/new/", **sent)
    assert Activity.objects.count() == 1


def test_k5_a_refusal_reads_the_same_on_the_page_in_the_form_and_in_a_bulk_result(
    company: Cast,
) -> None:
    case = cast.case(company)
    owner = f"{case.get_absolute_url()}owner/"
    why = "The case belongs to Frank Tester. Only its owner, a member of the owning queue"
    assert why in page(company.fiona, case.get_absolute_url())
    assert why in page(company.fiona, owner, 403)
    refused = send(company.fiona, owner, 403, to=f"user-{company.bea.pk}")
    assert why in refused
    assert 'title="Procedure Q5 in the guide"' in refused


@pytest.mark.parametrize("who", ["fiona", "bea", "ines"])
def test_k7_on_anothers_case_the_acts_say_why_not(company: Cast, who: str) -> None:
    case = cast.case(company)
    shown = page(getattr(company, who), case.get_absolute_url())
    assert "Only the case owner or a supervisor may close it." in shown
    assert "Only the case owner or a supervisor may edit it." in shown


def test_k7_members_of_the_owning_queue_take_it_first(company: Cast) -> None:
    case = cast.case(company, owner_queue=company.homeowner_queue)
    shown = page(company.bea, case.get_absolute_url())
    assert f'action="{case.get_absolute_url()}taking/"' in shown
    assert "take it first, then you may close it." in shown
    assert "taking/" not in page(company.ines, case.get_absolute_url())


def test_k7_a_supervisor_acts_as_the_owner_does_but_for_the_review(company: Cast) -> None:
    case = cast.case(company)
    shown = page(company.sue, case.get_absolute_url())
    for act in ("owner/", "closure/new/", "edit/"):
        assert f'href="{case.get_absolute_url()}{act}"' in shown
    assert f'href="{case.get_absolute_url()}review/new/"' not in shown
