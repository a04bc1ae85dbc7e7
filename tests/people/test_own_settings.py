"""One's own settings: the name others see, and which notices come by mail (C2)."""

from __future__ import annotations

from http import HTTPStatus

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from heliodesk.core.models import AuditEntry
from heliodesk.core.refusal import NotPermitted, Refused
from heliodesk.people.models import DeskSettings, MailWanted, User
from heliodesk.people.rules.own_settings import change_own_settings
from tests.cast import Cast, actor
from tests.screens import browser, page, send

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def sends_mail(settings: Settings) -> None:
    settings.SENDS_MAIL = True


def change(user: User, name: str = "Frank", mail_wanted: str = "mentions") -> User:
    return change_own_settings(user, name=name, mail_wanted=mail_wanted, by=actor(user))


def test_name_and_mail_are_changed_and_recorded(company: Cast) -> None:
    changed = change(company.frank, name="  Frank \n Ferris ")
    company.frank.refresh_from_db()
    assert (changed.name, company.frank.name) == ("Frank Ferris", "Frank Ferris")
    assert company.frank.mail_wanted == MailWanted.MENTIONS
    entry = AuditEntry.objects.get(kind="own_settings")
    assert entry.changes == {
        "name": ["Frank Tester", "Frank Ferris"],
        "mail_wanted": ["none", "mentions"],
    }


def test_saving_what_is_so_already_changes_nothing(company: Cast) -> None:
    change(company.frank, name="Frank Tester", mail_wanted="none")
    assert not AuditEntry.objects.filter(kind="own_settings").exists()


def test_nobody_changes_anothers(company: Cast) -> None:
    with pytest.raises(NotPermitted):
        change_own_settings(company.frank, name="X", mail_wanted="none", by=actor(company.ada))


@pytest.mark.parametrize(
    ("name", "wanted", "code"),
    [(" ", "none", "name_missing"), ("Frank", "hourly", "mail_wanted_unknown")],
)
def test_no_name_and_an_unknown_choice_are_refused(
    company: Cast, name: str, wanted: str, code: str
) -> None:
    with pytest.raises(Refused) as refused:
        change(company.frank, name, wanted)
    assert refused.value.code == code


def test_mail_needs_an_address(company: Cast) -> None:
    User.objects.filter(pk=company.frank.pk).update(email="")
    with pytest.raises(Refused, match="administrator"):
        change(company.frank)


def test_saving_tries_a_refused_address_again(company: Cast) -> None:
    User.objects.filter(pk=company.frank.pk).update(mail_refused="550 No such user")
    assert "550 No such user" in page(company.frank, "/me/")
    send(company.frank, "/me/", name="Frank Tester", mail_wanted="mentions")
    company.frank.refresh_from_db()
    assert company.frank.mail_refused == ""


def test_the_page_is_reached_from_the_persons_menu_and_asks_little(
    company: Cast, frank_client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    assert 'href="/me/"' in page(company.frank, "/")
    with django_assert_max_num_queries(5):
        said = frank_client.get("/me/").content.decode()
    assert 'href="/session/password/"' in said
    assert 'action="/session/logout/"' in said


def test_the_page_says_when_the_digest_comes(company: Cast) -> None:
    DeskSettings.objects.create(pk=1, digest_hour=17)
    assert "Every day at 5:00 PM" in page(company.dora, "/me/")


def test_a_refused_form_keeps_what_was_typed(company: Cast) -> None:
    answer = browser(company.frank).post("/me/", {"name": " ", "mail_wanted": "digest"})
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    said = answer.content.decode()
    assert "Write the name that others see." in said
    assert 'value="digest" id="id_mail_wanted_2" checked' in said


def test_where_the_desk_sends_no_mail_the_page_says_so(company: Cast, settings: Settings) -> None:
    settings.SENDS_MAIL = False
    assert "This desk sends no mail yet" in page(company.frank, "/me/")
    send(company.frank, "/me/", name="Frank F.", mail_wanted="mentions")
    company.frank.refresh_from_db()
    assert (company.frank.name, company.frank.mail_wanted) == ("Frank F.", "none")


def test_another_address_is_tried_although_the_first_was_refused(company: Cast) -> None:
    User.objects.filter(pk=company.frank.pk).update(mail_refused="550 No such user")
    form = {
        "name": "Frank Tester", "username": "frank", "email": "f@example.com", "role": "frontline",
    }  # fmt: skip
    send(company.ada, f"/set-up/people/{company.frank.pk}/edit/", **form)
    company.frank.refresh_from_db()
    assert (company.frank.email, company.frank.mail_refused) == ("f@example.com", "")
