"""Signing in by the company's own provider, against a real one on loopback (K1)."""

from __future__ import annotations

import base64
import json
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from django.core.cache import cache
from django.test import Client
from lxml import etree
from onelogin.saml2.utils import OneLogin_Saml2_Utils
from pytest_django import Settings

from heliodesk.core.models import AuditEntry
from heliodesk.people.models import (
    GroupMapping,
    IdentityProvider,
    ProviderKind,
    QueueMembership,
    Role,
    User,
)
from heliodesk.people.rules.identity_providers import add_provider
from heliodesk.people.rules.leaving import deactivate
from heliodesk.people.single_sign_on import metadata
from heliodesk.people.single_sign_on.sending import Session
from heliodesk.people.single_sign_on.trying import try_out
from tests.cast import Cast, actor
from tests.people.identity_provider import (
    ADDRESS,
    CLIENT_ID,
    CLIENT_SECRET,
    Provider,
    running,
)

pytestmark = pytest.mark.xdist_group("identity provider")
LATER = 3600  # seconds


@pytest.fixture(scope="module")
def nano(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Provider]:
    """The provider, for the tests of this file."""
    with running(tmp_path_factory.mktemp("nano")) as provider:
        yield provider


@pytest.fixture(autouse=True)
def _here(settings: Settings, db: None) -> None:
    settings.ADDRESS = ADDRESS
    cache.clear()


@pytest.fixture
def oidc(company: Cast, nano: Provider) -> IdentityProvider:
    """The provider set up by Ada as OpenID Connect."""
    values = {
        "name": "Nano", "issuer": nano.url, "client_id": CLIENT_ID, "secret": CLIENT_SECRET,
        "groups_claim": "groups", "verified_domains": "example.com",
    }  # fmt: skip
    return add_provider(ProviderKind.OIDC, values=values, by=actor(company.ada))


@pytest.fixture
def saml(company: Cast, nano: Provider) -> IdentityProvider:
    """The provider set up by Ada as SAML."""
    url = f"{nano.url}/saml/metadata"
    xml = metadata.fetch(url)
    values = {
        "name": "Nano", "metadata_url": url, "metadata_xml": xml,
        "entity_id": metadata.parse(xml)["idp"]["entityId"],
        "groups_claim": "groups", "verified_domains": "example.com",
    }  # fmt: skip
    return add_provider(ProviderKind.SAML, values=values, by=actor(company.ada))


def by_oidc(client: Client, nano: Provider, username: str = "frank") -> Any:
    """The whole way, to where the desk leads at its end."""
    asked = client.get("/session/oidc/nano/login/?next=/cases/")
    back = nano.sign_in_oidc(asked["Location"], username)
    assert back.startswith(f"{ADDRESS}/session/oidc/nano/callback/?")
    return client.get(back.removeprefix(ADDRESS))


def answered(client: Client, nano: Provider, username: str = "frank") -> dict[str, str]:
    """The SAML answer to a sign-in that this browser has begun."""
    return nano.sign_in_saml(client.get("/session/saml/nano/login/")["Location"], username)


def sent(client: Client, fields: dict[str, str]) -> Any:
    """The answer as the browser brings it, to where the desk leads at its end."""
    arrived = client.post("/session/saml/nano/acs/", {"SAMLResponse": fields["SAMLResponse"]})
    return client.get(arrived["Location"]) if arrived.status_code == 302 else arrived


def who(client: Client) -> str:
    """The user name of who is signed in; empty for nobody."""
    key = client.session.get("_auth_user_id")
    return User.objects.get(pk=key).username if key else ""


def refused(answer: Any, client: Client) -> str:
    """The page that says why, with nobody signed in."""
    assert (answer.status_code, who(client)) == (403, "")
    return str(answer.content.decode())


def test_one_signs_in_by_openid_connect(
    client: Client, oidc: IdentityProvider, nano: Provider
) -> None:
    assert "Sign in with Nano" in client.get("/session/login/").content.decode()
    assert by_oidc(client, nano)["Location"] == "/cases/"
    assert who(client) == "frank"
    account = SocialAccount.objects.get()
    assert (account.provider, account.user.username) == ("nano", "frank")
    assert "token" not in str(account.extra_data)
    assert AuditEntry.objects.filter(kind="provider_linked").exists()


def test_one_signs_in_by_saml(client: Client, saml: IdentityProvider, nano: Provider) -> None:
    done = sent(client, answered(client, nano))
    assert (done.status_code, done["Location"], who(client)) == (302, "/", "frank")
    again = Client()
    sent(again, answered(again, nano))
    assert who(again) == "frank"
    assert SocialAccount.objects.count() == 1


def test_the_connection_is_tried(oidc: IdentityProvider, company: Cast) -> None:
    assert all(one.is_fine for one in try_out(oidc))
    oidc.issuer += "/elsewhere"
    assert not try_out(oidc)[-1].is_fine


