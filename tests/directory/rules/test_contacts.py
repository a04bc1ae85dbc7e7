"""Contacts are added by all of Support, and edited by those who keep the directory (D1)."""

from __future__ import annotations

import pytest

from heliodesk.core.models import AuditEntry
from heliodesk.core.refusal import NotPermitted, Refused
from heliodesk.directory.rules.contacts import add_contact, edit_contact
from tests import cast
from tests.cast import Cast, actor

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("who", ["frank", "bea", "sue", "ada"])
def test_all_of_support_adds_contacts(company: Cast, who: str) -> None:
    made = add_contact(
        company.org,
        values={"name": "Sal Reps", "role": "sales_rep", "phone": "619 555 0101"},
        by=actor(getattr(company, who)),
    )
    made.refresh_from_db()
    assert (made.account, made.role, made.phone) == (company.org, "sales_rep", "(619) 555-0101")
    assert AuditEntry.objects.get().changes["name"] == [None, "Sal Reps"]


def test_a_department_member_adds_none(company: Cast) -> None:
    with pytest.raises(NotPermitted, match="Only Support"):
        add_contact(company.org, values={"name": "X"}, by=actor(company.dora))


def test_a_frontline_agent_edits_none(company: Cast) -> None:
    with pytest.raises(NotPermitted, match="edit contacts"):
        edit_contact(company.signer, values={"name": "X"}, by=actor(company.frank))


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"name": ""}, "missing"),
        ({"name": "x" * 161}, "too_long"),
        ({"name": "X", "role": "boss"}, "contact_role_unknown"),
        ({"name": "X", "email": "@"}, "email_invalid"),
    ],
)
def test_what_is_refused(company: Cast, values: dict[str, str], code: str) -> None:
    with pytest.raises(Refused) as refused:
        add_contact(company.org, values=values, by=actor(company.frank))
    assert refused.value.code == code


def test_an_external_id_is_used_once(company: Cast) -> None:
    add_contact(company.org, values={"name": "A", "external_id": "E"}, by=actor(company.bea))
    with pytest.raises(Refused, match="external ID"):
        edit_contact(company.signer, values={"external_id": "E"}, by=actor(company.bea))


def test_an_edit_is_recorded_with_both_values(company: Cast) -> None:
    edit_contact(company.signer, values={"is_active": False}, by=actor(company.bea))
    entry = AuditEntry.objects.get(kind="contact_changed", subject_kind="contact")
    assert entry.changes == {"is_active": [True, False]}


def test_a_contact_with_cases_stays_with_its_account(company: Cast) -> None:
    by = actor(company.bea)
    edit_contact(company.co_signer, values={"account": company.neighbour}, by=by)
    cast.case(company)
    with pytest.raises(Refused, match="stays with its account"):
        edit_contact(company.signer, values={"account": company.neighbour}, by=by)
    cast.case(company, installer_contact=company.org_contact)
    with pytest.raises(Refused, match="stays with its account"):
        edit_contact(company.org_contact, values={"account": company.other_org}, by=by)
