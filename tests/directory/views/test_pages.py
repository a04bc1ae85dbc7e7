"""The directory's screens: works, refused to outsiders, and few statements (D1, D2, K6)."""

from __future__ import annotations

import re
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from heliodesk.cases.models import Interaction
from heliodesk.core import clock
from heliodesk.directory.models import Account, Contact, Contract, Job
from heliodesk.directory.queries import account_list, contract_list
from heliodesk.feed.models import FeedItem, Mention
from heliodesk.files.models import CaseFile
from tests import cast
from tests.cast import Cast, actor
from tests.screens import browser, page, send

pytestmark = pytest.mark.django_db


def history(company: Cast) -> None:
    """A bit of everything with Maria Delgado and her Org."""
    case = cast.case(company)
    cast.case(company, status="closed")
    cast.installer_case(company)
    Interaction.objects.create(
        account=company.homeowner, contact=company.signer, contract=company.contract, case=case,
        channel="phone", spoke_with="Maria", about="Asked about <autopay>.", resolved=True,
        at=clock.now(), by=company.frank,
    )  # fmt: skip
    CaseFile.objects.create(
        case=case, name="bill.pdf", size=10, content_type="application/pdf", sha256="0" * 64,
        stored_as="a", at=clock.now(), by=company.frank,
    )  # fmt: skip
    Job.objects.create(job_id="J-1", installer=company.org, contract=company.contract)


def addresses(company: Cast) -> dict[str, str]:
    """Every page of the directory."""
    return {
        "accounts": "/accounts/",
        "found": "/accounts/?q=delgado",
        "contracts": "/contracts/?q=fir",
        "homeowner": f"/accounts/{company.homeowner.pk}/",
        "org": f"/accounts/{company.org.pk}/",
        "contact": f"/contacts/{company.signer.pk}/",
        "contract": "/contracts/C-1001/",
        "jobs": f"/accounts/{company.org.pk}/jobs/",
        "cases": f"/accounts/{company.homeowner.pk}/cases/",
        "interactions": f"/accounts/{company.homeowner.pk}/interactions/",
        "files": f"/accounts/{company.homeowner.pk}/files/",
        "installed": f"/accounts/{company.org.pk}/cases/?as=installer",
    }


