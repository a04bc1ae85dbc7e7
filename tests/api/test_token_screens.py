"""Tokens on the screen: one's own, and those of services (K1)."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from heliodesk.api.models import ApiToken
from heliodesk.api.rules.tokens import make_token
from heliodesk.core.models import AuditEntry
from heliodesk.core.refusal import NotPermitted, Refused
from heliodesk.people.models import Role, User
from tests import cast
from tests.api.conftest import Program
from tests.cast import Cast, actor

NEW = "/me/tokens/new/"


@pytest.fixture
def service(company: Cast) -> User:
    """A program of its own: somebody without a password."""
    made = cast.user("engine", Role.BACK_OFFICE)
    made.set_unusable_password()
    made.save()
    return made


def test_a_token_is_made_and_shown_this_once(company: Cast, frank_client: Client) -> None:
    answer = frank_client.post(NEW, {"name": "Night report", "scope": "read"})
    found = re.search(r"hd_[\w-]{43}", answer.content.decode())
    assert found is not None
    assert Program(found[0]).get("/me").json()["username"] == "frank"
    listed = frank_client.get("/me/tokens/").content.decode()
    assert "Night report" in listed
    assert found[0] not in listed


def test_pressing_twice_makes_one(company: Cast, frank_client: Client) -> None:
    form = {"name": "x", "scope": "read", "once": "7b0c52a2-4c53-4a3e-8d5e-2f3f3d6f1a11"}
    frank_client.post(NEW, form)
    again = frank_client.post(NEW, form)
    assert again["Location"] == "/me/tokens/"
    assert ApiToken.objects.count() == 1


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"name": "", "scope": "read"}, "This field is required"),
        ({"name": "x", "scope": "all"}, "Select a valid choice"),
        ({"name": "x", "scope": "read", "expires": "2020-01-01"}, "still to come"),
    ],
)
def test_a_form_that_makes_no_sense_is_shown_again(
    frank_client: Client, form: dict[str, str], words: str
) -> None:
    answer = frank_client.post(NEW, form)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not ApiToken.objects.exists()


def test_it_is_withdrawn_by_its_owner_and_by_an_administrator(
    company: Cast, frank_client: Client
) -> None:
    for who in (company.frank, company.ada):
        token = make_token(company.frank, name="x", scope="read", by=actor(company.frank)).token
        frank_client.force_login(who)
        frank_client.post(f"/me/tokens/{token.pk}/withdrawal/")
        token.refresh_from_db()
        assert token.withdrawn_by == who
    assert AuditEntry.objects.filter(kind="api_token_withdrawn").count() == 2


def test_anothers_token_is_not_there(company: Cast, frank_client: Client) -> None:
    token = make_token(company.bea, name="x", scope="read", by=actor(company.bea)).token
    assert frank_client.post(f"/me/tokens/{token.pk}/withdrawal/").status_code == 404
    token.refresh_from_db()
    assert token.withdrawn_at is None


def test_an_administrator_makes_those_of_services(
    company: Cast, service: User, client: Client
) -> None:
    client.force_login(company.ada)
    form = {"service": service.pk, "name": "Engine", "scope": "admin"}
    assert client.post("/set-up/api-tokens/new/", form).status_code == 200
    assert ApiToken.objects.get().user == service
    assert "Engine" in client.get("/set-up/api-tokens/").content.decode()


def test_without_a_service_it_is_said_how_one_comes(company: Cast, client: Client) -> None:
    client.force_login(company.ada)
    shown = client.get("/set-up/api-tokens/new/").content.decode()
    assert "No service is on the desk yet" in shown
    assert 'href="/set-up/people/new/"' in shown
    assert "Make the token" not in shown


def test_nobody_else_sees_those_of_services(company: Cast, frank_client: Client) -> None:
    assert frank_client.get("/set-up/api-tokens/").status_code == 404
    assert frank_client.get("/set-up/api-tokens/new/").status_code == 404


def test_nobody_makes_a_token_of_somebody_else(company: Cast, service: User) -> None:
    company.bea.set_password("secret")
    for user, by in ((company.bea, company.ada), (service, company.frank)):
        with pytest.raises(NotPermitted):
            make_token(user, name="x", scope="read", by=actor(by))


@pytest.mark.parametrize("name", ["", " ", "x" * 81])
def test_a_name_says_what_it_is_for(company: Cast, name: str) -> None:
    with pytest.raises(Refused) as refusal:
        make_token(company.frank, name=name, scope="read", by=actor(company.frank))
    assert refusal.value.field == "name"


def test_the_reference_names_every_operation(company: Cast, frank_client: Client) -> None:
    page = frank_client.get("/api/").content.decode()
    for name in ("open_homeowner_case", "upsert_job", "merge_cases"):
        assert f'id="{name}"' in page
