"""X. Closing and reopening, on the screen."""

from __future__ import annotations

import pytest

from heliodesk.cases.models import Case, Closure, Status
from heliodesk.notices.models import Notice
from tests import cast
from tests.cast import Cast
from tests.clocks import Clock
from tests.screens import page, send

pytestmark = pytest.mark.django_db


def close(company: Cast, case: Case, **fields: object) -> str:
    sent = {"reason": company.resolved.pk, "note": "Refunded."} | fields
    return send(company.frank, f"{case.get_absolute_url()}closure/new/", **sent)


def test_x1_the_owner_closes_with_a_reason_that_is_offered(company: Cast) -> None:
    case = cast.case(company)
    address = f"{case.get_absolute_url()}closure/new/"
    form = page(company.frank, address)
    assert "Case Voided" in form
    assert "Duplicate" not in form
    assert "Choose a Closed Reason." in send(company.frank, address, 422, note="Refunded.")
    assert close(company, case) == case.get_absolute_url()
    closure = Closure.objects.get()
    assert (closure.reason, closure.note, closure.closed_by) == (
        company.resolved,
        "Refunded.",
        company.frank,
    )


def test_x2_the_dialog_names_the_open_assignments(company: Cast) -> None:
    case = cast.case(company, status=Status.INTERNAL_REFERRAL)
    cast.assignment(company, case)
    address = f"{case.get_absolute_url()}closure/new/"
    assert "1 case assignment still open" in page(company.frank, address)
    refused = send(company.frank, address, 409, reason=company.resolved.pk, note="Kept words")
    assert "1 case assignment is open: Sales." in refused
    assert "Kept words" in refused


def test_x3_a_closed_case_shows_when_by_whom_why_and_its_age(company: Cast, still: Clock) -> None:
    case = cast.case(company)
    still.move(days=3, hours=4)
    close(company, case)
    shown = page(company.fiona, case.get_absolute_url())
    assert "Closed: Resolved" in shown
    assert "by Frank Tester, after 3 d 4 h." in shown
    assert "Refunded." in shown


def test_x4_a_case_reopens_within_six_hours_and_once(company: Cast, still: Clock) -> None:
    case = cast.case(company)
    close(company, case)
    address = f"{case.get_absolute_url()}reopening/new/"
    still.move(hours=4, minutes=30)
    assert "for another 1 h 30 min" in page(company.fiona, case.get_absolute_url())
    still.move(hours=1, minutes=30)
    send(company.fiona, address)
    case.refresh_from_db()
    assert (case.status, case.owner_agent) == (Status.AWAITING_SUPPORT, company.frank)
    assert Notice.objects.get(kind="reopened").recipient == company.frank

    close(company, case)
    assert "once in its life" in send(company.fiona, address, 409)


def test_x4_not_a_second_later(company: Cast, still: Clock) -> None:
    case = cast.case(company)
    close(company, case)
    still.move(hours=6, seconds=1)
    refused = send(company.fiona, f"{case.get_absolute_url()}reopening/new/", 409)
    assert "closed more than 6 hours ago" in refused


def test_x5_later_a_new_case_filled_in_from_it_is_offered(company: Cast, still: Clock) -> None:
    case = cast.case(company)
    close(company, case)
    still.move(hours=7)
    offered = f"/contracts/C-1001/cases/new/?continues={case.display_number}"
    assert offered in page(company.fiona, case.get_absolute_url())
    assert offered in page(company.fiona, f"{case.get_absolute_url()}reopening/new/")
    form = page(company.fiona, offered)
    assert "Autopay was charged twice in October." in form


def test_x6_on_a_closed_case_nothing_but_posts_files_and_interactions(company: Cast) -> None:
    case = cast.case(company)
    close(company, case)
    act = case.get_absolute_url()
    closed = "The case is closed, so you cannot"
    assert closed in send(company.frank, f"{act}status/", 409, status="awaiting_support")
    assert closed in send(company.frank, f"{act}owner/", 409, to=f"user-{company.bea.pk}")
    assert closed in send(company.frank, f"{act}review/new/", 409, comments="Looked.")
    assert closed in send(company.frank, f"{act}edit/", 409, priority="1")
    send(company.fiona, f"{act}posts/", body="They called to say thanks.")
    assert "They called to say thanks." in page(company.frank, act)