@pytest.mark.parametrize(
    "name",
    ["accounts", "found", "contracts", "homeowner", "org", "contact", "contract", "jobs", "cases",
     "interactions", "files", "installed"],
)  # fmt: skip
def test_each_page_opens_with_at_most_eight_statements(
    company: Cast, name: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    history(company)
    client = browser(company.frank)
    with django_assert_max_num_queries(8):
        answer = client.get(addresses(company)[name])
    assert answer.status_code == 200


def test_a_homeowner_has_everything_in_one_place(company: Cast) -> None:
    history(company)
    text = page(company.frank, f"/accounts/{company.homeowner.pk}/")
    for said in ("Brightfield Solar", "C-1001", "C-0999", "Luis Delgado", "bill.pdf",
                 "Asked about &lt;autopay&gt;.", "Billing and payments: Autopay"):  # fmt: skip
        assert said in text
    assert text.index("C-1001") < text.index("C-0999")
    assert "/contracts/C-1001/cases/new/" in text
    # H2: the key is that of the contract offered first.
    assert re.findall(r'href="([^"]+)" data-key="c"', text) == ["/contracts/C-1001/cases/new/"]


def test_an_org_offers_its_own_ways_on(company: Cast) -> None:
    text = page(company.frank, f"/accounts/{company.org.pk}/")
    for said in ("Sue Tester", "Priya Raman", "Tom Okafor", "Homeowner not on record"):
        assert said in text
    assert f"/accounts/{company.org.pk}/cases/new/" in text
    assert f"/accounts/{company.org.pk}/edit/" not in text


@pytest.mark.parametrize(
    "typed",
    ["C-1001", "c-1001", "(619) 555-0143", "555 0143", "+1 619 555 0143", "MARIA@example.org",
     "delgado", "maria delgdo", "12 fir lane", "luis"],
)  # fmt: skip
def test_one_field_finds_the_homeowner(company: Cast, typed: str) -> None:
    text = page(company.frank, f"/accounts/?q={typed.replace('+', '%2B')}")
    assert "Maria Delgado" in text


def test_an_exact_contract_comes_before_a_name_alike(company: Cast) -> None:
    Account.objects.create(kind="installer", name="C-1001 Solar")
    text = page(company.frank, "/accounts/?q=C-1001")
    assert text.index("Contract C-1001") < text.index("C-1001 Solar")


@pytest.mark.parametrize("typed", ["%", "_", "\\", "'", "zzzzqq", "  "])
def test_odd_letters_are_searched_and_find_nothing_wrong(company: Cast, typed: str) -> None:
    answer = browser(company.frank).get("/accounts/", {"q": typed})
    assert answer.status_code == 200
    assert browser(company.frank).get("/contracts/", {"q": typed}).status_code == 200


def test_the_list_of_accounts_is_paged_there_and_back(company: Cast) -> None:
    Account.objects.bulk_create(
        Account(kind="homeowner", name=f"Same Name {n // 3:02}", parent=company.org)
        for n in range(117)
    )
    by = actor(company.frank)
    narrowed: dict[str, Any] = {"text": "", "kind": "homeowner", "org": 0, "by": by}
    pages = [account_list.accounts(**narrowed)]
    while pages[-1].after:
        pages.append(account_list.accounts(**narrowed, after=pages[-1].after))
    seen = [row.pk for one in pages for row in one.rows]
    assert len(seen) == len(set(seen)) == Account.objects.filter(kind="homeowner").count()
    back = account_list.accounts(**narrowed, before=pages[1].before)
    assert (back.rows, back.before, back.after) == (pages[0].rows, 0, pages[0].after)
    assert f"?after={pages[0].after}" in page(company.frank, "/accounts/?kind=homeowner")


def test_the_list_of_contracts_is_paged_and_filtered(company: Cast) -> None:
    Contract.objects.bulk_create(
        Contract(
            contract_id=f"P-{n:03}",
            account=company.homeowner,
            installer=company.org,
            status="pending",
        )
        for n in range(60)
    )
    narrowed: dict[str, Any] = {"text": "", "status": "pending", "org": 0, "by": actor(company.bea)}
    first = contract_list.contracts(**narrowed)
    assert (len(first.rows), first.before) == (50, "")
    second = contract_list.contracts(**narrowed, after=first.after)
    assert [row.contract_id for row in second.rows] == [f"P-{n:03}" for n in range(50, 60)]
    assert contract_list.contracts(**narrowed, before=second.before).rows == first.rows
    assert "P-050" in page(company.frank, f"/contracts/?status=pending&after={first.after}")


def test_a_long_history_is_bounded_and_leads_to_all(company: Cast) -> None:
    for _ in range(70):
        cast.case(company)
    address = f"/accounts/{company.homeowner.pk}/"
    text = page(company.frank, address)
    assert text.count("<tr data-row>") == 15
    assert "Show all cases" in text
    first = page(company.frank, f"{address}cases/")
    older = re.search(r"\?before=(\d+)", first)
    assert older is not None
    second = page(company.frank, f"{address}cases/?before={older[1]}")
    assert (first.count("<tr data-row>"), second.count("<tr data-row>")) == (50, 20)


@pytest.mark.parametrize("name", ["homeowner", "org", "contact", "contract"])
def test_an_outsider_finds_nothing(company: Cast, name: str) -> None:
    history(company)
    page(company.oscar, addresses(company)[name], 404)
    assert "Maria Delgado" not in page(company.oscar, "/accounts/?q=delgado")
    assert "C-1001" not in page(company.oscar, "/contracts/")


def test_a_mentioned_department_sees_what_its_case_speaks_of(company: Cast) -> None:
    history(company)
    case = cast.case(company)
    item = FeedItem.objects.create(case=case, kind="post", body="x", at=clock.now())
    Mention.objects.create(item=item, department=company.sales)
    text = page(company.dora, f"/accounts/{company.homeowner.pk}/")
    assert "C-1001" in text
    assert "C-0999" not in text
    assert "Luis Delgado" not in text
    assert "bill.pdf" not in text
    assert "New Case" not in text
    page(company.dora, f"/accounts/{company.neighbour.pk}/", 404)
    assert "Tom Okafor" not in page(company.dora, f"/accounts/{company.org.pk}/")


def test_an_account_is_created_once_though_sent_twice(company: Cast) -> None:
    fields = {
        "name": "Ana Ruiz", "parent": company.org.pk, "phone": "6195550100",
        "once": "7b1f5c4e-5a52-4a39-9a4e-0d6a1f1b7e10",
    }  # fmt: skip
    client = browser(company.bea)
    first = client.post("/accounts/new/?kind=homeowner", fields)
    second = client.post("/accounts/new/?kind=homeowner", fields)
    ana = Account.objects.get(name="Ana Ruiz")
    assert first["Location"] == second["Location"] == f"/accounts/{ana.pk}/"
    assert ana.phone == "(619) 555-0100"


def test_a_refused_form_keeps_what_was_typed(company: Cast) -> None:
    text = send(company.bea, "/accounts/new/?kind=homeowner", 422, name="A" * 201, city="Fresno")
    assert "at most 200 fit" in text
    assert "/guide/#D1" in text
    assert "A" * 201 in text
    assert 'value="Fresno"' in text


@pytest.mark.parametrize(
    "address",
    ["/accounts/new/?kind=installer", "/accounts/{org}/edit/", "/accounts/{home}/contracts/new/",
     "/contracts/C-1001/edit/", "/contacts/{signer}/edit/", "/accounts/{org}/jobs/new/"],
)  # fmt: skip
def test_a_frontline_agent_is_refused_the_forms(company: Cast, address: str) -> None:
    address = address.format(
        org=company.org.pk, home=company.homeowner.pk, signer=company.signer.pk
    )
    assert "/guide/#D1" in page(company.frank, address, 403)
    send(company.frank, address, 403, name="X")


def test_a_frontline_agent_adds_a_contact(company: Cast) -> None:
    form = f"/accounts/{company.org.pk}/contacts/new/"
    assert "New contact" in page(company.frank, form)
    leads = send(company.frank, form, name="Sal Reps", role="sales_rep", email="s@example.com")
    assert leads == f"/contacts/{Contact.objects.get(name='Sal Reps').pk}/"
    page(company.dora, form, 404)


@pytest.mark.parametrize(
    ("address", "few"),
    [
        ("/accounts/new/?kind=homeowner", ["Name"]),
        ("/accounts/{home}/contacts/new/", ["Name", "Role"]),
    ],
)
def test_of_many_fields_the_few_required_are_marked(
    company: Cast, address: str, few: list[str]
) -> None:
    text = page(company.bea, address.format(home=company.homeowner.pk))
    assert "optional</span>" not in text
    assert re.findall(r'>([^<>]+) <span class="field__optional">required', text) == few


def test_a_contract_is_made_and_edited(company: Cast) -> None:
    form = f"/accounts/{company.homeowner.pk}/contracts/new/"
    assert "selected" in page(company.bea, form)
    fields: dict[str, Any] = {
        "contract_id": "C-4001",
        "status": "active",
        "street": "1 Elm",
        "signed_on": "",
    }
    assert send(company.bea, form, **fields) == "/contracts/C-4001/"
    edited = fields | {"status": "cancelled", "system_size_kw": "7.25"}
    assert send(company.bea, "/contracts/C-4001/edit/", **edited) == "/contracts/C-4001/"
    made = Contract.objects.get(contract_id="C-4001")
    assert (made.status, str(made.system_size_kw)) == ("cancelled", "7.25")
    assert "asks whether that is intended" in page(company.frank, "/contracts/C-4001/")
    page(company.bea, f"/accounts/{company.org.pk}/contracts/new/", 422)


def test_a_stale_form_is_shown_what_changed_and_saved_the_second_time(company: Cast) -> None:
    address = f"/accounts/{company.homeowner.pk}/edit/"
    fields: dict[str, Any] = {
        "name": "Maria Two",
        "seen_name": "Maria Delgado",
        "phone": "",
        "seen_phone": "",
    }
    Account.objects.filter(pk=company.homeowner.pk).update(name="Maria One", phone="12345")
    text = send(company.bea, address, 409, **fields)
    assert "name to “Maria One”" in text
    assert 'name="seen_name" value="Maria One"' in text
    send(company.bea, address, **fields | {"seen_name": "Maria One"})
    now = Account.objects.get(pk=company.homeowner.pk)
    assert (now.name, now.phone) == ("Maria Two", "12345")


def test_a_job_is_made_and_edited(company: Cast) -> None:
    form = f"/accounts/{company.org.pk}/jobs/new/"
    leads = send(company.ines, form, job_id="J-9", contract="C-1001")
    assert "J-9" in page(company.frank, leads)
    job = Job.objects.get(job_id="J-9")
    assert 'value="C-1001"' in page(company.ines, f"/jobs/{job.pk}/edit/")
    send(company.ines, f"/jobs/{job.pk}/edit/", job_id="J-9", contract="C-1001", phase="OPS")
    assert Job.objects.get().phase == "OPS"
    unknown = send(company.ines, form, 422, job_id="J-8", contract="C-404")
    assert "no contract with this contract ID" in unknown
