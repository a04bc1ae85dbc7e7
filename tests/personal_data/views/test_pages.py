"""Personal data on the screen."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from heliodesk.cases.models import Status
from heliodesk.personal_data.models import Erasure, Retention
from tests import cast
from tests.cast import Cast
from tests.files.storage import stored_files
from tests.personal_data.conftest import NAME, Zenobia


@pytest.fixture
def ada(company: Cast, client: Client) -> Client:
    client.force_login(company.ada)
    return client


def test_the_account_leads_an_administrator_to_it(ada: Client, company: Cast) -> None:
    account = f"/accounts/{company.homeowner.pk}/"
    assert f'href="{account}personal-data/"' in ada.get(account).content.decode()
    ada.force_login(company.bea)
    assert "personal-data" not in ada.get(account).content.decode()


def test_the_archive_holds_the_rows_and_the_files(
    ada: Client, zenobia: Zenobia, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    page = f"/accounts/{zenobia.account.pk}/personal-data/"
    ada.get(page)
    with django_assert_max_num_queries(8):
        shown = ada.get(page).content.decode()
    assert "Posts and events" in shown
    answer = ada.post(f"{page}export/")
    assert answer["Content-Disposition"].startswith("attachment")
    sent = answer.getvalue()
    with zipfile.ZipFile(io.BytesIO(sent)) as archive:
        data = json.loads(archive.read("data.json"))
        assert archive.read(data["files"][0]["in_this_archive"]) == b"A photo of the wombat."
    assert data["contacts"][0]["name"] == NAME


def test_without_a_file_there_is_no_export(ada: Client, zenobia: Zenobia, storage: Path) -> None:
    for kept in stored_files(storage):
        kept.unlink()
    answer = ada.post(f"/accounts/{zenobia.account.pk}/personal-data/export/")
    assert answer.status_code == 409


def test_the_name_is_asked_for_and_what_was_typed_stays(ada: Client, company: Cast) -> None:
    page = f"/accounts/{company.homeowner.pk}/personal-data/erasure/new/"
    assert ada.get(page).status_code == 200
    refused = ada.post(page, {"typed": "Maria D"})
    assert refused.status_code == 422
    assert 'value="Maria D"' in refused.content.decode()
    assert "/guide/#K4" in refused.content.decode()
    done = ada.post(page, {"typed": "Maria Delgado"})
    assert done["Location"] == f"/accounts/{company.homeowner.pk}/"
    shown = ada.get(f"/accounts/{company.homeowner.pk}/personal-data/").content.decode()
    assert "By Ada Tester" in shown


def test_an_open_case_is_named(ada: Client, company: Cast) -> None:
    case = cast.case(company)
    page = f"/accounts/{company.homeowner.pk}/personal-data/"
    assert "Close them first" in ada.get(page).content.decode()
    refused = ada.post(f"{page}erasure/new/", {"typed": "Maria Delgado"})
    assert case.display_number in refused.content.decode()
    assert not Erasure.objects.exists()


def test_nobody_else_comes_in(company: Cast, client: Client) -> None:
    client.force_login(company.sue)
    page = f"/accounts/{company.homeowner.pk}/personal-data/"
    for address in (page, f"{page}erasure/new/", "/set-up/personal-data/"):
        assert client.get(address).status_code == 403
    assert client.post(f"{page}export/").status_code == 403
    assert client.post(f"{page}erasure/new/", {"typed": "Maria Delgado"}).status_code == 403


def test_an_org_has_no_such_page(ada: Client, company: Cast) -> None:
    assert ada.get(f"/accounts/{company.org.pk}/personal-data/").status_code == 404


def test_the_retention_is_tried_before_it_is_set(
    ada: Client, company: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    cast.case(company, status=Status.CLOSED)
    page = "/set-up/personal-data/"
    ada.get(page)
    with django_assert_max_num_queries(8):
        tried = ada.get(f"{page}?try=12").content.decode()
    assert "Nothing happens until it is saved" in tried
    assert Retention.current().months is None
    assert ada.post(page, {"months": "0"}).status_code == 422
    assert ada.post(page, {"months": "24"})["Location"] == page
    assert Retention.current().months == 24
    ada.post(page, {"months": ""})
    assert Retention.current().months is None
