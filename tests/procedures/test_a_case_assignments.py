"""A. Case assignments, as the case's owner and the departments meet them on the screen."""

from __future__ import annotations

from typing import Any

import pytest

from heliodesk.assignments.models import CaseAssignment
from heliodesk.cases.models import Case, Closure, Status
from heliodesk.notices.models import Notice
from heliodesk.people.models import Department, ReferralReason, ReferralSubtype, Topic, User
from tests import cast
from tests.cast import Cast
from tests.clocks import Clock
from tests.screens import page, send

pytestmark = pytest.mark.django_db


def form(case: Case, department: Department) -> str:
    """The address of the second step."""
    return f"{case.get_absolute_url()}assignments/new/?department={department.slug}"


def ask(company: Cast, case: Case, **fields: Any) -> CaseAssignment:
    """Frank asks Legal on the screen."""
    sent = {"reason": company.legal_reason.pk, "comments": "An attorney wrote."} | fields
    send(company.frank, form(case, company.legal), **sent)
    return CaseAssignment.objects.latest("id")


def act(user: User, made: CaseAssignment, what: str, answers: int = 303, **fields: Any) -> str:
    """Somebody acts on the assignment on the screen."""
    return send(user, f"/assignments/{made}/{what}/", answers, **fields)


def status(case: Case) -> str:
    return Case.objects.get(pk=case.pk).status


def test_a1_the_department_first_then_only_the_fields_that_it_wants(company: Cast) -> None:
    case = cast.case(company)
    address = f"{case.get_absolute_url()}assignments/new/"
    assert address in page(company.frank, case.get_absolute_url())
    choosing = page(company.frank, address)
    assert "Sales" in choosing
    assert "Legal" in choosing

    demand = ReferralSubtype.objects.create(reason=company.legal_reason, name="Demand")
    omnidian = Topic.objects.create(department=company.legal, name="Omnidian")
    asked = page(company.frank, form(case, company.legal))
    for field in ("reason", "subtype", "topic", "comments"):
        assert f'name="{field}"' in asked
    assert "account_manager" not in asked
    assert 'name="account_manager"' in page(company.frank, form(case, company.sales))

    fields: dict[str, Any] = {"reason": company.legal_reason.pk, "comments": "An attorney wrote."}
    for name, value in {"subtype": demand.pk, "topic": omnidian.pk}.items():
        send(company.frank, form(case, company.legal), 422, **fields)
        fields[name] = value
    refused = send(company.frank, form(case, company.legal), 422, **fields | {"comments": " "})
    assert "Fill in the Referral Comments." in refused
    made = ask(company, case, **fields)
    assert (made.reason, made.subtype, made.topic) == (company.legal_reason, demand, omnidian)


def test_a1_the_sop_of_the_request_suggests_department_and_reason(company: Cast) -> None:
    company.autopay.sop_text = "Look at the code of the bank first."
    company.autopay.suggested_department = company.legal
    company.autopay.suggested_reason = company.legal_reason
    company.autopay.save()
    case = cast.case(company)
    assert "Look at the code of the bank first." in page(
        company.frank, f"{case.get_absolute_url()}assignments/new/"
    )
    asked = page(company.frank, form(case, company.legal))
    assert f'<option value="{company.legal_reason.pk}" selected' in asked


def test_a2_the_managers_are_filled_in_and_the_agent_sees_from_where(company: Cast) -> None:
    case = cast.case(company, installer=company.other_org)
    asked = page(company.frank, form(case, company.sales))
    assert "From the parent account of Maria Delgado, Brightfield Solar." in asked
    assert "The Associated Installer is another: Cedar Ridge Energy." in asked
    assert f'name="account_manager" value="{company.sue.pk}"' in asked
    assert f'name="sales_manager" value="{company.ada.pk}"' in asked
    fields = {"reason": company.sales_reason.pk, "comments": "Who promised this?"}
    refused = send(company.frank, form(case, company.sales), 422, **fields)
    assert "Choose the Account Manager" in refused
    changed = {"account_manager": company.dora.pk, "sales_manager": company.ada.pk}
    send(company.frank, form(case, company.sales), **fields | changed)
    assert CaseAssignment.objects.get().account_manager == company.dora


def test_a3_saved_the_case_is_internal_referral_and_the_department_is_told(
    company: Cast, still: Clock
) -> None:
    case = cast.case(company)
    still.move(hours=1)
    sent = {"reason": company.legal_reason.pk, "comments": "An attorney wrote."}
    leads_to = send(company.frank, form(case, company.legal), **sent)
    assert leads_to.startswith(case.get_absolute_url())
    case.refresh_from_db()
    assert (case.status, case.last_modified_at) == (Status.INTERNAL_REFERRAL, still.at)
    notice = Notice.objects.get()
    assert (notice.recipient, notice.kind) == (company.oscar, "assignment")
    assert "An attorney wrote." in page(company.oscar, case.get_absolute_url())


def test_a4_the_department_accepts_takes_over_releases_and_the_assignee_completes(
    company: Cast,
) -> None:
    olga = cast.user("olga")
    company.legal.memberships.create(user=olga)
    made = ask(company, cast.case(company))
    assert "Only members of Legal" in act(company.ada, made, "acceptance", 403)
    act(company.oscar, made, "acceptance")
    assert "Oscar Tester has accepted" in act(olga, made, "acceptance", 409)
    refused = act(olga, made, "completion/new", 403, resolution="Answered.")
    assert "take it over first" in refused
    act(olga, made, "takeover")
    act(company.oscar, made, "release")
    act(company.oscar, made, "acceptance")
    assert "Fill in the resolution." in act(company.oscar, made, "completion/new", 422)
    act(company.oscar, made, "completion/new", resolution="Answered the attorney.")
    made.refresh_from_db()
    assert (made.status, made.outcome) == ("completed", "Answered the attorney.")
    again = act(company.oscar, made, "return/new", 409, reason="Sent twice.")
    assert "was completed by Oscar Tester already" in again


