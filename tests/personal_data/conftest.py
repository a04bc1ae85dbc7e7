"""A homeowner of whom the desk holds something everywhere, under names that nobody else has."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django import Settings

from heliodesk.api.models import ApiAnswer
from heliodesk.assignments.rules.ending import complete_assignment
from heliodesk.bulk.models import Export
from heliodesk.cases.models import Case
from heliodesk.cases.rules.change_contract import change_contract
from heliodesk.cases.rules.closing import close
from heliodesk.cases.rules.editing import edit_case
from heliodesk.cases.rules.follow_up_date import set_follow_up
from heliodesk.cases.rules.interaction import record_interaction
from heliodesk.cases.rules.review import log_review
from heliodesk.core import clock
from heliodesk.core.models import JobFailure
from heliodesk.directory.models import Account, Job
from heliodesk.directory.rules.accounts import edit_account
from heliodesk.drafts.models import Draft
from heliodesk.feed.rules.posts import post
from heliodesk.files.rules.upload import add_files
from heliodesk.list_views.models import ListView
from heliodesk.webhooks import sender
from heliodesk.webhooks.models import Webhook
from tests import cast
from tests.cast import Cast, actor
from tests.listener import Listener
from tests.webhooks.conftest import hook

NAME = "Zenobia Quartermain"
#: What must not be found anywhere afterwards, in small letters.
MARKS = ("zenobia", "quartermain", "xylophone", "zzyzx", "555-0177", "zq@", "wombat")


@dataclass
class Zenobia:
    """The homeowner with her cases, both closed, and one that was taken for hers by mistake."""

    account: Account
    case: Case
    taken_away: Case
    webhook: Webhook


@pytest.fixture
def storage(tmp_path: Path, settings: Settings) -> Path:
    settings.MEDIA_ROOT = tmp_path / "files"
    return tmp_path / "files"


@pytest.fixture
def zenobia(company: Cast, storage: Path, listener: Listener) -> Zenobia:
    """All that can be held of somebody."""
    webhook = hook(
        company, listener.url, "created", "post", "fields", "contract", "interaction"
    ).webhook
    account, signer = cast.homeowner(NAME, company.org)
    contract = cast.contract(
        "C-7777", account, status="completed", street="77 Xylophone Way", city="Zzyzx"
    )
    Job.objects.create(
        job_id="J-7777", installer=company.org, contract=contract, name="Quartermain roof"
    )
    frank, bea = actor(company.frank), actor(company.bea)
    values = {"email": "zq@example.org", "phone": "(619) 555-0177", "street": "77 Xylophone Way"}
    edit_account(account, values=values, by=bea)
    mine: dict[str, Any] = {
        "account": account,
        "contact": signer,
        "contract": contract,
        "customer_name": NAME,
    }
    mine |= {"property_address": contract.address}
    case = cast.case(company, **mine, description="Zenobia's wombat bit the cable.")
    seen = {"description": case.description}
    edit_case(case, changes={"description": "Mrs Quartermain's wombat."}, seen=seen, by=frank)
    said = post(case, body="Called Zenobia on 555-0177 @bea", by=frank)
    post(case, body="The wombat is fine.", parent=said, by=bea)
    log_review(case, comments="Pending Action Owner: Quartermain", by=frank)
    set_follow_up(case, at=clock.now() + timedelta(days=1), what_for="Zenobia", by=frank)
    spoken: dict[str, Any] = {"channel": "phone", "spoke_with": NAME, "resolved": True, "by": frank}
    record_interaction(case=case, about="The wombat again.", **spoken)
    record_interaction(account=account, about="A wombat, in general.", **spoken)
    upload = SimpleUploadedFile("quartermain.txt", b"A photo of the wombat.")
    add_files(case, uploads=[upload], by=frank)
    asked = cast.assignment(company, case, status="accepted", comments="Ask Zenobia.")
    complete_assignment(asked, resolution="Quartermain agrees.", by=actor(company.dora))
    case.refresh_from_db()
    close(case, reason=company.resolved, note="Zenobia is happy.", by=frank)
    taken_away = _taken_away(company, mine)
    _traces(company, account, case)
    sender.send_waiting(webhook.pk)
    return Zenobia(account, case, taken_away, webhook)


def _taken_away(company: Cast, mine: dict[str, Any]) -> Case:
    """A case that stood under her contract until that was put right (H8)."""
    case = cast.case(company, **mine)
    return change_contract(
        case, company.contract, contact=company.signer, installer=company.org,
        installer_contact=None, by=actor(company.frank),
    )  # fmt: skip


def _traces(company: Cast, account: Account, case: Case) -> None:
    """Where she stands without a reference to her."""
    now = clock.now()
    for key in (f"case/{case.number}/post", "interaction/new"):
        Draft.objects.create(user=company.bea, key=key, data={"about": "555-0177"}, at=now)
    query = "all=customer%3Ais%3AZenobia+Quartermain&all=status:is:closed"
    Export.objects.create(by=company.bea, origin="test", query=query, started_at=now)
    ListView.objects.create(name="Hers", query=query, owner=company.bea, changed_at=now)
    ApiAnswer.objects.create(
        user=company.bea, key="k", fingerprint="f", status=200, body=f'{{"name":"{NAME}"}}', at=now
    )
    JobFailure.objects.create(job_id=1, at=now, summary="x", error=f"KeyError: {NAME}")
