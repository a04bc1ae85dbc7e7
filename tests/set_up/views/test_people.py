"""People on the pages of administrators (K1, K7, Q5)."""

from __future__ import annotations

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from heliodesk.api.rules.tokens import make_token
from heliodesk.core import clock
from heliodesk.people.models import Invitation, User
from heliodesk.people.rules.invitation import invite
from tests import cast
from tests.cast import Cast, actor
from tests.screens import browser, page, send, words

pytestmark = pytest.mark.django_db
STRONG = "quiet-inverter-42"
NIA = {"name": "Nia New", "username": "nia", "email": "nia@example.com", "role": "back_office"}
FORMS = ("edit/", "memberships/", "password/", "deactivation/new/")
ACTS = ("reactivation/", "sessions/ending/", "factors/reset/", "invitation/",
        "invitation/withdrawal/")  # fmt: skip


def at(user: User, part: str = "") -> str:
    return f"/set-up/people/{user.pk}/{part}"


def test_each_page_is_read_with_few_statements(
    company: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    ada = browser(company.ada)
    few = ["/set-up/", "/set-up/people/", "/set-up/people/new/", "/set-up/import/"]
    few += [at(company.bea, part) for part in ("", *FORMS)]
    ada.get("/")  # the names of queues and departments are read once a process
    for address in few:
        with django_assert_max_num_queries(8):
            assert ada.get(address).status_code == 200, address


@pytest.mark.parametrize("who", ["frank", "sue", "dora"])
def test_others_are_refused(company: Cast, who: str) -> None:
    client = browser(getattr(company, who))
    for address in ("/set-up/", "/set-up/people/", "/set-up/people/new/", at(company.bea)):
        answer = client.get(address)
        assert answer.status_code == 403, address
        assert "for administrators" in words(answer)
    for part in (*FORMS, *ACTS):
        assert client.post(at(company.bea, part), {}).status_code == 403, part
    assert client.post("/set-up/people/new/", NIA).status_code == 403
    assert not User.objects.filter(username="nia").exists()


def test_the_list_is_narrowed(company: Cast) -> None:
    assert "Bea Tester" in page(company.ada, "/set-up/people/?q=BEA@ex")
    assert "Nobody here" in page(company.ada, "/set-up/people/?q=bea&role=frontline")
    shown = page(company.ada, f"/set-up/people/?queue={company.installer_queue.pk}")
    assert "Ines Tester" in shown
    assert "Bea Tester" not in shown
    shown = page(company.ada, f"/set-up/people/?role=member&department={company.legal.pk}")
    assert "Oscar Tester" in shown
    assert "Dora Tester" not in shown
    assert "Nobody here" in page(company.ada, "/set-up/people/?show=deactivated")
    for wild in ("queue=x", "role=king", "show=me", "after=99999999999999999999&from=a"):
        assert "Bea Tester" in page(company.ada, f"/set-up/people/?{wild}")


def test_a_long_list_goes_on_where_the_page_ends(company: Cast) -> None:
    User.objects.bulk_create(
        User(username=f"u{number}", name=f"Same Name {number // 60}") for number in range(150)
    )
    seen, address = [], "/set-up/people/?q=same"
    for _ in range(2):
        shown = page(company.ada, address)
        seen += re.findall(r"u\d+(?= </span|</span)", shown)
        more = re.search(r'rel="next" href="([^"]+)"', shown)
        address = f"/set-up/people/{more[1].replace('&amp;', '&')}" if more else ""
    assert address == ""
    assert len(seen) == len(set(seen)) == 150


def test_somebody_is_added_with_a_first_password(company: Cast) -> None:
    places = {"queues": [company.homeowner_queue.pk], "departments": [company.legal.pk]}
    form = NIA | places | {"comes_in": "password"}
    weak = send(company.ada, "/set-up/people/new/", 422, **form, password="short")
    assert "too short" in weak
    assert "Nia New" in weak
    to = send(company.ada, "/set-up/people/new/", **form, password=STRONG)
    nia = User.objects.get(username="nia")
    assert to == at(nia)
    shown = page(company.ada, to)
    assert "A first one, which they change when they sign in" in shown
    assert company.homeowner_queue.name in shown


def test_who_has_a_first_password_chooses_another_before_anything_else(company: Cast) -> None:
    form = NIA | {"comes_in": "password", "password": STRONG}
    send(company.ada, "/set-up/people/new/", **form)
    client = Client()
    client.post("/session/login/", {"login": "nia", "password": STRONG})
    assert client.get("/queues/")["Location"] == "/session/password/"
    own = "sunny-roof-in-fresno-7"
    sent = {"oldpassword": STRONG, "password1": own, "password2": own}
    assert client.post("/session/password/", sent).status_code == 302
    assert client.get("/queues/").status_code == 200
    assert not User.objects.get(username="nia").password_is_temporary


def test_somebody_is_invited_and_the_invitation_sent_again_or_taken_back(company: Cast) -> None:
    to = send(company.ada, "/set-up/people/new/", **NIA, comes_in="invitation")
    nia = User.objects.get(username="nia")
    first = re.search(r"/session/invitation/\S+?/", page(company.ada, to))
    send(company.ada, at(nia, "invitation/"))
    again = re.search(r"/session/invitation/\S+?/", page(company.ada, to))
    assert first
    assert again
    assert Client().get(first[0]).status_code in (403, 404)
    assert Client().get(again[0]).status_code == 200
    send(company.ada, at(nia, "invitation/withdrawal/"))
    assert "There is no open invitation" in _said(company, at(nia, "invitation/"))
    assert Invitation.objects.get().withdrawn_at
    nia.refresh_from_db()
    assert not nia.is_active


def test_a_form_sent_twice_adds_one(company: Cast) -> None:
    client = browser(company.ada)
    shown = client.get("/set-up/people/new/").content.decode()
    once = re.search(r'name="once" value="([^"]+)"', shown)
    assert once
    sent = NIA | {"comes_in": "service", "once": once[1]}
    answers = [client.post("/set-up/people/new/", sent) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert answers[0]["Location"] == answers[1]["Location"]


def test_an_edit_of_what_changed_meanwhile_is_said_and_what_was_typed_stays(company: Cast) -> None:
    was = {"name": "Frank Tester", "username": "frank", "email": "frank@example.com",
           "role": "frontline", "external_id": ""}  # fmt: skip
    seen = {f"seen_{name}": value for name, value in was.items()}
    send(company.ada, at(company.frank, "edit/"), **(was | {"name": "Franklin"}), **seen)
    mine = was | {"name": "Frankie"}
    shown = send(company.ada, at(company.frank, "edit/"), 409, **mine, **seen)
    assert "somebody else changed name to “Franklin”" in shown
    assert 'value="Frankie"' in shown
    now = seen | {"seen_name": "Franklin"}
    send(company.ada, at(company.frank, "edit/"), **mine, **now)
    company.frank.refresh_from_db()
    assert company.frank.name == "Frankie"


def test_where_somebody_works_is_changed(company: Cast) -> None:
    form = {
        "queues": [company.installer_queue.pk],
        "departments": [company.legal.pk],
        "seen_queues": str(company.homeowner_queue.pk),
        "seen_departments": "",
    }
    send(company.ada, at(company.bea, "memberships/"), **form)
    assert list(company.bea.queues.all()) == [company.installer_queue]
    refused = send(
        company.ada, at(company.dora, "memberships/"), 409,
        **(form | {"seen_queues": "", "seen_departments": str(company.sales.pk)}),
    )  # fmt: skip
    assert "not in Support" in refused
    assert list(company.dora.departments.all()) == [company.sales]


def test_leaving_says_what_is_handed_on_first(company: Cast) -> None:
    cast.case(company, owner_agent=company.ines)
    cast.installer_case(company, owner_queue=company.installer_queue)
    shown = page(company.ada, at(company.ines, "deactivation/new/"))
    assert "1 open case: hand them over" in shown
    assert "the last to work Back Office Task Queue – Installer" in shown
    refused = send(company.ada, at(company.ines, "deactivation/new/"), 409)
    assert "owns 1 open case" in refused
    cast.assignment(company, cast.case(company))
    assert "the last of Sales" in page(company.ada, at(company.dora, "deactivation/new/"))


def test_who_deactivates_themself_is_told_what_comes_of_it(company: Cast) -> None:
    assert "This is you" in page(company.ada, at(company.ada, "deactivation/new/"))
    assert "This is you" not in page(company.ada, at(company.bea, "deactivation/new/"))


def test_somebody_leaves_is_signed_out_and_is_let_in_again(company: Cast) -> None:
    fiona = browser(company.fiona)
    assert fiona.get("/").status_code == 200
    send(company.ada, at(company.fiona, "deactivation/new/"))
    assert fiona.get("/").status_code == 302
    assert "Deactivated" in page(company.ada, at(company.fiona))
    send(company.ada, at(company.fiona, "reactivation/"))
    company.fiona.refresh_from_db()
    assert company.fiona.is_active


def test_the_last_administrator_is_told_why_they_stay(company: Cast) -> None:
    refused = send(company.ada, at(company.ada, "deactivation/new/"), 409)
    assert "only administrator" in refused
    assert "/guide/#K7" in refused


def test_a_password_is_set_and_ends_the_sessions(company: Cast) -> None:
    frank = browser(company.frank)
    send(company.ada, at(company.frank, "password/"), 422, password="short")
    assert frank.get("/").status_code == 200
    send(company.ada, at(company.frank, "password/"), password=STRONG)
    assert frank.get("/").status_code == 302


def test_sessions_are_ended_and_a_lost_second_factor_is_taken_away(company: Cast) -> None:
    frank = browser(company.frank)
    UserSession.objects.create(
        user=company.frank, ip="203.0.113.7", session_key=frank.session.session_key,
        user_agent="Mozilla/5.0 (X11; Linux) Firefox/140", last_seen_at=clock.now(),
    )  # fmt: skip
    Authenticator.objects.create(user=company.frank, type="totp", data={"secret": "sealed"})
    shown = page(company.ada, at(company.frank))
    assert "Firefox on Linux" in shown
    assert "an app" in shown
    send(company.ada, at(company.frank, "sessions/ending/"))
    assert frank.get("/").status_code == 302
    send(company.ada, at(company.frank, "factors/reset/"))
    assert not Authenticator.objects.exists()
    assert "Your own second factor" in _said(company, at(company.ada, "factors/reset/"))


def test_a_token_of_somebody_is_withdrawn(company: Cast) -> None:
    made = make_token(
        company.frank, name="My script", scope="read", expires_at=None, by=actor(company.frank)
    )
    assert "My script" in page(company.ada, at(company.frank))
    send(company.ada, at(company.bea, f"tokens/{made.token.pk}/withdrawal/"))
    assert "My script" in page(company.ada, at(company.frank))  # it is not Bea's
    send(company.ada, at(company.frank, f"tokens/{made.token.pk}/withdrawal/"))
    assert "My script" not in page(company.ada, at(company.frank))


def test_there_is_no_such_person(company: Cast) -> None:
    for part in ("", "edit/", "deactivation/new/"):
        assert browser(company.ada).get(f"/set-up/people/999999/{part}").status_code == 404


def test_an_open_invitation_shows_in_the_list(company: Cast) -> None:
    invite(name="Nia New", username="nia", email="nia@example.com", by=actor(company.ada))
    assert "Nia New" in page(company.ada, "/set-up/people/?show=invited")


def _said(company: Cast, address: str) -> str:
    """What is said after pressing a button."""
    client = browser(company.ada)
    return words(client.post(address, follow=True))