@pytest.mark.parametrize(("what", "ended"), [("rejection", "rejected"), ("return", "returned")])
def test_a4_a_member_rejects_or_returns_it_with_a_reason(
    company: Cast, what: str, ended: str
) -> None:
    made = ask(company, cast.case(company))
    assert "Fill in the reason" in act(company.oscar, made, f"{what}/new", 422)
    act(company.oscar, made, f"{what}/new", reason="No letter on the case.")
    made.refresh_from_db()
    assert (made.status, made.outcome) == (ended, "No letter on the case.")


def test_a4_the_owner_or_a_supervisor_withdraws_and_whoever_had_it_is_told(company: Cast) -> None:
    case = cast.case(company)
    for who in (company.frank, company.sue):
        made = ask(company, case)
        act(company.oscar, made, "acceptance")
        refused = act(company.fiona, made, "withdrawal/new", 403)
        assert "Only the case owner" in refused
        Notice.objects.all().delete()
        act(who, made, "withdrawal/new", note="Solved by phone.")
        told = Notice.objects.get(recipient=company.oscar)
        assert told.item is not None
        assert told.item.body == "Solved by phone."


def test_a5_after_the_last_the_case_awaits_support_and_the_owner_knows_how_many_are_left(
    company: Cast,
) -> None:
    case = cast.case(company)
    first, second = ask(company, case), ask(company, case)
    act(company.oscar, first, "rejection/new", reason="Not ours.")
    assert status(case) == Status.INTERNAL_REFERRAL
    act(company.oscar, second, "return/new", reason="No letter.")
    assert status(case) == Status.AWAITING_SUPPORT
    told = Notice.objects.filter(recipient=company.frank, kind="assignment_ended")
    items = [notice.item for notice in told.order_by("id")]
    assert [item.data["still_open"] for item in items if item] == [1, 0]
    feed = page(company.frank, case.get_absolute_url())
    assert "<span>1</span> still open" in feed
    bell = page(company.frank, "/notices/")
    assert "1 still open: Not ours." in bell
    assert "0 still open: No letter." in bell


def test_a6_refused_by_the_resolution_specialist_one_action_voids_the_case(
    company: Cast, still: Clock
) -> None:
    Department.objects.filter(pk=company.legal.pk).update(voids_case=True)
    case = cast.case(company)
    address = f"{case.get_absolute_url()}voiding/new/"
    first = ask(company, case)
    act(company.oscar, first, "return/new", reason="No dispute.")
    assert address in page(company.frank, case.get_absolute_url())

    still.move(hours=1)
    again = ask(company, case)
    assert address not in page(company.frank, case.get_absolute_url())
    act(company.oscar, again, "rejection/new", reason="Still none.")
    sales = cast.assignment(company, case)
    assert "Sales" in page(company.frank, address)
    assert "1 case assignment is open: Sales." in send(company.frank, address, 409)
    send(company.frank, address, withdraw_rest="on", note="As told.")
    sales.refresh_from_db()
    assert (sales.status, status(case)) == ("withdrawn", Status.CLOSED)
    assert Closure.objects.get().reason == company.voided


def test_a7_a_case_has_several_at_once_also_with_one_department(company: Cast) -> None:
    case = cast.case(company)
    for _ in range(3):
        ask(company, case)
    assert case.assignments.filter(status="open").count() == 3
    assert "3 of 3 assignments open" in page(company.frank, case.get_absolute_url())


def test_a8_members_see_their_list_and_cases_and_change_nothing_else(company: Cast) -> None:
    case, other = cast.case(company), cast.case(company)
    made = ask(company, case)
    act(company.oscar, made, "acceptance")
    for show in ("open", "mine", "overdue", "ended"):
        shown = page(company.oscar, f"/departments/legal/?show={show}")
        assert (str(made) in shown) == (show in ("open", "mine")), show
    address = case.get_absolute_url()
    assert "Autopay was charged twice" in page(company.oscar, address)
    page(company.oscar, other.get_absolute_url(), 404)
    send(company.oscar, f"{address}posts/", body="Asked the attorney for time.")
    refused: dict[str, dict[str, Any]] = {
        "status/": {"status": "awaiting_support"},
        "closure/new/": {"reason": company.resolved.pk},
        "edit/": {"priority": "1"},
        "assignments/new/?department=legal": {"reason": company.legal_reason.pk, "comments": "x"},
    }
    for act_on, fields in refused.items():
        send(company.oscar, f"{address}{act_on}", 403, **fields)


def test_a1_a_reason_or_subtype_of_another_is_refused_whatever_was_sent(company: Cast) -> None:
    other = ReferralReason.objects.create(department=company.legal, name="Suit")
    served = ReferralSubtype.objects.create(reason=other, name="Served papers")
    case = cast.case(company)
    sent = {"reason": company.sales_reason.pk, "comments": "An attorney wrote."}
    assert "is not a reason of Legal" in send(company.frank, form(case, company.legal), 422, **sent)
    sent = {"reason": company.legal_reason.pk, "subtype": served.pk, "comments": "A letter."}
    refused = send(company.frank, form(case, company.legal), 422, **sent)
    assert "is not a subtype of" in refused
    assert not CaseAssignment.objects.exists()
