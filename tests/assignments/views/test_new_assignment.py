"""A new case assignment on the screen: the two steps, what stays typed, and who is refused."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest

from heliodesk.assignments.models import CaseAssignment
from heliodesk.cases.models import Case, Status
from heliodesk.drafts.keep import keep, kept
from heliodesk.people.models import ReferralReason, ReferralSubtype, Topic
from tests import cast
from tests.cast import Cast, actor
from tests.screens import browser, page, send, words

pytestmark = pytest.mark.django_db
Statements = Callable[[int], AbstractContextManager[object]]


def address(case: Case, slug: str = "") -> str:
    """The address of a step: the second where a department is named."""
    return f"{case.get_absolute_url()}assignments/new/" + (f"?department={slug}" if slug else "")


def legal(company: Cast, **fields: Any) -> dict[str, Any]:
    """What is asked of Legal."""
    return {"reason": company.legal_reason.pk, "comments": "An attorney wrote."} | fields


@pytest.mark.parametrize("slug", ["", "sales", "legal", "nobody"])
def test_each_step_takes_at_most_eight_statements(
    company: Cast, slug: str, django_assert_max_num_queries: Statements
) -> None:
    case = cast.case(company)
    client = browser(company.frank)
    client.get(case.get_absolute_url())
    with django_assert_max_num_queries(8):
        assert client.get(address(case, slug)).status_code == (422 if slug == "nobody" else 200)


@pytest.mark.parametrize("slug", ["", "legal"])
@pytest.mark.parametrize(("who", "status"), [("fiona", 403), ("dora", 404), ("oscar", 404)])
def test_whoever_may_not_assign_is_told_so_before_typing(
    company: Cast, who: str, status: int, slug: str
) -> None:
    case = cast.case(company)
    shown = page(getattr(company, who), address(case, slug), status)
    assert ("Only the case owner" in shown) == (status == 403)
    sent = send(getattr(company, who), address(case, "legal"), status, **legal(company))
    assert "K7" in sent or status == 404
    assert not CaseAssignment.objects.exists()


def test_a_member_of_the_owning_queue_assigns_and_so_does_a_supervisor(company: Cast) -> None:
    case = cast.case(company, owner_queue=company.homeowner_queue)
    for who in (company.bea, company.sue):
        send(who, address(case, "legal"), **legal(company))
    assert CaseAssignment.objects.filter(case=case).count() == 2


def test_a_closed_case_is_assigned_no_more(company: Cast) -> None:
    case = cast.case(company, status=Status.CLOSED)
    assert "The case is closed" in page(company.frank, address(case), 409)
    assert "X6" in send(company.frank, address(case, "legal"), 409, **legal(company))
    tab = page(company.frank, f"{case.get_absolute_url()}?tab=assignments")
    assert "so you cannot assign it to a department" in tab


def test_departments_say_what_they_are_for_and_what_they_have_already(company: Cast) -> None:
    case = cast.case(company)
    company.legal.description = "Attorney letters, suits and subpoenas."
    company.legal.save()
    company.sales.is_active = False
    company.sales.save()
    cast.assignment(company, case, department=company.legal, reason=company.legal_reason)
    shown = page(company.frank, address(case))
    assert "Attorney letters, suits and subpoenas." in shown
    assert "1 open" in shown
    assert 'value="sales"' not in shown


def test_an_unknown_department_leads_back_to_the_choice(company: Cast) -> None:
    case = cast.case(company)
    shown = page(company.frank, address(case, "nobody"), 422)
    assert "There is no department “nobody” that takes assignments." in shown
    assert 'value="legal"' in shown
    assert "Choose the department." in send(company.frank, address(case), 422)


def test_subtypes_stand_grouped_by_reason_so_that_no_script_is_needed(company: Cast) -> None:
    suit = ReferralReason.objects.create(department=company.legal, name="Suit", position=1)
    served = ReferralSubtype.objects.create(reason=suit, name="Served papers")
    retired = ReferralSubtype.objects.create(reason=suit, name="Old one", is_active=False)
    case = cast.case(company)
    shown = page(company.frank, address(case, "legal"))
    assert f'<optgroup label="Suit" data-type="{suit.pk}"> <option value="{served.pk}"' in shown
    assert retired.name not in shown
    assert company.sales_reason.name not in shown
    refused = send(company.frank, address(case, "legal"), 422, **legal(company, reason=suit.pk))
    assert "Choose the Referral Subtype of “Suit”." in refused
    assert "An attorney wrote." in refused
    send(company.frank, address(case, "legal"), **legal(company, reason=suit.pk, subtype=served.pk))
    assert CaseAssignment.objects.get().subtype == served


def test_what_there_is_only_one_of_is_chosen(company: Cast) -> None:
    topic = Topic.objects.create(department=company.legal, name="Omnidian")
    shown = page(company.frank, address(cast.case(company), "legal"))
    assert f'<option value="{company.legal_reason.pk}" selected>' in shown
    assert f'<option value="{topic.pk}" selected>' in shown


def test_back_keeps_what_was_typed_for_another_department_too(company: Cast) -> None:
    case = cast.case(company)
    shown = send(company.frank, address(case, "legal"), 200, back="1", **legal(company))
    assert "What you have typed is kept." in shown
    assert "step 1 of 2" in shown
    assert not CaseAssignment.objects.exists()
    other = page(company.frank, address(case, "sales"))
    assert "An attorney wrote." in other
    assert f'<option value="{company.sales_reason.pk}" selected>' in other
    assert f'name="account_manager" value="{company.sue.pk}"' in other


def test_a_draft_is_filled_in_and_goes_once_it_is_saved(company: Cast) -> None:
    case = cast.case(company)
    key = f"case/{case.number}/assignment"
    typed = {"comments": "The letter came on", "reason": str(company.legal_reason.pk)}
    keep(key, typed, by=actor(company.frank))
    shown = page(company.frank, address(case, "legal"))
    assert "The letter came on" in shown
    assert f'data-draft="{key}"' in shown
    send(company.frank, address(case, "legal"), **legal(company))
    assert kept(key, by=actor(company.frank)) == {}


def test_sent_twice_it_is_one_assignment(company: Cast) -> None:
    case = cast.case(company)
    client = browser(company.frank)
    sent = legal(company, once="6f1a1f26-6f0c-4b70-9c1e-0a9d0f9f3c11")
    first, second = (client.post(address(case, "legal"), sent) for _ in range(2))
    assert first["Location"] == second["Location"] == f"{case.get_absolute_url()}?tab=assignments"
    assert CaseAssignment.objects.count() == 1


def test_saved_a_message_leads_back_to_the_case(company: Cast) -> None:
    case = cast.case(company)
    client = browser(company.frank)
    saved = client.post(address(case, "legal"), legal(company))
    made = CaseAssignment.objects.get()
    shown = words(client.get(saved["Location"]))
    assert f"{made} asks Legal" in shown
    assert f'<a href="{case.get_absolute_url()}">{case.display_number}</a>' in shown


def test_an_installer_case_takes_the_managers_of_its_own_account(company: Cast) -> None:
    case = cast.installer_case(company)
    shown = page(company.frank, address(case, "sales"))
    assert "From the installer account, Brightfield Solar." in shown
    assert f'name="account_manager" value="{company.sue.pk}"' in shown


@pytest.mark.parametrize("sent", ["x", "-1", "99999999999999999999", "1,2"])
def test_what_nobody_should_send_is_refused_at_its_field(company: Cast, sent: str) -> None:
    case = cast.case(company)
    fields = legal(company, reason=sent, subtype=sent, topic=sent)
    refused = send(company.frank, address(case, "legal"), 422, **fields)
    assert 'id="id_reason_error"' in refused
    assert "An attorney wrote." in refused
