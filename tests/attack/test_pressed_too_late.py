"""A button that is pressed when the sign-in has ended leads to no empty page (K1, K5)."""

from __future__ import annotations

from django.test import Client

from heliodesk.assignments.models import AssignmentStatus
from tests import cast
from tests.cast import Cast
from tests.screens import browser, words


def test_signed_in_again_one_is_told_to_press_again(company: Cast) -> None:
    asked = cast.assignment(company, cast.case(company))
    address = f"/assignments/{asked}/acceptance/"
    led = Client().post(address)
    assert led["Location"] == f"/session/login/?next={address}"
    answer = browser(company.dora).get(address)
    assert answer.status_code == 405
    assert answer["Allow"] == "POST"
    assert "Nothing was changed" in words(answer)
    assert "press it again" in words(answer)
    asked.refresh_from_db()
    assert asked.status == AssignmentStatus.OPEN