def test_the_connection_of_saml_is_tried(saml: IdentityProvider) -> None:
    assert all(one.is_fine for one in try_out(saml))
    saml.metadata_url = ""
    saml.metadata_xml = "<nothing/>"
    assert "its entity ID" in try_out(saml)[-1].words


def test_who_is_not_invited_stays_outside(
    client: Client, oidc: IdentityProvider, nano: Provider
) -> None:
    assert "not been invited" in refused(by_oidc(client, nano, "stranger"), client)
    assert not SocialAccount.objects.exists()


def test_where_others_are_let_in_they_come_with_nothing_but_their_groups(
    client: Client, oidc: IdentityProvider, nano: Provider
) -> None:
    IdentityProvider.objects.update(lets_in=True)
    by_oidc(client, nano, "stranger")
    assert who(client) == "stranger"
    made = User.objects.get(username="stranger")
    assert (made.role, made.has_usable_password()) == (Role.NONE, False)
    assert AuditEntry.objects.filter(kind="let_in_by_provider", subject_id=made.pk).exists()


def test_who_is_deactivated_stays_outside(
    client: Client, oidc: IdentityProvider, nano: Provider, company: Cast
) -> None:
    deactivate(company.frank, by=actor(company.ada))
    assert "has been deactivated" in refused(by_oidc(client, nano), client)


@pytest.mark.parametrize("told", [False, None, "false"], ids=str)
def test_an_address_that_nobody_confirms_is_nobodys(
    client: Client,
    oidc: IdentityProvider,
    nano: Provider,
    monkeypatch: pytest.MonkeyPatch,
    told: object,
) -> None:
    IdentityProvider.objects.update(verified_domains="example.org")
    forged_by(monkeypatch, lambda token: token, {"email_verified": told})
    said = refused(by_oidc(client, nano), client)
    assert "does not confirm your mail address" in said


def test_groups_give_and_take_what_is_mapped(
    client: Client, oidc: IdentityProvider, nano: Provider, company: Cast
) -> None:
    def means(group: str, **what: Any) -> None:
        GroupMapping.objects.create(provider=oidc, group=group, **what)

    means("helpdesk", role=Role.BACK_OFFICE)
    means("helpdesk", queue=company.homeowner_queue)
    means("sales-team", department=company.sales)
    means("night-shift", queue=company.installer_queue)
    QueueMembership.objects.create(user=company.frank, queue=company.installer_queue)
    by_oidc(client, nano)
    frank = User.objects.get(username="frank")
    assert frank.role == Role.BACK_OFFICE
    assert list(frank.queues.all()) == [company.homeowner_queue]
    assert list(frank.departments.all()) == [company.sales]


def test_an_oidc_answer_is_used_once_and_by_its_own_browser(
    client: Client, oidc: IdentityProvider, nano: Provider
) -> None:
    asked = client.get("/session/oidc/nano/login/")["Location"]
    back = nano.sign_in_oidc(asked).removeprefix(ADDRESS)
    other = Client()
    refused(other.get(back), other)
    client.get(back)
    assert who(client) == "frank"
    client.post("/session/logout/")
    refused(client.get(back), client)


@pytest.mark.parametrize(
    "wrong",
    [
        {"aud": "another program"},
        {"aud": [CLIENT_ID, "another"], "azp": "another"},
        {"iss": "http://127.0.0.1:1"},
        {"exp": 1_000_000_000},
        {"nonce": "of another sign-in"},
        {"nonce": None},
        {"sub": "somebody else"},
    ],
    ids=str,
)
def test_a_token_that_is_not_for_this_is_refused(
    client: Client,
    oidc: IdentityProvider,
    nano: Provider,
    monkeypatch: pytest.MonkeyPatch,
    wrong: dict[str, Any],
) -> None:
    def forge(token: str) -> str:
        claims = jwt.decode(token, options={"verify_signature": False}) | wrong
        return nano.token(**{name: value for name, value in claims.items() if value is not None})

    forged_by(monkeypatch, forge)
    refused(by_oidc(client, nano), client)


@pytest.mark.parametrize("how", ["unsigned", "by the client's secret", "by another key"])
def test_a_token_that_the_provider_did_not_sign_is_refused(
    client: Client,
    oidc: IdentityProvider,
    nano: Provider,
    monkeypatch: pytest.MonkeyPatch,
    how: str,
) -> None:
    def forge(token: str) -> str:
        claims = jwt.decode(token, options={"verify_signature": False})
        kid = jwt.get_unverified_header(token)["kid"]
        if how == "unsigned":
            return jwt.encode(claims, "", algorithm="none", headers={"kid": kid})
        if how == "by another key":
            return token[:-8] + "AAAAAAAA"
        secret = CLIENT_SECRET.ljust(32)
        return jwt.encode(claims, secret, algorithm="HS256", headers={"kid": kid})

    forged_by(monkeypatch, forge)
    refused(by_oidc(client, nano), client)


