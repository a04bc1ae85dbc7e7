"""Accounts are created and edited by those who keep the directory (D1, K2, K4)."""

from __future__ import annotations

import pytest

from heliodesk.cases.models import ContractGap
from heliodesk.core.changes import seen
from heliodesk.core.models import AuditEntry
from heliodesk.core.refusal import NotPermitted, Refused
from heliodesk.directory.models import Account
from heliodesk.directory.rules.accounts import create_account, edit_account
from tests import cast
from tests.cast import Cast, actor

pytestmark = pytest.mark.django_db


def test_a_homeowner_is_created_under_its_org(company: Cast) -> None:
    made = create_account(
        kind="homeowner",
        values={
            "name": "  Ana   Ruiz ",
            "parent": company.org,
            "phone": "619.555.0199",
            "street": "1 Fir Lane\nUnit 2\n",
            "external_id": "H-1",
        },
        by=actor(company.bea),
    )
    made.refresh_from_db()
    assert (made.name, made.phone, made.street) == (
        "Ana Ruiz",
        "(619) 555-0199",
        "1 Fir Lane, Unit 2",
    )
    assert made.parent == company.org
    entry = AuditEntry.objects.get(kind="account_created", subject_id=made.pk)
    assert entry.changes["name"] == [None, "Ana Ruiz"]
    assert entry.changes["parent"] == [None, company.org.pk]
    assert (entry.by, "sales_manager" in entry.changes) == (company.bea, False)


@pytest.mark.parametrize("who", ["frank", "dora", "oscar"])
def test_others_neither_create_nor_edit(company: Cast, who: str) -> None:
    by = actor(getattr(company, who))
    with pytest.raises(NotPermitted, match="Ask one of them") as refused:
        create_account(kind="installer", values={"name": "New Org"}, by=by)
    with pytest.raises(NotPermitted):
        edit_account(company.org, values={"name": "Taken over"}, by=by)
    assert refused.value.rule == "D1"


@pytest.mark.parametrize(
    ("kind", "values", "code", "field"),
    [
        ("partner", {"name": "X"}, "account_kind_unknown", "kind"),
        ("installer", {}, "missing", "name"),
        ("installer", {"name": " \t "}, "missing", "name"),
        ("installer", {"name": "n" * 201}, "too_long", "name"),
        ("installer", {"name": "a\x00b"}, "not_text", "name"),
        ("installer", {"name": "X", "email": "not an address"}, "email_invalid", "email"),
        ("installer", {"name": "X", "state": "S" * 61}, "too_long", "state"),
    ],
)
def test_texts_are_checked(
    company: Cast, kind: str, values: dict[str, str], code: str, field: str
) -> None:
    with pytest.raises(Refused) as refused:
        create_account(kind=kind, values=values, by=actor(company.bea))
    assert (refused.value.code, refused.value.field) == (code, field)


def test_a_parent_is_an_org_and_an_org_has_none(company: Cast) -> None:
    by = actor(company.bea)
    with pytest.raises(Refused, match="has to be an installer"):
        create_account(kind="homeowner", values={"name": "X", "parent": company.neighbour}, by=by)
    with pytest.raises(Refused, match="has no parent"):
        create_account(kind="installer", values={"name": "X", "parent": company.org}, by=by)


def test_managers_stand_on_the_org(company: Cast) -> None:
    values = {"name": "X", "parent": company.org, "sales_manager": company.sue}
    with pytest.raises(Refused, match="belong to an Org"):
        create_account(kind="homeowner", values=values, by=actor(company.bea))


def test_an_external_id_is_used_once(company: Cast) -> None:
    by = actor(company.bea)
    create_account(kind="installer", values={"name": "One", "external_id": "E-1"}, by=by)
    with pytest.raises(Refused, match="external ID"):
        create_account(kind="installer", values={"name": "Two", "external_id": "E-1"}, by=by)
    with pytest.raises(Refused, match="external ID"):
        edit_account(company.org, values={"external_id": "E-1"}, by=by)


def test_the_kind_never_changes(company: Cast) -> None:
    with pytest.raises(Refused, match="never becomes"):
        edit_account(company.org, values={"kind": "homeowner"}, by=actor(company.bea))


def test_a_new_name_stands_on_its_cases_and_last_modified_stays(company: Cast) -> None:
    case = cast.case(company)
    theirs = cast.case(
        company,
        account=company.neighbour,
        contact=company.neighbour_contact,
        contract=company.neighbour_contract,
        customer_name="Tom Okafor",
    )
    before = case.last_modified_at
    edit_account(company.homeowner, values={"name": "Maria Reyes"}, by=actor(company.bea))
    case.refresh_from_db()
    theirs.refresh_from_db()
    assert (case.customer_name, theirs.customer_name) == ("Maria Reyes", "Tom Okafor")
    assert case.last_modified_at == before
    entry = AuditEntry.objects.get(kind="account_changed")
    assert entry.changes == {"name": ["Maria Delgado", "Maria Reyes"]}


def test_a_renamed_org_leaves_the_names_of_customers_not_on_record(company: Cast) -> None:
    unknown = cast.case(
        company, account=company.org, contact=None, contract=None, customer_name="Jo Unknown",
        contract_gap=ContractGap.NOT_ON_RECORD, customer_phone="(619) 555-0111",
    )  # fmt: skip
    own = cast.installer_case(company)
    edit_account(company.org, values={"name": "Brighter Solar"}, by=actor(company.bea))
    unknown.refresh_from_db()
    own.refresh_from_db()
    assert (unknown.customer_name, own.customer_name) == ("Jo Unknown", "Brighter Solar")


def test_nothing_changed_writes_nothing(company: Cast) -> None:
    edit_account(company.homeowner, values={"name": " Maria  Delgado"}, by=actor(company.bea))
    assert not AuditEntry.objects.exists()


def test_two_editors_of_different_fields_both_stand(company: Cast) -> None:
    was = seen(company.homeowner, ["name", "phone", "city"])
    edit_account(company.homeowner, values={"phone": "6195550111"}, seen=was, by=actor(company.bob))
    edit_account(
        company.homeowner, values={"name": "Maria Reyes", "phone": "", "city": ""},
        seen=was, by=actor(company.bea),
    )  # fmt: skip
    now = Account.objects.get(pk=company.homeowner.pk)
    assert (now.name, now.phone) == ("Maria Reyes", "(619) 555-0111")


def test_the_second_editor_of_one_field_sees_the_first_ones_change(company: Cast) -> None:
    was = seen(company.homeowner, ["name"])
    edit_account(company.homeowner, values={"name": "Maria One"}, seen=was, by=actor(company.bob))
    with pytest.raises(Refused, match="name to “Maria One”") as refused:
        edit_account(
            company.homeowner, values={"name": "Maria Two"}, seen=was, by=actor(company.bea)
        )
    assert (refused.value.rule, refused.value.about) == ("K2", {"seen": {"name": "Maria One"}})
    again = was | refused.value.about["seen"]
    edit_account(company.homeowner, values={"name": "Maria Two"}, seen=again, by=actor(company.bea))
    assert Account.objects.get(pk=company.homeowner.pk).name == "Maria Two"
