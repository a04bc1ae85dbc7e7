"""Setting Engine up (E2)."""

from __future__ import annotations

import json

import pytest

from heliodesk.cases.models import EngineComment, EngineSettings, EngineState
from heliodesk.cases.rules.engine_settings import set_engine
from heliodesk.core.models import AuditEntry
from heliodesk.core.refusal import NotPermitted, Refused
from heliodesk.core.sealed import unseal
from tests.cases.opening import installer_case
from tests.cast import Cast, actor

pytestmark = pytest.mark.django_db

TOKEN = "tok-1"
ADDRESS = "https://engine.example.com/api"


def set_up(company: Cast, address: str = ADDRESS, token: str = TOKEN, **more: bool) -> None:
    """Ada sets Engine up."""
    options = {"is_active": True} | more
    set_engine(address=address, token=token, by=actor(company.ada), **options)


@pytest.mark.parametrize(
    "address",
    [
        "engine.example.com",
        "ftp://engine.example.com",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "//engine.example.com",
        "http://",
        "https:///jobs",
        "https://user:secret@engine.example.com",
        "https://engine.example.com/?token=1",
        "https://engine.example.com/#top",
        "https://engine.example.com/a b",
        "https://engine.example.com/\u0000",
        "https://engine.example.com:99999",
        "https://[::1",
        "https://engine.example.com/" + "a" * 300,
    ],
)
def test_an_address_that_is_not_http_is_refused(company: Cast, address: str) -> None:
    with pytest.raises(Refused) as refused:
        set_up(company, address)
    assert (refused.value.rule, refused.value.field) == ("E2", "address")
    assert "secret" not in refused.value.message
    assert not EngineSettings.current().is_set


@pytest.mark.parametrize("address", ["http://10.0.0.7:8100/", ADDRESS, "HTTPS://Engine/", ""])
def test_http_and_https_are_taken_without_their_last_slash(company: Cast, address: str) -> None:
    set_up(company, address)
    expected = address.rstrip("/").replace("HTTPS", "https")
    assert EngineSettings.current().address == expected


def test_the_token_is_sealed_kept_and_never_told(company: Cast) -> None:
    set_up(company)
    set_up(company, token="", is_active=False)
    settings = EngineSettings.current()
    assert TOKEN not in settings.token
    assert unseal(settings.token) == TOKEN
    assert not settings.is_set
    record = json.dumps(list(AuditEntry.objects.values_list("changes", flat=True)))
    assert TOKEN not in record
    assert settings.token not in record
    assert "Token entered" in record


@pytest.mark.parametrize(
    "other", ["http://engine.example.com/api", "https://evil.example/api", f"{ADDRESS[:-4]}:81"]
)
def test_the_token_of_one_engine_is_not_sent_to_another(company: Cast, other: str) -> None:
    set_up(company)
    with pytest.raises(Refused, match="sent nowhere else") as refused:
        set_up(company, other, token="")
    assert refused.value.field == "token"
    set_up(company, "https://engine.example.com/v2", token="")
    assert unseal(EngineSettings.current().token) == TOKEN


def test_the_first_address_needs_its_token(company: Cast) -> None:
    with pytest.raises(Refused) as refused:
        set_up(company, token=" ")
    assert refused.value.field == "token"


@pytest.mark.parametrize("token", ["to\nken", "to ken", "tökén", "to\u0000ken"])
def test_a_token_that_cannot_be_sent_is_refused(company: Cast, token: str) -> None:
    with pytest.raises(Refused) as refused:
        set_up(company, token=token)
    assert refused.value.field == "token"
    assert token not in refused.value.message


def test_without_an_address_the_token_goes_and_what_waits_is_to_be_posted_by_hand(
    company: Cast,
) -> None:
    set_up(company)
    installer_case(company, job_id="J-77")
    set_up(company, "", token="")
    assert EngineSettings.current().token == ""
    assert EngineComment.objects.get().state == EngineState.BY_HAND
    set_up(company)
    assert EngineComment.objects.get().state == EngineState.BY_HAND


def test_nothing_changed_is_not_put_on_record(company: Cast) -> None:
    set_up(company)
    before = AuditEntry.objects.count()
    set_up(company, token="")
    assert AuditEntry.objects.count() == before


def test_only_administrators_set_it_up(company: Cast) -> None:
    for other in (company.sue, company.bea, company.dora):
        with pytest.raises(NotPermitted) as refused:
            set_engine(address=ADDRESS, token="t", is_active=True, by=actor(other))
        assert refused.value.code == "not_an_administrator"
    assert not EngineSettings.objects.exists()
