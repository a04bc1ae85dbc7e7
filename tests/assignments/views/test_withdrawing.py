"""Withdrawing on the screen: one assignment, those that keep a case open, and by voiding it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from heliodesk.assignments.models import CaseAssignment
from heliodesk.assignments.rules.ending import return_assignment
from heliodesk.cases.models import Case, Closure, Status
from heliodesk.feed.models import FeedItem
from tests import cast
from tests.cast import Cast, actor
from tests.screens import browser, page, send

pytestmark = pytest.mark.django_db
Statements = Callable[[int], AbstractContextManager[object]]


@pytest.fixture
def asked(company: Cast) -> Case:
    """A case that Sales and Legal were asked for."""
    case = cast.case(company, status=Status.INTERNAL_REFERRAL)
    cast.assignment(company, case)
    cast.assignment(company, case, department=company.legal, reason=company.legal_reason)
    return case


def of(case: Case, slug: str) -> CaseAssignment:
    """What the department was asked."""
    return CaseAssignment.objects.get(case=case, department__slug=slug)


@pytest.mark.parametrize(
    "what", ["{one}withdrawal/new/", "{case}closure/new/", "{case}voiding/new/"]
)
def test_at_most_eight_statements(
    company: Cast, asked: Case, what: str, django_assert_max_num_queries: Statements
) -> None:
    one = f"/assignments/{of(asked, 'sales')}/"
    client = browser(company.frank)
    client.get(asked.get_absolute_url())
    with django_assert_max_num_queries(8):
        address = what.format(one=one, case=asked.get_absolute_url())
        assert client.get(address).status_code == 200


def test_withdrawing_says_who_is_told_and_what_follows(company: Cast, asked: Case) -> None:
    address = f"/assignments/{of(asked, 'sales')}/withdrawal/new/"
    shown = page(company.frank, address)
    assert "The members of Sales are told." in shown
    assert "1 other assignment of the case stays open." in shown
    assert send(company.frank, address, note="Solved.") == (
        f"{asked.get_absolute_url()}?tab=assignments"
    )
    assert of(asked, "sales").outcome == "Solved."
    last = page(company.frank, f"/assignments/{of(asked, 'legal')}/withdrawal/new/")
    assert "the case becomes Awaiting Customer Support" in last
    assert "was withdrawn by Frank Tester already" in page(company.frank, address, 409)


@pytest.mark.parametrize("who", ["fiona", "dora", "oscar"])
def test_nobody_else_withdraws(company: Cast, asked: Case, who: str) -> None:
    address = f"/assignments/{of(asked, 'sales')}/withdrawal/new/"
    assert "K7" in page(getattr(company, who), address, 403)
    send(getattr(company, who), address, 403, note="No.")
    assert of(asked, "sales").status == "open"


def test_a_note_too_long_stays_in_the_form(company: Cast, asked: Case) -> None:
    address = f"/assignments/{of(asked, 'sales')}/withdrawal/new/"
    refused = send(company.frank, address, 422, note="x" * 4001)
    assert "1 more than" in refused
    assert "x" * 4001 in refused


def test_x2_the_dialog_withdraws_what_is_ticked_and_closes(company: Cast, asked: Case) -> None:
    address = f"{asked.get_absolute_url()}closure/new/"
    shown = page(company.frank, address)
    assert "2 case assignments still open" in shown
    assert shown.count('name="withdraw"') == 2
    both = [of(asked, "sales").pk, of(asked, "legal").pk]
    send(
        company.frank,
        address,
        reason=company.resolved.pk,
        withdraw=both,
        withdrawal_note="The customer withdrew it.",
    )
    asked.refresh_from_db()
    assert asked.status == Status.CLOSED
    assert {one.outcome for one in asked.assignments.all()} == {"The customer withdrew it."}
    kinds = FeedItem.objects.filter(case=asked).order_by("id").values_list("kind", flat=True)
    assert list(kinds) == ["assignment_withdrawn"] * 2 + ["status", "closed"]


def test_x2_what_is_not_ticked_keeps_the_case_open_and_nothing_happens(
    company: Cast, asked: Case
) -> None:
    sales = of(asked, "sales")
    refused = send(
        company.frank,
        f"{asked.get_absolute_url()}closure/new/",
        409,
        reason=company.resolved.pk,
        note="Solved.",
        withdraw=[sales.pk],
    )
    assert "1 case assignment is open: Legal." in refused
    assert f'name="withdraw" value="{sales.pk}" checked' in refused
    assert "Solved." in refused
    assert of(asked, "sales").status == "open"
    assert not FeedItem.objects.filter(case=asked).exists()


def test_x2_an_assignment_of_another_case_is_left_alone(company: Cast) -> None:
    case, other = cast.case(company), cast.case(company)
    others = cast.assignment(company, other)
    sent = {"reason": company.resolved.pk, "withdraw": [others.pk, 99, "x", "9" * 30]}
    send(company.frank, f"{case.get_absolute_url()}closure/new/", 422, **sent)
    sent["withdraw"] = [others.pk, 99]
    send(company.frank, f"{case.get_absolute_url()}closure/new/", **sent)
    others.refresh_from_db()
    assert others.status == "open"


@pytest.fixture
def returned(company: Cast, asked: Case) -> Case:
    """Legal, which works as the Resolution Specialist does, has returned it."""
    company.legal.voids_case = True
    company.legal.save()
    return_assignment(of(asked, "legal"), reason="No dispute is left.", by=actor(company.oscar))
    return asked


def test_a6_the_case_says_so_with_one_action(company: Cast, returned: Case) -> None:
    shown = page(company.frank, returned.get_absolute_url())
    assert "Legal returned it: the case should be closed as Case Voided" in shown
    assert "No dispute is left." in shown
    assert "Frank Tester closes it as Case Voided." in shown
    assert "Still open: Sales." in shown
    dialog = page(company.frank, f"{returned.get_absolute_url()}voiding/new/")
    assert "Withdraw what is still open" in dialog
    assert 'id="id_withdraw_rest" checked' in dialog


def test_a6_with_nothing_open_it_is_one_press(company: Cast, returned: Case) -> None:
    send(company.frank, f"/assignments/{of(returned, 'sales')}/withdrawal/new/")
    shown = page(company.frank, returned.get_absolute_url())
    address = f"{returned.get_absolute_url()}voiding/new/"
    assert f'<form action="{address}" method="post">' in shown
    send(company.frank, address)
    assert Closure.objects.get().reason == company.voided
    assert "should be closed as Case Voided" not in page(company.frank, returned.get_absolute_url())


def test_a6_others_are_told_but_not_offered_it(company: Cast, returned: Case) -> None:
    address = f"{returned.get_absolute_url()}voiding/new/"
    shown = page(company.fiona, returned.get_absolute_url())
    assert "should be closed as Case Voided" in shown
    assert address not in shown
    assert "K7" in page(company.fiona, address, 403)
    send(company.fiona, address, 403, withdraw_rest="on")
    assert not Closure.objects.exists()


def test_a6_without_a_refusal_there_is_nothing_to_void(company: Cast, asked: Case) -> None:
    address = f"{asked.get_absolute_url()}voiding/new/"
    assert "close the case with a Closed Reason instead" in page(company.frank, address)
    assert "A6" in send(company.frank, address, 409, withdraw_rest="on")
    assert of(asked, "sales").status == "open"
