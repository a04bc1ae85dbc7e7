"""The set-up of single sign-on: pages, rules, and what groups may not take (K1, Q5)."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from heliodesk.core.models import AuditEntry
from heliodesk.core.refusal import NotPermitted, Refused
from heliodesk.core.sealed import unseal
from heliodesk.people.models import (
    DeskSettings,
    GroupMapping,
    IdentityProvider,
    QueueMembership,
    Role,
    User,
)
from heliodesk.people.rules.coming_in import Identity, come_in, unlink
from heliodesk.people.rules.following_groups import follow_groups
from heliodesk.people.rules.identity_providers import (
    add_mapping,
    add_provider,
    change_provider,
    change_sign_in_rules,
)
from heliodesk.people.single_sign_on.claims import groups_in
from tests import cast
from tests.cast import Cast, actor

PLACE = "/set-up/single-sign-on/"
SECRET = "kept-from-everybody"
OKTA = {
    "name": "Okta",
    "issuer": "https://okta.example.com/.well-known/openid-configuration",
    "client_id": "desk",
    "secret": SECRET,
    "groups_claim": "groups",
    "verified_domains": "@Example.com, example.org",
    "is_active": "on",
}


@pytest.fixture(autouse=True)
def nothing_cached(db: None) -> None:
    cache.clear()


@pytest.fixture
def ada(company: Cast, client: Client) -> Client:
    """Ada, who sets the desk up."""
    client.force_login(company.ada)
    return client


@pytest.fixture
def okta(company: Cast) -> IdentityProvider:
    """A provider that Ada has set up."""
    return add_provider("oidc", values=OKTA | {"is_active": True}, by=actor(company.ada))


def test_it_is_set_up_on_a_page_and_its_secret_never_shown(ada: Client) -> None:
    done = ada.post(f"{PLACE}new/oidc/", OKTA)
    assert done["Location"] == f"{PLACE}at/okta/"
    made = IdentityProvider.objects.get()
    assert (made.issuer, made.verified_domains) == (
        "https://okta.example.com",
        "example.com example.org",
    )
    assert unseal(made.sealed_secret) == SECRET
    for path in ("", "at/okta/", "at/okta/edit/"):
        page = ada.get(PLACE + path).content.decode()
        assert SECRET not in page
        assert made.sealed_secret not in page
    assert "/session/oidc/okta/callback/" in ada.get(f"{PLACE}at/okta/").content.decode()
    assert SECRET not in str(list(AuditEntry.objects.values_list("changes", flat=True)))

    changed = OKTA | {"secret": "", "name": "Our Okta"}
    assert ada.post(f"{PLACE}at/okta/edit/", changed).status_code == 303
    made.refresh_from_db()
    assert (made.name, made.slug, unseal(made.sealed_secret)) == ("Our Okta", "okta", SECRET)


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("issuer", "ftp://okta.example.com", "begins with https://"),
        ("verified_domains", "no domain", "is no domain"),
        ("name", "", "required"),
    ],
)
def test_what_does_not_work_is_said_at_its_field(
    ada: Client, field: str, value: str, said: str
) -> None:
    answer = ada.post(f"{PLACE}new/oidc/", OKTA | {field: value})
    assert answer.status_code == 422
    assert said in answer.content.decode()


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({}, "Give the address of the metadata, or paste them."),
        ({"metadata_xml": "not XML"}, "this is not XML"),
        ({"metadata_xml": "<a/>"}, "do not say its entity ID"),
        ({"metadata_url": "http://127.0.0.1:9/x"}, "It could not be read"),
    ],
)
def test_metadata_that_are_none_are_said(ada: Client, sent: dict[str, str], said: str) -> None:
    answer = ada.post(f"{PLACE}new/saml/", {"name": "ADFS", "is_active": "on"} | sent)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not IdentityProvider.objects.exists()


def test_only_administrators_come_there(
    company: Cast, okta: IdentityProvider, client: Client
) -> None:
    client.force_login(company.sue)
    for path in ("", "new/oidc/", "at/okta/", "at/okta/edit/"):
        assert client.get(PLACE + path).status_code == 403
    assert client.post(f"{PLACE}at/okta/test/").status_code == 403
    sue: dict[str, Any] = {"by": actor(company.sue)}
    for act in (
        lambda: add_provider("oidc", values=OKTA, **sue),
        lambda: change_provider(okta, values=OKTA, **sue),
        lambda: add_mapping(okta, group="x", role="administrator", **sue),
        lambda: change_sign_in_rules(second_factor="nobody", password_sign_in="everybody", **sue),
        lambda: unlink(1, **sue),
    ):
        with pytest.raises(NotPermitted):
            act()


def test_the_pages_take_few_statements(
    ada: Client, okta: IdentityProvider, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for path in ("", "at/okta/"):
        ada.get(PLACE + path)
        with django_assert_max_num_queries(8):
            ada.get(PLACE + path)


def test_groups_are_mapped_and_unmapped_there(
    ada: Client, okta: IdentityProvider, company: Cast
) -> None:
    for meaning in ("role:supervisor", f"queue:{company.homeowner_queue.pk}"):
        ada.post(f"{PLACE}at/okta/", {"group": "leads", "meaning": meaning})
    role, queue = GroupMapping.objects.order_by("id")
    assert (role.role, queue.queue) == (Role.SUPERVISOR, company.homeowner_queue)
    for _ in range(2):  # a second press finds none
        ada.post(f"{PLACE}at/okta/mappings/{role.pk}/removal/")
    assert list(GroupMapping.objects.all()) == [queue]


def test_the_rules_are_set_there_and_the_last_way_in_stays(
    ada: Client, okta: IdentityProvider, company: Cast
) -> None:
    ada.post(PLACE, {"second_factor": "everybody", "password_sign_in": "administrators"})
    now = DeskSettings.current()
    assert (now.second_factor, now.password_sign_in) == ("everybody", "administrators")
    with pytest.raises(Refused, match="Only administrators may sign in without it"):
        change_provider(okta, values={"is_active": False}, by=actor(company.ada))


def test_what_a_rule_forbids_to_take_stays_and_is_told(
    okta: IdentityProvider, company: Cast
) -> None:
    GroupMapping.objects.create(provider=okta, group="installers", queue=company.installer_queue)
    GroupMapping.objects.create(provider=okta, group="agents", role=Role.BACK_OFFICE)
    cast.installer_case(company, owner_queue=company.installer_queue)
    follow_groups(company.ines, okta, frozenset(), by=actor(company.ada))
    assert QueueMembership.objects.filter(user=company.ines).exists()
    company.ines.refresh_from_db()
    assert company.ines.role == Role.BACK_OFFICE
    told = AuditEntry.objects.filter(kind="kept_against_groups", subject_id=company.ines.pk)
    assert any("the last to work" in one.changes["why"] for one in told)


def test_the_last_administrator_stays_one(okta: IdentityProvider, company: Cast) -> None:
    GroupMapping.objects.create(provider=okta, group="admins", role=Role.ADMINISTRATOR)
    follow_groups(company.ada, okta, frozenset({"others"}), by=actor(company.ada))
    company.ada.refresh_from_db()
    assert company.ada.role == Role.ADMINISTRATOR


def test_what_is_given_by_hand_and_not_mapped_stays(okta: IdentityProvider, company: Cast) -> None:
    GroupMapping.objects.create(provider=okta, group="agents", role=Role.FRONTLINE)
    follow_groups(company.sue, okta, frozenset({"agents"}), by=actor(company.ada))
    follow_groups(company.bea, okta, frozenset(), by=actor(company.ada))
    follow_groups(company.frank, okta, None, by=actor(company.ada))
    roles = dict(User.objects.values_list("username", "role"))
    assert (roles["sue"], roles["bea"], roles["frank"]) == (
        "supervisor",
        "back_office",
        "frontline",
    )


@pytest.mark.parametrize(
    ("told", "found"),
    [
        ({"groups": ["a", "b"]}, ["a", "b"]),
        ({"groups": "a"}, ["a"]),
        ({"groups": {"not": "a list"}}, []),
        ({}, []),
        ({"_claim_names": {"groups": "src1"}}, None),
        ({"hasgroups": True}, None),
    ],
)
def test_groups_as_providers_tell_them(told: dict[str, Any], found: list[str] | None) -> None:
    assert groups_in(told, "groups") == found
    assert groups_in(told, "") is None


def test_an_address_that_the_database_takes_for_anothers_is_not_theirs(
    okta: IdentityProvider, company: Cast
) -> None:
    with pytest.raises(Refused, match="not been invited"):
        come_in("okta", Identity(uid="1", email="fıona@example.com"), by=actor(company.ada))
    found = come_in("okta", Identity(uid="2", email="Fiona@example.com"), by=actor(company.ada))
    assert found.user == company.fiona


def test_an_unlinked_person_is_known_by_their_address_again(
    ada: Client, okta: IdentityProvider, company: Cast
) -> None:
    first = Identity(uid="1", email="frank@example.com", groups=None)
    account = come_in("okta", first, by=actor(company.ada))
    second = Identity(uid="2", email="frank@example.com", groups=None)
    with pytest.raises(Refused, match="by another account than before"):
        come_in("okta", second, by=actor(company.ada))
    ada.post(f"{PLACE}at/okta/people/{account.pk}/unlinking/")
    assert come_in("okta", second, by=actor(company.ada)).user == company.frank


def test_an_identifier_of_the_issuer_before_lets_nobody_in(
    okta: IdentityProvider, company: Cast
) -> None:
    come_in("okta", Identity(uid="1", email="ada@example.com"), by=actor(company.ada))
    change_provider(okta, values={"name": "Okta, Inc."}, by=actor(company.ada))
    assert come_in("okta", Identity(uid="1"), by=actor(company.ada)).user == company.ada
    change_provider(okta, values={"issuer": "https://id.example.com"}, by=actor(company.ada))
    with pytest.raises(Refused, match="not been invited"):
        come_in("okta", Identity(uid="1"), by=actor(company.ada))


def test_a_name_that_is_taken_becomes_another(okta: IdentityProvider, company: Cast) -> None:
    IdentityProvider.objects.update(lets_in=True)
    new = Identity(uid="9", name="Frank Other", username="Frank", groups=None)
    made = come_in("okta", new, by=actor(company.ada)).user
    assert (made.username, made.name, made.email) == ("frank2", "Frank Other", "")
