"""K. Keeping it safe: the set-up is for administrators, and there is always one."""

from __future__ import annotations

import pytest

from heliodesk.core.refusal import NotPermitted, Refused
from heliodesk.people.models import Role
from heliodesk.people.rules.leaving import deactivate
from heliodesk.people.rules.people import change_person
from tests.cast import Cast, actor
from tests.screens import browser

pytestmark = pytest.mark.django_db


def test_k1_the_set_up_is_refused_to_anybody_but_administrators(company: Cast) -> None:
    for who in (company.frank, company.bea, company.sue, company.dora):
        assert browser(who).get("/set-up/").status_code == 403
    assert browser(company.ada).get("/set-up/").status_code == 200


def test_k7_an_administrator_says_who_is_what_and_one_of_them_stays(company: Cast) -> None:
    with pytest.raises(NotPermitted):
        change_person(company.frank, values={"role": "supervisor"}, by=actor(company.sue))
    ada = actor(company.ada)
    with pytest.raises(Refused, match="only administrator") as refused:
        deactivate(company.ada, by=ada)
    assert refused.value.rule == "K7"
    assert change_person(company.sue, values={"role": Role.ADMINISTRATOR}, by=ada).role
    assert not deactivate(company.ada, by=ada).is_active
