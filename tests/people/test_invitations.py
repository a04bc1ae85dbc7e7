"""Coming in by an invitation, and by a password that was forgotten (K1)."""

from __future__ import annotations

import re

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from heliodesk.core.models import AuditEntry
from heliodesk.core.refusal import NotPermitted, Refused
from heliodesk.people import jobs
from heliodesk.people.models import Invitation, Role, User
from heliodesk.people.rules.identity_providers import add_provider, change_sign_in_rules
from heliodesk.people.rules.invitation import VALID, address_of, invite, resend, withdraw
from heliodesk.people.rules.people import change_person, set_password
from tests.cast import Cast, actor
from tests.clocks import Clock

NEW = "a new enough password"


@pytest.fixture(autouse=True)
def nobody_has_guessed_yet(db: None) -> None:
    cache.clear()


@pytest.fixture
def nadia(company: Cast) -> Invitation:
    """An invitation of Nadia, who will work the homeowner queue."""
    return invite(
        name="Nadia Nowak",
        username="nadia",
        email="Nadia@Example.com",
        role=Role.BACK_OFFICE,
        queues=[company.homeowner_queue],
        by=actor(company.ada),
    )


def place(invitation: Invitation) -> str:
    """The path of its link."""
    return "/session/invitation/" + address_of(invitation).rpartition("/invitation/")[2]


def choose(client: Client, invitation: Invitation, password: str = NEW) -> str:
    """A password, chosen at the link; gives where the desk leads, or what it says."""
    answer = client.post(place(invitation), {"password": password, "again": password})
    return answer["Location"] if answer.status_code == 302 else answer.content.decode()


def test_one_comes_in_by_the_link_once(client: Client, nadia: Invitation, company: Cast) -> None:
    assert "Welcome, Nadia Nowak" in client.get(place(nadia)).content.decode()
    assert "at least 10 characters" in choose(client, nadia, "short")
    assert choose(client, nadia) == "/"
    assert client.get("/queues/homeowner/").status_code == 200
    user = User.objects.get(username="nadia")
    assert (user.email, user.role) == ("nadia@example.com", Role.BACK_OFFICE)
    assert list(user.queues.all()) == [company.homeowner_queue]
    assert "has been used" in choose(Client(), nadia)
    assert Client().get(place(nadia)).status_code == 403
    kinds = AuditEntry.objects.filter(subject_id=user.pk).values_list("kind", flat=True)
    assert {"invited", "invitation_accepted"} <= set(kinds)


def test_a_link_that_nobody_sent_opens_nothing(client: Client, nadia: Invitation) -> None:
    for link in (f"{nadia.pk}-{'0' * 64}", "1", "x-y", f"{10**15}-a", "²-a"):
        assert client.get(f"/session/invitation/{link}/").status_code == 403
    assert nadia.key not in address_of(nadia)


def test_links_are_not_guessed_for_long(client: Client, nadia: Invitation) -> None:
    for _ in range(30):
        client.get(f"/session/invitation/{nadia.pk}-{'0' * 64}/")
    answer = client.get(place(nadia))
    assert answer.status_code == 429
    assert "Wait 5 minutes" in answer.content.decode()


def test_a_link_ends_after_some_days_and_with_the_next(
    client: Client, nadia: Invitation, still: Clock, company: Cast
) -> None:
    first = place(nadia)
    still.move(days=VALID.days, seconds=1)
    assert "was good for 7 days" in choose(client, nadia)
    again = resend(nadia, by=actor(company.ada))
    assert "a newer one has been sent" in client.get(first).content.decode()
    assert choose(client, again) == "/"
    with pytest.raises(Refused, match="has been used"):
        resend(again, by=actor(company.ada))


def test_a_withdrawn_invitation_lets_nobody_in(
    client: Client, nadia: Invitation, company: Cast
) -> None:
    withdraw(nadia, by=actor(company.ada))
    assert "has been withdrawn" in choose(client, nadia)
    assert not User.objects.get(username="nadia").is_active