def forged_by(
    monkeypatch: pytest.MonkeyPatch, forge: Any, userinfo: dict[str, Any] | None = None
) -> None:
    """Let what the provider sends as ID token be changed on its way, or what it tells besides."""
    send = Session.request

    def between(self: Session, method: str, url: str, **more: Any) -> requests.Response:
        answer = send(self, method, url, **more)
        if url.endswith("/token"):
            told = answer.json()
            told["id_token"] = forge(told["id_token"])
            answer._content = json.dumps(told).encode()
        elif url.endswith("/userinfo") and userinfo:
            answer._content = json.dumps(answer.json() | userinfo).encode()
        return answer

    monkeypatch.setattr(Session, "request", between)


def test_what_the_address_says_is_not_asked_of_the_provider(
    client: Client, oidc: IdentityProvider, nano: Provider
) -> None:
    asked = client.get(
        "/session/oidc/nano/login/?process=connect&scope=admin&auth_params=nonce%3Dmine"
    )["Location"]
    question = parse_qs(urlsplit(asked).query)
    assert set(question["scope"][0].split()) == {"openid", "profile", "email"}
    assert question["nonce"] != ["mine"]
    assert question["code_challenge_method"] == ["S256"]


def test_a_saml_answer_is_used_once_and_by_its_own_browser(
    client: Client, saml: IdentityProvider, nano: Provider
) -> None:
    answer = answered(client, nano)
    other = Client()
    refused(sent(other, answer), other)
    sent(client, answer)
    assert who(client) == "frank"
    client.post("/session/logout/")
    refused(sent(client, answer), client)


@pytest.mark.parametrize("how", ["unsigned", "changed", "wrapped", "nonsense", "empty", "endless"])
def test_a_saml_answer_that_was_not_signed_so_is_refused(
    client: Client, saml: IdentityProvider, nano: Provider, company: Cast, how: str
) -> None:
    answer = answered(client, nano, "stranger")
    answer["SAMLResponse"] = tampered(answer["SAMLResponse"], how)
    refused(sent(client, answer), client)


def tampered(response: str, how: str) -> str:
    """The answer made to say that Frank has signed in."""
    given = {"nonsense": "%%%", "empty": "", "endless": "A" * 400_000}
    if how in given:
        return given[how]
    tree = etree.fromstring(base64.b64decode(response))
    spaces = {"s": "urn:oasis:names:tc:SAML:2.0:assertion"}
    signature = "{http://www.w3.org/2000/09/xmldsig#}Signature"
    (assertion,) = tree.xpath("//s:Assertion", namespaces=spaces)
    if how == "wrapped":
        signed = etree.fromstring(etree.tostring(assertion))
        assertion.set("ID", "_another")
        for found in assertion.findall(signature):
            assertion.remove(found)
        tree.append(signed)
    if how == "unsigned":
        for found in list(tree.iter(signature)):
            found.getparent().remove(found)
    for text in assertion.iter("{*}NameID", "{*}AttributeValue"):
        text.text = (text.text or "").replace("stranger@elsewhere.example", "frank@example.com")
    return base64.b64encode(etree.tostring(tree)).decode()


def test_a_saml_answer_that_is_too_old_is_refused(
    client: Client, saml: IdentityProvider, nano: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = answered(client, nano)
    later = int(time.time()) + LATER
    monkeypatch.setattr(OneLogin_Saml2_Utils, "now", staticmethod(lambda: later))
    refused(sent(client, answer), client)


def test_a_saml_answer_for_another_desk_is_refused(
    client: Client, saml: IdentityProvider, nano: Provider, settings: Settings
) -> None:
    answer = answered(client, nano)
    settings.ADDRESS = "http://other.example.com"
    settings.ALLOWED_HOSTS = ["*"]
    refused(sent(client, answer), client)


def test_who_is_signed_in_here_by_somebody_elses_identity_is_not_joined_with_it(
    client: Client, oidc: IdentityProvider, nano: Provider, company: Cast
) -> None:
    SocialAccount.objects.create(provider="nano", uid="before", user=company.frank)
    assert "by another account than before" in refused(by_oidc(client, nano), client)


def test_a_provider_that_is_down_or_off_is_said(
    client: Client, oidc: IdentityProvider, nano: Provider
) -> None:
    IdentityProvider.objects.update(issuer="http://127.0.0.1:9")
    assert "does not answer" in refused(client.get("/session/oidc/nano/login/"), client)
    IdentityProvider.objects.update(is_active=False)
    assert "switched off" in refused(client.get("/session/oidc/nano/login/"), client)
    assert "switched off" in refused(client.get("/session/saml/nano/login/"), client)
