"""Editing: what H4 allows, never the address, and two people at once (H4, H5, K2)."""

from __future__ import annotations

from typing import Any

import pytest

from heliodesk.cases.models import Case, Priority, RequestSubtype, Status
from heliodesk.cases.rules.editing import edit_case
from heliodesk.core.refusal import NotPermitted, Refused
from heliodesk.feed.models import FeedItem
from tests import cast
from tests.cast import Cast, actor
from tests.clocks import Clock

pytestmark = pytest.mark.django_db


def edit(company: Cast, case: Case, seen: Any = None, **changes: Any) -> Case:
    return edit_case(case, changes=changes, seen=seen or {}, by=actor(company.frank))


def test_old_and_new_values_stand_in_the_time_line(company: Cast, still: Clock) -> None:
    case = cast.case(company)
    still.move(minutes=1)
    edit(company, case, priority=Priority.HIGH, contact=company.co_signer)
    case.refresh_from_db()
    assert (case.priority, case.contact) == (Priority.HIGH, company.co_signer)
    assert (case.last_modified_at, case.last_modified_by) == (still.at, company.frank)
    assert FeedItem.objects.get().data["fields"] == {
        "Priority": ["Normal", "High"],
        "Contact Name": ["Maria Delgado", "Luis Delgado"],
    }


def test_a_long_text_is_kept_whole_beside_its_beginning(company: Cast) -> None:
    edit(company, cast.case(company), description="More. " * 100)
    data = FeedItem.objects.get().data
    assert data["fields"]["Case Description"][1].endswith("…")
    assert data["whole"]["Case Description"][1] == ("More. " * 100).strip()


def test_nothing_changed_is_no_event(company: Cast) -> None:
    edit(company, cast.case(company), priority=Priority.NORMAL)
    assert not FeedItem.objects.exists()


@pytest.mark.parametrize(("who", "why"), [("fiona", "Only the case owner"), ("dora", "Only")])
def test_only_the_owner_and_supervisors_edit(company: Cast, who: str, why: str) -> None:
    by = actor(getattr(company, who))
    with pytest.raises(NotPermitted, match=why):
        edit_case(cast.case(company), changes={"priority": 1}, seen={}, by=by)


def test_a_member_of_the_owning_queue_takes_it_first(company: Cast) -> None:
    case = cast.case(company, owner_queue=company.homeowner_queue)
    with pytest.raises(NotPermitted, match="take it first"):
        edit_case(case, changes={"priority": 1}, seen={}, by=actor(company.bea))


def test_not_on_a_closed_case(company: Cast) -> None:
    with pytest.raises(Refused, match="closed"):
        edit(company, cast.case(company, status=Status.CLOSED), priority=Priority.HIGH)


@pytest.mark.parametrize("field", ["property_address", "contract", "status", "account"])
def test_never_the_address_or_what_follows_from_elsewhere(company: Cast, field: str) -> None:
    with pytest.raises(Refused, match="cannot be edited") as refused:
        edit(company, cast.case(company), **{field: "x"})
    assert refused.value.rule == "H5"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"contact": "neighbour_contact"}, "contact"),
        ({"contact": None}, "contact"),
        ({"request_subtype": "low_production"}, "request_subtype"),
        ({"request_type": "performance"}, "request_subtype"),
        ({"installer": "homeowner"}, "installer"),
        ({"installer_contact": "other_org_contact"}, "installer_contact"),
        ({"source": "retired"}, "source"),
        ({"description": " "}, "description"),
    ],
)
def test_what_h4_forbids(company: Cast, changes: dict[str, Any], field: str) -> None:
    company.email.is_active = False
    company.email.save()
    case = cast.case(company)
    parts = {"retired": company.email}
    with pytest.raises(Refused) as refused:
        edit(
            company,
            case,
            **{
                name: parts.get(value, getattr(company, value, value)) if value else value
                for name, value in changes.items()
            },
        )
    assert (refused.value.rule, refused.value.field) == ("H4", field)
    case.refresh_from_db()
    assert case.last_modified_at == case.created_at


def test_a_retired_choice_stays_when_something_else_changes(company: Cast) -> None:
    RequestSubtype.objects.update(is_active=False)
    assert edit(company, cast.case(company), priority=Priority.HIGH).priority == Priority.HIGH


def test_type_and_subtype_change_together(company: Cast) -> None:
    case = edit(
        company,
        cast.case(company),
        request_type=company.performance,
        request_subtype=company.low_production,
    )
    assert case.request_subtype == company.low_production


