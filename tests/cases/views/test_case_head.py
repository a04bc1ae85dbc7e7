"""The actions on top of a case: for whom which, and the likely next one first (A4, A8, K5, K7)."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from heliodesk.assignments.models import AssignmentStatus, CaseAssignment
from heliodesk.assignments.rules.working import accept_assignment
from heliodesk.cases.models import Case, Status
from heliodesk.cases.queries.case_actions import CaseAction
from heliodesk.cases.queries.case_page import case_page
from heliodesk.cases.rules.closing import close
from heliodesk.people.models import DepartmentMembership, User
from tests import cast
from tests.cast import Cast, actor
from tests.clocks import Clock
from tests.screens import browser, page, send

pytestmark = pytest.mark.django_db
Statements = Callable[[int], AbstractContextManager[object]]


@pytest.fixture
def asked(company: Cast) -> CaseAssignment:
    """What Sales is asked on a case of Frank's."""
    return cast.assignment(company, cast.case(company, status=Status.INTERNAL_REFERRAL))


def top(case: Case, reader: User) -> list[CaseAction]:
    return case_page(case.number, tab="details", by=actor(reader)).actions


def names(case: Case, reader: User) -> list[str]:
    return [act.label for act in top(case, reader)]


def primary(case: Case, reader: User) -> list[str]:
    return [act.label for act in top(case, reader) if act.primary]


def test_a_department_member_accepts_on_the_case_itself(
    company: Cast, asked: CaseAssignment
) -> None:
    case = asked.case
    assert names(case, company.dora) == ["Accept", "Return", "Complete", "Reject"]
    assert primary(case, company.dora) == ["Accept"]
    answer = browser(company.dora).post(top(case, company.dora)[0].url)
    assert (answer.status_code, answer["Location"]) == (303, case.get_absolute_url())
    asked.refresh_from_db()
    assert asked.assignee == company.dora
    assert names(case, company.dora) == ["Complete", "Return", "Reject", "Release"]
    assert primary(case, company.dora) == ["Complete"]


def test_completed_from_the_case_one_is_back_on_it(company: Cast, asked: CaseAssignment) -> None:
    accept_assignment(asked, by=actor(company.dora))
    url = top(asked.case, company.dora)[0].url
    back = f'name="back" value="{asked.case.get_absolute_url()}"'
    assert back in page(company.dora, url)
    send(company.dora, url, resolution="Three months were promised.")
    asked.refresh_from_db()
    assert asked.status == AssignmentStatus.COMPLETED
    assert names(asked.case, company.dora) == []


def test_what_a_department_member_may_never_do_is_not_shown(
    company: Cast, asked: CaseAssignment
) -> None:
    for address in ("", "?tab=assignments"):
        shown = page(company.dora, asked.case.get_absolute_url() + address)
        for never in ("Log Review", "Change Owner", "Close\n", "Log interaction", ">New<"):
            assert never not in shown, never
    close(ended(asked), reason=company.resolved, by=actor(company.frank))
    assert names(asked.case, company.dora) == []


def ended(asked: CaseAssignment) -> Case:
    case = asked.case
    accept_assignment(asked, by=actor(asked.department.members.get()))
    send(asked.department.members.get(), f"/assignments/{asked}/completion/new/", resolution="Done")
    case.refresh_from_db()
    return case


def test_another_department_does_nothing_with_it(company: Cast, asked: CaseAssignment) -> None:
    cast.assignment(company, asked.case, department=company.legal, reason=company.legal_reason)
    acts = top(asked.case, company.oscar)
    assert not any(str(asked) in act.url for act in acts)
    assert primary(asked.case, company.oscar) == ["Accept"]
    assert browser(company.oscar).post(f"/assignments/{asked}/acceptance/").status_code == 403


def test_of_several_one_s_own_comes_first_and_says_which(
    company: Cast, asked: CaseAssignment
) -> None:
    other = cast.assignment(company, asked.case)
    accept_assignment(other, by=actor(company.dora))
    assert primary(asked.case, company.dora) == [f"Complete {other}"]
    shown = page(company.dora, f"{asked.case.get_absolute_url()}?tab=assignments")
    assert f'action="/assignments/{asked}/acceptance/?' in shown
    assert f'href="/assignments/{other}/release/' not in shown
    assert f'action="/assignments/{other}/release/?' in shown


def test_support_sees_what_it_may_not_do_with_the_reason(company: Cast) -> None:
    acts = {act.label: act for act in top(cast.case(company), company.fiona)}
    assert not acts["Log Review"].allowed
    assert acts["Log Review"].rule == "L1"
    assert "feed" in acts["Log Review"].why


def test_the_likely_next_step_is_the_one_primary_action(company: Cast, still: Clock) -> None:
    case = cast.case(company)
    assert primary(case, company.frank) == ["Change Owner"]  # frontline (Q2)
    assert primary(cast.case(company, owner_agent=company.bea), company.bea) == ["Assign"]
    assert primary(case, company.fiona) == ["Log interaction"]
    assert primary(case, company.sue) == ["Change Owner"]
    worked = cast.case(company, status=Status.AWAITING_SUPPORT)
    assert primary(worked, company.frank) == ["Log Review"]
    waiting = cast.case(company, owner_agent=None, owner_queue=company.homeowner_queue)
    assert primary(waiting, company.bea) == ["Take"]
    assert primary(waiting, company.fiona) == ["Log interaction"]
    close(worked, reason=company.resolved, by=actor(company.frank))
    assert primary(worked, company.frank) == ["Reopen"]
    still.move(hours=7)
    assert primary(worked, company.frank) == ["New case from it"]
    for person in (company.frank, company.fiona, company.sue, company.bea):
        assert all(top(one, person)[0].primary for one in (case, worked, waiting))


def test_in_support_and_in_the_department_the_case_keeps_its_keys(
    company: Cast, asked: CaseAssignment
) -> None:
    DepartmentMembership.objects.create(user=company.frank, department=company.sales)
    assert names(asked.case, company.frank)[0] == "Accept"
    assert primary(asked.case, company.frank) == ["Accept"]
    keys = [act.key for act in top(asked.case, company.frank) if act.key]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("tab", ["", "?tab=assignments"])
def test_at_most_eight_statements_for_a_department_member(
    company: Cast, asked: CaseAssignment, tab: str, django_assert_max_num_queries: Statements
) -> None:
    client = browser(company.dora)
    client.get(asked.case.get_absolute_url())  # names of set-up data are read once a while
    with django_assert_max_num_queries(8):
        assert client.get(asked.case.get_absolute_url() + tab).status_code == 200
