"""The directory through the API: read as far as K6 lets, kept by other systems (D1)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from heliodesk.core.models import AuditEntry
from heliodesk.directory.models import Account, Contact, Contract, Job
from tests import cast
from tests.api.conftest import Program
from tests.cast import Cast

Programs = Callable[..., Program]


def keep(company: Cast, program: Programs, path: str, body: dict[str, Any]) -> Any:
    """The answer to what another system knows."""
    return program(company.bea).put(path, body)


def test_an_account_is_made_and_brought_up_to_date(company: Cast, program: Programs) -> None:
    path = "/accounts/by-external-id/001A"
    made = keep(company, program, path, {"kind": "installer", "name": "Nova Sun"})
    assert (made.status_code, made.json()["external_id"]) == (201, "001A")
    again = {"kind": "installer", "name": "Nova Solar", "city": "Reno"}
    assert keep(company, program, path, again).status_code == 200
    found = Account.objects.get(external_id="001A")
    assert (found.name, found.city) == ("Nova Solar", "Reno")


def test_the_same_again_changes_and_records_nothing(company: Cast, program: Programs) -> None:
    path, body = "/accounts/by-external-id/001A", {"kind": "installer", "name": "Nova Sun"}
    keep(company, program, path, body)
    before = AuditEntry.objects.filter(subject_kind="account").count()
    assert keep(company, program, path, body).status_code == 200
    assert AuditEntry.objects.filter(subject_kind="account").count() == before


def test_a_homeowner_with_contact_contract_and_job(company: Cast, program: Programs) -> None:
    for path, body in (
        ("/accounts/by-external-id/O1", {"kind": "installer", "name": "Nova"}),
        ("/accounts/by-external-id/H1", {"kind": "homeowner", "name": "Ana", "parent": "O1"}),
        ("/contacts/by-external-id/P1", {"account": "H1", "name": "Ana", "email": "a@example.org"}),
        ("/contracts/C-77", {"account": "H1", "street": "1 Elm", "system_size_kw": "7.5"}),
        ("/jobs/J-77", {"installer": "O1", "contract_id": "C-77", "phase": "OPS"}),
    ):
        answer = keep(company, program, path, body)
        assert answer.status_code == 201, answer.content
    contract = Contract.objects.get(contract_id="C-77")
    assert contract.installer.name == "Nova"  # the homeowner's Org
    assert Job.objects.get().contract == contract
    assert Contact.objects.get(external_id="P1").account.name == "Ana"
    assert (
        keep(company, program, "/contracts/c-77", {"account": "H1", "status": "cancelled"}).json()[
            "status"
        ]
        == "cancelled"
    )


def test_a_contract_that_is_ending_says_so_on_its_cases(company: Cast, program: Programs) -> None:
    case = cast.case(company)
    company.homeowner.external_id = "H9"
    company.homeowner.save()
    body = {"account": "H9", "status": "pending_cancellation"}
    assert keep(company, program, "/contracts/C-1001", body).status_code == 200
    assert case.feed.filter(kind="contract_ending").exists()  # D3


@pytest.mark.parametrize(
    ("path", "body", "field"),
    [
        ("/contacts/by-external-id/P1", {"account": "none", "name": "Ana"}, "account"),
        ("/accounts/by-external-id/H1", {"kind": "homeowner", "name": ""}, "name"),
        ("/accounts/by-external-id/H1", {"kind": "castle", "name": "Ana"}, "kind"),
        ("/jobs/J-1", {"installer": "none"}, "installer"),
    ],
)
def test_a_record_that_breaks_a_rule_is_refused(
    company: Cast, program: Programs, path: str, body: dict[str, Any], field: str
) -> None:
    answer = keep(company, program, path, body)
    assert (answer.status_code, answer.json()["field"]) == (422, field)


def test_a_frontline_agent_keeps_no_directory_but_adds_contacts(
    company: Cast, program: Programs
) -> None:
    frank = program(company.frank)
    refused = frank.put("/accounts/by-external-id/A", {"kind": "installer", "name": "Nova"})
    assert (refused.status_code, refused.json()["rule"]) == (403, "D1")
    added = frank.post(f"/accounts/{company.homeowner.pk}/contacts", {"name": "Eva Delgado"})
    assert (added.status_code, added.json()["role"]) == (201, "other")


def test_the_directory_is_listed_and_narrowed(company: Cast, program: Programs) -> None:
    bea = program(company.bea)

    def names(path: str) -> list[str]:
        return [one["name"] for one in bea.get(path).json()["items"]]

    assert names("/accounts?kind=installer") == ["Brightfield Solar", "Cedar Ridge Energy"]
    assert names(f"/accounts?parent={company.org.pk}") == ["Maria Delgado", "Tom Okafor"]
    assert names("/accounts?name=bright") == ["Brightfield Solar"]
    assert names(f"/accounts/{company.homeowner.pk}/contacts") == ["Maria Delgado", "Luis Delgado"]
    contracts = bea.get(f"/contracts?account={company.homeowner.pk}&status=cancelled").json()
    assert [one["contract_id"] for one in contracts["items"]] == ["C-0999"]
    assert bea.get("/contracts/c-1001").json()["contract_id"] == "C-1001"


def test_a_department_member_sees_what_belongs_to_their_cases(
    company: Cast, program: Programs
) -> None:
    cast.assignment(company, cast.case(company))
    dora = program(company.dora)
    names = {one["name"] for one in dora.get("/accounts").json()["items"]}
    assert names == {"Maria Delgado", "Brightfield Solar"}
    assert dora.get(f"/accounts/{company.neighbour.pk}").status_code == 404
    assert dora.get("/contracts/C-2001").status_code == 404
