"""D. The directory."""

from __future__ import annotations

from pathlib import Path

import pytest

from heliodesk.cases.models import Interaction
from heliodesk.core import clock
from heliodesk.core.refusal import NotPermitted
from heliodesk.directory.models import Account, Contact, Contract, Job
from heliodesk.directory.rules.accounts import create_account
from heliodesk.directory.rules.contracts import edit_contract
from heliodesk.feed.models import FeedItem
from tests import cast
from tests.cast import Cast, actor
from tests.integrations.salesforce.exports import bring_in, whole
from tests.screens import page, send

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("who", ["bea", "ada"])
def test_d1_back_office_and_administrators_keep_the_directory(company: Cast, who: str) -> None:
    user = getattr(company, who)
    home = send(user, "/accounts/new/?kind=homeowner", name="Ana Ruiz", parent=company.org.pk)
    send(user, f"{home}contacts/new/", name="Ana Ruiz", role="primary_signer")
    send(user, f"{home}contracts/new/", contract_id="C-77", status="active", street="1 Elm")
    send(user, f"/accounts/{company.org.pk}/jobs/new/", job_id="J-77", contract="C-77")
    send(user, "/contracts/C-77/edit/", contract_id="C-77", status="completed", street="2 Elm")
    assert Account.objects.get(name="Ana Ruiz").parent == company.org
    assert Contact.objects.get(name="Ana Ruiz").role == "primary_signer"
    assert Contract.objects.get(contract_id="C-77").address == "2 Elm"
    assert Job.objects.get().contract is not None


def test_d1_frontline_agents_add_contacts_and_nothing_else(company: Cast) -> None:
    send(company.frank, f"/accounts/{company.org.pk}/contacts/new/", name="Sal", role="sales_rep")
    assert Contact.objects.filter(name="Sal").exists()
    with pytest.raises(NotPermitted) as refused:
        create_account(kind="installer", values={"name": "X"}, by=actor(company.frank))
    assert refused.value.rule == "D1"
    page(company.frank, "/accounts/new/?kind=installer", 403)
    page(company.frank, "/contracts/C-1001/edit/", 403)


def test_d1_an_export_brings_the_directory_in_repeatably(company: Cast, tmp_path: Path) -> None:
    whole(tmp_path)
    assert "Done." in bring_in(tmp_path)
    assert "nothing to change" in bring_in(tmp_path)
    assert "S-1" in page(company.frank, "/accounts/?q=ana@example.org")


def test_d2_a_record_shows_its_whole_history_in_one_place(company: Cast) -> None:
    still_open, closed = cast.case(company), cast.case(company, status="closed")
    Interaction.objects.create(
        account=company.homeowner, contact=company.signer, contract=company.contract,
        channel="phone", spoke_with="Maria", about="Wants her bill.", resolved=True,
        at=clock.now(), by=company.frank,
    )  # fmt: skip
    for address in (
        f"/accounts/{company.homeowner.pk}/",
        f"/contacts/{company.signer.pk}/",
        "/contracts/C-1001/",
    ):
        text = page(company.frank, address)
        assert still_open.display_number in text
        assert closed.display_number in text
        assert "Wants her bill." in text
        assert "Maria Delgado" in text
    text = page(company.frank, f"/accounts/{company.homeowner.pk}/")
    assert "C-0999" in text
    assert "Luis Delgado" in text


@pytest.mark.parametrize("status", ["cancelled", "pending_cancellation"])
def test_d3_a_contract_that_ends_says_so_on_its_open_cases(company: Cast, status: str) -> None:
    case = cast.case(company)
    cast.case(company, status="closed")
    edit_contract(company.contract, values={"status": status}, by=actor(company.bea))
    item = FeedItem.objects.get(kind="contract_ending")
    assert item.case == case
    assert item.data["contract"] == "C-1001"