def test_a_new_installer_drops_the_contact_of_the_old_one(company: Cast) -> None:
    case = cast.case(company, installer_contact=company.org_contact)
    with pytest.raises(Refused, match="Choose one of its contacts, or none"):
        edit(company, case, installer=company.other_org)
    edit(company, case, installer=company.other_org, installer_contact=company.other_org_contact)
    case.refresh_from_db()
    assert case.installer == company.other_org


def test_changes_to_different_fields_both_stand(company: Cast) -> None:
    case = cast.case(company)
    seen = {"priority": "2", "description": case.description}
    edit(company, case, seen, priority=Priority.HIGH, description=case.description)
    edit(company, case, seen, priority=Priority.NORMAL, description="Anew.")
    case.refresh_from_db()
    assert (case.priority, case.description) == (Priority.HIGH, "Anew.")


def test_the_second_to_change_a_field_sees_what_the_first_made_of_it(company: Cast) -> None:
    case = cast.case(company)
    seen = {"description": case.description}
    edit(company, case, seen, description="Frank's words.")
    with pytest.raises(Refused, match="Frank Tester changed Case Description") as refused:
        edit_case(case, changes={"description": "Sue's words."}, seen=seen, by=actor(company.sue))
    assert (refused.value.rule, refused.value.field) == ("K2", "description")
    assert "Frank's words." in refused.value.message
    assert refused.value.about["now"] == {"description": "Frank's words."}
    (both,) = refused.value.about["changed"]
    assert (both.who, both.was, both.theirs, both.mine) == (
        "Frank Tester", seen["description"], "Frank's words.", "Sue's words.",
    )  # fmt: skip


def test_a_choice_is_compared_by_its_name(company: Cast) -> None:
    case = cast.case(company)
    seen = {"contact": str(company.signer.pk), "priority": "2"}
    edit(company, case, contact=company.co_signer, priority=Priority.HIGH)
    with pytest.raises(Refused) as refused:
        edit(company, case, seen | {"contact": "not a number"}, contact=company.signer)
    (both,) = refused.value.about["changed"]
    assert (both.label, both.was, both.theirs, both.mine) == (
        "Contact Name", "", "Luis Delgado", "Maria Delgado",
    )  # fmt: skip


def test_a_subtype_for_a_type_that_somebody_else_changed_is_shown_first(company: Cast) -> None:
    case = cast.case(company)
    seen = {
        "request_type": str(company.billing.pk),
        "request_subtype": str(case.request_subtype_id),
    }
    other = RequestSubtype.objects.create(request_type=company.billing, name="Refund")
    edit(
        company,
        case,
        request_type=company.performance,
        request_subtype=company.low_production,
    )
    mine = {"request_type": company.billing, "request_subtype": other}
    with pytest.raises(Refused) as refused:
        edit(company, case, seen, **mine)
    assert refused.value.code == "changed_meanwhile"
    assert {one.label: (one.theirs, one.mine) for one in refused.value.about["changed"]} == {
        "Customer Request Type": (company.performance.name, company.billing.name),
        "Customer Request Subtype": (company.low_production.name, "Refund"),
    }
    edit(company, case, seen | refused.value.about["now"], **mine)
    case.refresh_from_db()
    assert (case.request_type, case.request_subtype) == (company.billing, other)


def test_both_making_the_same_change_is_no_quarrel(company: Cast) -> None:
    case = cast.case(company)
    for _ in range(2):
        edit(company, case, {"priority": "2"}, priority=Priority.HIGH)
    assert FeedItem.objects.count() == 1


def test_a_line_break_of_a_browser_is_no_change(company: Cast) -> None:
    case = cast.case(company, description="One\ntwo")
    edit(company, case, {"description": "One\r\ntwo"}, description="One\r\ntwo")
    assert not FeedItem.objects.exists()


def test_an_installer_case_keeps_its_contact_and_its_account(company: Cast) -> None:
    case = cast.installer_case(company)
    with pytest.raises(Refused, match="Choose the Contact Name"):
        edit(company, case, contact=None)
    with pytest.raises(Refused, match="cannot be edited"):
        edit(company, case, installer=company.other_org)
    assert edit(company, case, job_id="J-77").job_id == "J-77"


def test_a_homeowner_not_on_record_stays_within_reach(company: Cast) -> None:
    case = cast.case(
        company,
        account=company.org,
        contact=None,
        contract=None,
        contract_gap="not_on_record",
        customer_phone="(619) 555-0100",
    )
    with pytest.raises(Refused, match="phone number or an email") as refused:
        edit(company, case, customer_phone="")
    assert refused.value.rule == "N5"
    assert edit(company, case, customer_name="M. Delgado").customer_name == "M. Delgado"
