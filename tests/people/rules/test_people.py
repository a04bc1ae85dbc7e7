"""Administrators keep the people of the desk (K1, K7, Q5)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from heliodesk.core.models import AuditEntry
from heliodesk.core.refusal import NotPermitted, Refused
from heliodesk.people.models import Role, User
from heliodesk.people.rules.invitation import invite
from heliodesk.people.rules.leaving import deactivate, reactivate
from heliodesk.people.rules.membership import change_memberships, join_department, join_queue
from heliodesk.people.rules.people import add_person, change_person, set_password
from heliodesk.people.rules.second_factor import reset_second_factor
from tests import cast
from tests.cast import Cast, actor
from tests.races import overtaken

pytestmark = pytest.mark.django_db
STRONG = "quiet-inverter-42"
NIA = {"name": " Nia  New ", "username": "nia", "email": "Nia@Example.com", "role": "frontline"}


def entry(kind: str) -> AuditEntry:
    return AuditEntry.objects.get(kind=kind)


def test_a_person_is_added_with_a_first_password_that_is_not_on_record(company: Cast) -> None:
    nia = add_person(
        values=NIA,
        password=STRONG,
        queues=[company.homeowner_queue],
        departments=[company.legal],
        by=actor(company.ada),
    )
    assert (nia.name, nia.email) == ("Nia New", "nia@example.com")
    assert nia.check_password(STRONG)
    assert nia.password_is_temporary
    assert list(nia.queues.all()) == [company.homeowner_queue]
    assert list(nia.departments.all()) == [company.legal]
    assert entry("person_added").changes["password"] == ["", "set"]
    assert STRONG not in str(entry("person_added").changes)
    assert entry("joined_queue").changes == {"queue": ["", company.homeowner_queue.name]}


def test_a_service_has_no_password(company: Cast) -> None:
    engine = add_person(values={"name": "Engine", "username": "engine"}, by=actor(company.ada))
    assert not engine.has_usable_password()
    assert not engine.password_is_temporary


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"name": " "}, "name_missing"),
        ({"name": "x" * 121}, "too_long"),
        ({"username": ""}, "username_unfit"),
        ({"username": "nia new"}, "username_unfit"),
        ({"username": "FRANK"}, "username_taken"),
        ({"email": "nobody"}, "email_unfit"),
        ({"email": "Frank@Example.com"}, "email_taken"),
        ({"role": "owner"}, "role_unknown"),
        ({"password": "short"}, "password_weak"),
        ({"password": ""}, "password_weak"),
    ],
)
def test_what_somebody_cannot_be_called(company: Cast, changes: dict[str, Any], code: str) -> None:
    values = NIA | changes
    password = values.pop("password", STRONG)
    with pytest.raises(Refused) as refused:
        add_person(values=values, password=password, by=actor(company.ada))
    assert (refused.value.code, refused.value.rule) == (code, "K1")
    assert refused.value.field in (*changes, "password")
    assert not User.objects.filter(name="Nia New").exists()


def test_only_an_administrator_keeps_people(company: Cast) -> None:
    by = actor(company.sue)
    for act in (
        lambda: add_person(values=NIA, by=by),
        lambda: change_person(company.frank, values={"name": "F"}, by=by),
        lambda: set_password(company.frank, password=STRONG, by=by),
        lambda: reactivate(company.frank, by=by),
        lambda: join_queue(company.homeowner_queue, company.frank, by=by),
        lambda: join_department(company.legal, company.frank, by=by),
        lambda: reset_second_factor(company.frank, by=by),
    ):
        with pytest.raises(NotPermitted):
            act()


def test_a_role_changes_with_both_values_on_record(company: Cast) -> None:
    change_person(company.fiona, values={"role": "supervisor"}, by=actor(company.ada))
    assert entry("person_changed").changes == {"role": ["frontline", "supervisor"]}
    company.fiona.refresh_from_db()
    assert company.fiona.role == Role.SUPERVISOR


def test_what_somebody_else_changed_meanwhile_is_not_overwritten(company: Cast) -> None:
    seen = {"name": company.frank.name, "role": "frontline"}
    change_person(company.frank, values={"name": "Franklin"}, by=actor(company.ada))
    change_person(
        company.frank, values={"name": seen["name"], "role": "supervisor"}, seen=seen,
        by=actor(company.ada),
    )  # fmt: skip
    company.frank.refresh_from_db()
    assert (company.frank.name, company.frank.role) == ("Franklin", "supervisor")
    with pytest.raises(Refused, match="Franklin") as refused:
        change_person(company.frank, values={"name": "Frankie"}, seen=seen, by=actor(company.ada))
    assert refused.value.rule == "K2"


def test_a_new_address_has_not_refused_any_mail(company: Cast) -> None:
    company.frank.mail_refused = "550 no such user"
    company.frank.save()
    change_person(company.frank, values={"email": "f@example.com"}, by=actor(company.ada))
    company.frank.refresh_from_db()
    assert company.frank.mail_refused == ""


def test_who_owns_cases_or_works_queues_stays_in_support(company: Cast) -> None:
    cast.case(company)
    for who, words in ((company.frank, "owns 1 open case"), (company.bea, "works queues")):
        with pytest.raises(Refused, match=words) as refused:
            change_person(who, values={"role": ""}, by=actor(company.ada))
        assert (refused.value.rule, refused.value.field) == ("Q5", "role")
    change_person(company.fiona, values={"role": ""}, by=actor(company.ada))


def test_the_last_administrator_stays_one(company: Cast) -> None:
    ada = actor(company.ada)
    acts: list[Callable[[], object]] = [
        lambda: change_person(company.ada, values={"role": "supervisor"}, by=ada),
        lambda: deactivate(company.ada, by=ada),
    ]
    for act in acts:
        with pytest.raises(Refused, match="only administrator") as refused:
            act()
        assert refused.value.rule == "K7"


def test_who_cannot_sign_in_is_no_other_administrator(company: Cast) -> None:
    ada = actor(company.ada)
    invite(name="Ivo", username="ivo", email="ivo@example.com", role="administrator", by=ada)
    add_person(values=NIA | {"role": "administrator"}, by=ada)
    with pytest.raises(Refused, match="only administrator"):
        deactivate(company.ada, by=ada)
    change_person(company.sue, values={"role": "administrator"}, by=ada)
    assert not deactivate(company.ada, by=ada).is_active


@pytest.mark.django_db(transaction=True)
def test_two_administrators_do_not_remove_each_other(company: Cast) -> None:
    User.objects.filter(pk=company.sue.pk).update(role=Role.ADMINISTRATOR)
    company.sue.refresh_from_db()
    code = overtaken(
        lambda: deactivate(company.sue, by=actor(company.ada)),
        lambda: change_person(company.ada, values={"role": "frontline"}, by=actor(company.sue)),
    )
    assert code == "last_administrator"
    left = User.objects.filter(role=Role.ADMINISTRATOR, is_active=True)
    assert [one.username for one in left] == ["ada"]


def test_a_password_set_for_somebody_is_to_be_changed(company: Cast) -> None:
    set_password(company.frank, password=STRONG, by=actor(company.ada))
    company.frank.refresh_from_db()
    assert company.frank.check_password(STRONG)
    assert company.frank.password_is_temporary
    assert entry("password_set").changes == {}
    with pytest.raises(Refused, match="Change password"):
        set_password(company.ada, password=STRONG, by=actor(company.ada))
    with pytest.raises(Refused, match="too short"):
        set_password(company.frank, password="short", by=actor(company.ada))


def test_who_was_deactivated_is_let_in_again(company: Cast) -> None:
    deactivate(company.bea, by=actor(company.ada))
    with pytest.raises(Refused, match="deactivated"):
        join_queue(company.installer_queue, company.bea, by=actor(company.ada))
    assert reactivate(company.bea, by=actor(company.ada)).is_active
    assert reactivate(company.bea, by=actor(company.ada)).is_active
    assert entry("reactivated").changes == {"is_active": [False, True]}
    assert list(company.bea.queues.all()) == [company.homeowner_queue]


def test_queues_are_worked_in_support(company: Cast) -> None:
    with pytest.raises(Refused, match="not in Support") as refused:
        join_queue(company.homeowner_queue, company.dora, by=actor(company.ada))
    assert refused.value.rule == "Q3"
    join_department(company.legal, company.frank, by=actor(company.ada))
    join_department(company.legal, company.frank, by=actor(company.ada))
    assert AuditEntry.objects.filter(kind="joined_department").count() == 1


def test_memberships_that_somebody_else_gave_meanwhile_stand(company: Cast) -> None:
    join_department(company.legal, company.bea, by=actor(company.ada))
    change_memberships(
        company.bea,
        queues=[company.installer_queue],
        departments=[company.sales],
        seen_queues=[company.homeowner_queue.pk],
        seen_departments=[],
        by=actor(company.ada),
    )
    assert list(company.bea.queues.all()) == [company.installer_queue]
    assert set(company.bea.departments.all()) == {company.legal, company.sales}


def test_the_last_member_of_a_queue_with_cases_stays(company: Cast) -> None:
    cast.installer_case(company, owner_queue=company.installer_queue)
    mine: dict[str, Any] = {"seen_queues": [company.installer_queue.pk], "seen_departments": []}
    with pytest.raises(Refused, match="the last to work"):
        change_memberships(company.ines, queues=[], departments=[], **mine, by=actor(company.ada))
    assert list(company.ines.queues.all()) == [company.installer_queue]


@pytest.mark.django_db(transaction=True)
def test_two_members_do_not_leave_a_queue_with_cases_at_once(company: Cast) -> None:
    cast.case(company, owner_queue=company.homeowner_queue)
    code = overtaken(
        lambda: deactivate(company.bea, by=actor(company.ada)),
        lambda: deactivate(company.bob, by=actor(company.ada)),
    )
    assert code == "last_member"
