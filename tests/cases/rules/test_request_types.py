"""What customers ask for, and how they come: types, subtypes with the SOP, sources (H4, H5, A1)."""

from __future__ import annotations

from typing import Any

import pytest

from heliodesk.cases.models import RequestSubtype, RequestType
from heliodesk.cases.queries.choices import choices
from heliodesk.cases.rules.case_sources import keep_case_source
from heliodesk.cases.rules.closed_reasons import keep_closed_reason
from heliodesk.cases.rules.request_types import keep_request_subtype, keep_request_type
from heliodesk.core.models import AuditEntry
from heliodesk.core.refusal import NotPermitted, Refused
from heliodesk.people.models import ReferralReason
from heliodesk.people.rules.choices import retire_choice
from tests.cast import Cast, actor

pytestmark = pytest.mark.django_db
BOTH = {"for_homeowner": True, "for_installer": True}
PLAIN: dict[str, Any] = {"sop_text": "", "suggested_department": None, "suggested_reason": None}


def refused(act: Any) -> Refused:
    with pytest.raises(Refused) as error:
        act()
    return error.value


def test_a_type_is_offered_with_its_first_subtype(company: Cast) -> None:
    ada = actor(company.ada)
    made = keep_request_type(values={"name": "Batteries"} | BOTH, by=ada)
    assert RequestType.objects.filter(is_active=True).last() == made
    assert "Batteries" not in [name for _, name in choices("homeowner", accounts=[]).types]
    subtype = RequestSubtype(request_type=made)
    keep_request_subtype(subtype, values=PLAIN | {"name": "Not charging"}, by=ada)
    assert "Batteries" in [name for _, name in choices("homeowner", accounts=[]).types]
    retire_choice(made, by=ada)  # and its subtypes are offered no more with it
    assert "Batteries" not in [name for _, name in choices("homeowner", accounts=[]).types]


def test_a_type_is_for_some_cases(company: Cast) -> None:
    values = {"name": "Billing", "for_homeowner": False, "for_installer": False}
    why = refused(lambda: keep_request_type(company.billing, values=values, by=actor(company.ada)))
    assert (why.code, why.field) == ("request_type_for_none", "for_homeowner")


def test_no_kind_of_case_is_left_without_a_type(company: Cast) -> None:
    ada = actor(company.ada)
    homeowner = {"for_homeowner": True, "for_installer": False}
    keep_request_type(company.billing, values={"name": "Billing"} | homeowner, by=ada)
    why = refused(
        lambda: keep_request_type(
            company.performance, values={"name": "Performance"} | homeowner, by=ada
        )
    )
    assert (why.code, why.field) == ("last_choice", "for_installer")


def test_the_sop_and_what_it_suggests_are_kept(company: Cast) -> None:
    values = {
        "name": company.autopay.name,
        "sop_text": "Ask for the bill.\n",
        "suggested_department": company.sales,
        "suggested_reason": company.sales_reason,
    }
    kept = keep_request_subtype(company.autopay, values=values, by=actor(company.ada))
    assert (kept.sop_text, kept.suggested_reason) == ("Ask for the bill.", company.sales_reason)
    entry = AuditEntry.objects.get(kind="set_up_changed", subject_kind="requestsubtype")
    assert entry.changes["sop_text"] == ["", "Ask for the bill."]
    assert entry.changes["suggested_department"] == [None, company.sales.pk]
    assert "name" not in entry.changes


def test_a_suggested_reason_is_of_the_suggested_department(company: Cast) -> None:
    ada = actor(company.ada)
    values = PLAIN | {"name": "Autopay", "suggested_reason": company.sales_reason}
    for department in (None, company.legal):
        wrong = values | {"suggested_department": department}
        why = refused(
            lambda wrong=wrong: keep_request_subtype(company.autopay, values=wrong, by=ada)
        )
        assert (why.code, why.rule) == ("reason_of_another_department", "A1")
        assert why.field == "suggested_reason"


def test_what_is_retired_is_not_suggested_anew(company: Cast) -> None:
    ada = actor(company.ada)
    values = PLAIN | {
        "name": company.autopay.name,
        "suggested_department": company.sales,
        "suggested_reason": company.sales_reason,
    }
    kept = keep_request_subtype(company.autopay, values=values, by=ada)
    ReferralReason.objects.update(is_active=False)
    values["suggested_reason"] = ReferralReason.objects.get(pk=company.sales_reason.pk)
    keep_request_subtype(kept, values=values | {"sop_text": "New"}, by=ada)  # it may stay
    why = refused(lambda: keep_request_subtype(company.low_production, values=values, by=ada))
    assert (why.code, why.field) == ("not_offered", "suggested_reason")


def test_an_sop_has_its_limit(company: Cast) -> None:
    values = PLAIN | {"name": "Autopay", "sop_text": "x" * 20_001}
    why = refused(
        lambda: keep_request_subtype(company.autopay, values=values, by=actor(company.ada))
    )
    assert (why.code, why.field) == ("sop_too_long", "sop_text")


def test_one_source_is_chosen_for_a_channel(company: Cast) -> None:
    ada = actor(company.ada)
    web = keep_case_source(values={"name": "Web form", "channel": "web"}, by=ada)
    assert web.channel == "web"
    values = {"name": "Portal", "channel": "web"}
    why = refused(lambda: keep_case_source(values=values, by=ada))
    assert (why.code, why.rule, why.field) == ("channel_taken", "H5", "channel")
    assert "“Web form” is chosen for Web already" in why.message


def test_a_closed_reason_is_added_and_renamed(company: Cast) -> None:
    ada = actor(company.ada)
    made = keep_closed_reason(name="Handled by utility", by=ada)
    assert keep_closed_reason(made, name="With the utility", by=ada).name == "With the utility"
    why = refused(lambda: keep_closed_reason(made, name="case voided", by=ada))
    assert (why.code, why.rule) == ("name_taken", "X1")


@pytest.mark.parametrize("who", ["frank", "sue", "dora"])
def test_administrators_alone_keep_them(company: Cast, who: str) -> None:
    by = actor(getattr(company, who))
    acts: list[Any] = [
        lambda: keep_request_type(values={"name": "New"} | BOTH, by=by),
        lambda: keep_request_subtype(company.autopay, values=PLAIN | {"name": "New"}, by=by),
        lambda: keep_case_source(values={"name": "New", "channel": ""}, by=by),
        lambda: keep_closed_reason(name="New", by=by),
    ]
    for act in acts:
        with pytest.raises(NotPermitted):
            act()
