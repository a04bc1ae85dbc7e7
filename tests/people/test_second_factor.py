"""Second factors: codes, recovery codes, who has to have one, and lock-out (K1)."""

from __future__ import annotations

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.core.cache import cache
from django.test import Client

from heliodesk.core.sealed import unseal
from heliodesk.live.signed_in import signed_in
from heliodesk.people.models import DeskSettings, SecondFactor
from tests.cast import Cast

PASSWORD = "an old enough password"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture(autouse=True)
def nobody_has_guessed_yet(db: None) -> None:
    """allauth counts failures, and used codes, in the cache."""
    cache.clear()


@pytest.fixture
def frank(company: Cast, client: Client) -> Client:
    """A browser before the sign-in of Frank, who has a password."""
    company.frank.set_password(PASSWORD)
    company.frank.save()
    return client


def code_of(secret: str, steps: int = 0) -> str:
    """What an app shows, now or so many half minutes later."""
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps)))


def sign_in(client: Client) -> str:
    """By password; gives where the desk leads."""
    return client.post("/session/login/", {"login": "frank", "password": PASSWORD})["Location"]


def sent(client: Client, code: str) -> str:
    """The code, sent as second factor; gives where the desk leads, or what it says."""
    answer = client.post("/session/factors/authenticate/", {"code": code})
    return answer["Location"] if answer.status_code == 302 else answer.content.decode()


def test_an_app_is_set_up_and_asked_for_from_then_on(frank: Client, company: Cast) -> None:
    sign_in(frank)
    place = "/session/factors/totp/activate/"
    assert "/session/confirm/" in frank.get(place)["Location"]  # the password once more
    frank.post(f"/session/confirm/?next={place}", {"password": PASSWORD})
    page = frank.get(place).content.decode()
    found = re.search(r'<code class="token">(\w+)</code>', page)
    assert found
    wrong = frank.post(place, {"code": "000000"}).content.decode()
    assert "This code is wrong" in wrong
    done = frank.post(place, {"code": code_of(found[1])})
    assert done["Location"] == "/session/factors/recovery-codes/"
    kept = Authenticator.objects.get(user=company.frank, type="totp").data["secret"]
    assert found[1] not in kept
    assert unseal(kept) == found[1]

    other = Client()
    assert sign_in(other) == "/session/factors/authenticate/"
    assert other.get("/cases/").status_code == 302
    assert sent(other, code_of(found[1], 1)) == "/"
    assert other.get("/").status_code == 200


def test_a_code_lets_in_once(frank: Client, company: Cast) -> None:
    TOTP.activate(company.frank, SECRET)
    sign_in(frank)
    code = code_of(SECRET)
    assert sent(frank, code) == "/"
    other = Client()
    sign_in(other)
    assert "This code is wrong, used, or too old" in sent(other, code)


def test_a_recovery_code_lets_in_once(frank: Client, company: Cast) -> None:
    TOTP.activate(company.frank, SECRET)
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

    code = RecoveryCodes.activate(company.frank).get_unused_codes()[0]
    sign_in(frank)
    assert sent(frank, code) == "/"
    other = Client()
    sign_in(other)
    assert "This code is wrong" in sent(other, code)


def test_guessing_codes_is_stopped_for_the_person_wherever_it_comes_from(
    frank: Client, company: Cast
) -> None:
    TOTP.activate(company.frank, SECRET)
    for place in range(5):
        guesser = Client(REMOTE_ADDR=f"10.0.0.{place}")
        sign_in(guesser)
        assert "This code is wrong" in sent(guesser, "000000")
    sign_in(frank)
    said = sent(frank, code_of(SECRET))
    assert "Too many wrong attempts: wait 5 minutes" in said
    assert "K1" in said


def test_who_has_to_have_a_second_factor_does_nothing_before(frank: Client, company: Cast) -> None:
    DeskSettings.objects.create(pk=1, second_factor=SecondFactor.EVERYBODY)
    sign_in(frank)
    assert frank.get("/cases/")["Location"] == "/session/factors/"
    assert frank.post("/drafts/", {"key": "x"})["Location"] == "/session/factors/"
    assert signed_in(frank.session.session_key or "", origin="live") is None
    page = frank.get("/session/factors/").content.decode()
    assert "Set up a second factor first" in page
    TOTP.activate(company.frank, SECRET)
    assert frank.get("/cases/").status_code == 200
    assert signed_in(frank.session.session_key or "", origin="live") is not None


def test_only_administrators_where_only_they_are_asked(frank: Client, company: Cast) -> None:
    DeskSettings.objects.create(pk=1, second_factor=SecondFactor.ADMINISTRATORS)
    sign_in(frank)
    assert frank.get("/cases/").status_code == 200


def test_the_last_factor_stays_where_one_is_asked_for(frank: Client, company: Cast) -> None:
    DeskSettings.objects.create(pk=1, second_factor=SecondFactor.EVERYBODY)
    TOTP.activate(company.frank, SECRET)
    sign_in(frank)
    sent(frank, code_of(SECRET))
    place = "/session/factors/totp/deactivate/"
    frank.post(f"/session/confirm/?next={place}", {"password": PASSWORD})
    assert "this is your only one" in frank.post(place).content.decode()
    assert Authenticator.objects.filter(user=company.frank, type="totp").exists()
    DeskSettings.objects.update(second_factor=SecondFactor.NOBODY)
    frank.post(place)
    assert not Authenticator.objects.filter(user=company.frank).exists()


def test_a_passkey_that_nobody_has_is_refused(frank: Client) -> None:
    asked = frank.get("/session/factors/webauthn/login/", HTTP_ACCEPT="application/json").json()
    assert asked["request_options"]["publicKey"]["userVerification"] == "required"
    for nonsense in ("{}", "null", '{"id": "x"}', "x"):
        answer = frank.post("/session/factors/webauthn/login/", {"credential": nonsense})
        assert answer["Location"] == "/session/login/"
    assert "_auth_user_id" not in frank.session
