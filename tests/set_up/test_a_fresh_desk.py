"""A fresh desk of another company, set up without a shell, up to its first case that is closed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from pytest_django import Settings

from heliodesk.cases.models import Case, CaseSource, ClosedReason, RequestSubtype
from heliodesk.directory.models import Contact, Contract
from heliodesk.people.models import Department, Queue, User
from heliodesk.worklists.queries import names
from tests.integrations.salesforce.exports import whole
from tests.screens import words

pytestmark = pytest.mark.django_db
FIRST, OWN = "quiet-inverter-42", "sunny-roof-in-fresno-7"


def signed_in(username: str, password: str) -> Client:
    """A browser in which somebody has signed in by their password."""
    client = Client()
    answer = client.post("/session/login/", {"login": username, "password": password})
    assert answer.status_code == 302, words(answer)
    return client


def sent(client: Client, address: str, **fields: Any) -> str:
    """Send a form; gives where it leads."""
    answer = client.post(address, fields)
    assert answer.status_code == 303, words(answer)
    return str(answer["Location"])


def come_in(admin: Client, username: str, role: str, **places: Any) -> Client:
    """Add somebody with a first password, and have them choose their own."""
    who = {"name": f"{username.title()} New", "username": username, "role": role, "email": ""}
    sent(admin, "/set-up/people/new/", **who, **places, comes_in="password", password=FIRST)
    client = signed_in(username, FIRST)
    change = {"oldpassword": FIRST, "password1": OWN, "password2": OWN}
    assert client.post("/session/password/", change).status_code == 302
    return client


@pytest.fixture
def admin(db: None, settings: Settings, tmp_path: Path) -> Client:
    """The first administrator of a desk as `bin/demo --empty` makes it."""
    names.forget()
    settings.DATA_DIR = tmp_path / "data"
    call_command("load_defaults", verbosity=0)
    User.objects.create_superuser("admin", OWN, name="Ada Admin")
    return signed_in("admin", OWN)


def test_from_sign_in_to_the_first_worked_case(admin: Client, tmp_path: Path) -> None:
    text = words(admin.get("/set-up/"))
    assert "Ready for the first case?" in text
    assert "Nobody yet in Support" in text
    queues = list(Queue.objects.values_list("pk", flat=True))
    legal = Department.objects.get(name="Legal")
    agent = come_in(admin, "fay", "frontline")
    back_office = come_in(admin, "bo", "back_office", queues=queues)
    lawyer = come_in(admin, "lou", "", departments=[legal.pk])
    lou = User.objects.get(username="lou")
    sent(admin, f"/set-up/departments/{legal.pk}/contacts/new/", person=lou.pk)
    for other in Department.objects.exclude(pk=legal.pk):
        sent(admin, f"/set-up/departments/{other.pk}/retirement/")
    bring_in_the_directory(admin, tmp_path)

    case = open_a_case(agent)
    queue = Queue.objects.get(case_type="homeowner")
    sent(agent, f"/cases/{case.display_number}/owner/", to=f"queue-{queue.pk}")
    sent(back_office, f"/queues/{queue.slug}/next/")
    reason = legal.referral_reasons.get(name="Attorney letter")
    asked = {"reason": reason.pk, "comments": "Please answer them."}
    asked["subtype"] = reason.subtypes.order_by("position").values_list("pk", flat=True)[0]
    sent(back_office, f"/cases/{case.display_number}/assignments/new/?department=legal", **asked)
    number = case.assignments.get().pk
    sent(lawyer, f"/assignments/{number}/acceptance/")
    sent(lawyer, f"/assignments/{number}/completion/new/", resolution="Answered.")
    resolved = ClosedReason.objects.filter(set_by_system=False, is_case_voided=False).first()
    assert resolved
    sent(back_office, f"/cases/{case.display_number}/closure/new/", reason=resolved.pk)

    case.refresh_from_db()
    assert (case.status, case.owner_agent) == ("closed", User.objects.get(username="bo"))
    text = words(admin.get("/set-up/"))
    assert "No worker runs" in text  # which is all that is missing, for no server runs here
    assert text.count("Missing:") == 1


def bring_in_the_directory(admin: Client, folder: Path) -> None:
    """Three files, shown, and a yes."""
    whole(folder)
    files = {
        field: SimpleUploadedFile(name, (folder / name).read_bytes())
        for field, name in (
            ("accounts", "Account.csv"), ("contacts", "Contact.csv"), ("contracts", "Contract.csv"),
        )
    }  # fmt: skip
    sent(admin, sent(admin, "/set-up/import/", **files))


def open_a_case(agent: Client) -> Case:
    """The first case, on the contract that came in."""
    contract = Contract.objects.get(contract_id="S-1")
    subtype = RequestSubtype.objects.filter(request_type__for_homeowner=True).first()
    source = CaseSource.objects.get(channel="phone")
    assert subtype
    fields = {
        "contact": Contact.objects.get(account=contract.account).pk,
        "request_type": subtype.request_type_id,
        "request_subtype": subtype.pk,
        "description": "A letter of her attorney came.",
        "installer": contract.installer_id,
        "installer_contact": "",
        "source": source.pk,
        "priority": "2",
    }
    sent(agent, "/contracts/S-1/cases/new/", **fields)
    return Case.objects.get()