def test_a_link_in_the_mailbox_of_a_mistyped_address_ends(
    client: Client, nadia: Invitation, company: Cast
) -> None:
    first = place(nadia)
    change_person(nadia.user, values={"email": "n.nowak@example.com"}, by=actor(company.ada))
    assert "a newer one has been sent" in client.get(first).content.decode()
    nadia.refresh_from_db()
    assert choose(client, nadia) == "/"


def test_a_password_from_an_administrator_ends_the_link(
    client: Client, nadia: Invitation, company: Cast
) -> None:
    set_password(nadia.user, password=NEW, by=actor(company.ada))
    assert "has been withdrawn" in choose(client, nadia, "another password of hers")
    assert User.objects.get(username="nadia").check_password(NEW)


def test_only_an_administrator_invites(company: Cast, nadia: Invitation) -> None:
    for act in (resend, withdraw):
        with pytest.raises(NotPermitted):
            act(nadia, by=actor(company.sue))
    with pytest.raises(NotPermitted):
        invite(name="N", username="n", email="n@example.com", by=actor(company.sue))
    with pytest.raises(Refused, match="mail address") as refused:
        invite(name="N", username="n", email="", by=actor(company.ada))
    assert refused.value.field == "email"


def test_the_link_goes_by_mail_once(sends_mail: None, nadia: Invitation) -> None:
    jobs.mail_invitation(invitation=nadia.pk)
    jobs.mail_invitation(invitation=nadia.pk)
    (sent,) = mail.outbox
    assert sent.to == ["nadia@example.com"]
    assert address_of(nadia) in sent.body
    assert "Ada Tester invites you" in sent.body
    nadia.refresh_from_db()
    assert nadia.mailed_at


def test_a_forgotten_password_is_mailed_about_and_says_nothing_of_who_is_here(
    sends_mail: None, client: Client, company: Cast
) -> None:
    company.frank.set_password("an old enough password")
    company.frank.save()
    company.fiona.set_unusable_password()
    company.fiona.save()
    pages = set()
    for address in ("frank@example.com", "nobody@example.com", "fiona@example.com"):
        done = client.post("/session/password/reset/", {"email": address})
        pages.add((done.status_code, done["Location"]))
    assert pages == {(302, "/session/password/reset/sent/")}
    waiting = ProcrastinateJob.objects.filter(task_name="heliodesk.people.jobs.mail_password_reset")
    for job in waiting:
        jobs.mail_password_reset(**job.args)
    (sent,) = mail.outbox  # Fiona has no password, and nobody is nobody
    found = re.search(r"https://desk\.example\.com(/session/\S+)", str(sent.body))
    assert found
    form = client.get(found[1], follow=True)
    client.post(form.request["PATH_INFO"], {"password1": NEW, "password2": NEW})
    company.frank.refresh_from_db()
    assert company.frank.check_password(NEW)
    assert "does not work any more" in Client().get(found[1], follow=True).content.decode()


def test_without_mail_nothing_is_promised(client: Client, company: Cast) -> None:
    assert "Forgotten" not in client.get("/session/login/").content.decode()
    assert client.get("/session/password/reset/").status_code == 404


def test_where_only_administrators_have_passwords(client: Client, company: Cast) -> None:
    ada = actor(company.ada)
    with pytest.raises(Refused, match="Set up a single sign-on first"):
        change_sign_in_rules(second_factor="nobody", password_sign_in="administrators", by=ada)
    values = {"name": "Okta", "issuer": "https://okta.example.com", "client_id": "x"}
    add_provider("oidc", values=values, by=ada)
    change_sign_in_rules(second_factor="nobody", password_sign_in="administrators", by=ada)
    for user in (company.frank, company.ada):
        user.set_password(NEW)
        user.save()
    refused = client.post("/session/login/", {"login": "frank", "password": NEW}, follow=True)
    assert "Passwords and passkeys are switched off" in refused.content.decode()
    assert "Sign in with Okta" in refused.content.decode()
    done = client.post("/session/login/", {"login": "ada", "password": NEW})
    assert done["Location"] == "/"
