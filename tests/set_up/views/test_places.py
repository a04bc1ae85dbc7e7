"""Queues and departments on the pages of administrators (Q3, Q5, A4, F1)."""

from __future__ import annotations

import re

import pytest
from pytest_django import DjangoAssertNumQueries

from heliodesk.people.models import Department, FollowUpContact, Queue, Role, User
from heliodesk.people.queries import picking
from heliodesk.people.rules.departments import add_contact, add_topic
from heliodesk.set_up.forms import places as places_forms
from tests import cast
from tests.cast import Cast, actor
from tests.screens import browser, page, send, words

pytestmark = pytest.mark.django_db


def pages(company: Cast) -> list[str]:
    """Every page and form."""
    queue, sales = f"/set-up/queues/{company.homeowner_queue.pk}/", department(company.sales)
    return [
        "/set-up/queues/", "/set-up/queues/new/", queue, f"{queue}members/new/", f"{queue}edit/",
        "/set-up/departments/", "/set-up/departments/new/", sales, f"{sales}members/new/",
        f"{sales}edit/", f"{sales}topics/", f"{sales}contacts/new/",
    ]  # fmt: skip


def department(of: Department) -> str:
    return f"/set-up/departments/{of.pk}/"


def test_each_page_is_read_with_few_statements(
    company: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    ada = browser(company.ada)
    for address in pages(company):
        with django_assert_max_num_queries(8):
            assert ada.get(address).status_code == 200, address


@pytest.mark.parametrize("who", ["frank", "sue", "dora"])
def test_others_are_refused(company: Cast, who: str) -> None:
    client = browser(getattr(company, who))
    queue, sales = f"/set-up/queues/{company.homeowner_queue.pk}/", department(company.sales)
    for address in pages(company):
        assert client.get(address).status_code == 403, address
    for address in (
        f"{queue}members/new/", f"{queue}members/{company.bea.pk}/removal/",
        f"{sales}members/{company.dora.pk}/removal/", f"{sales}contacts/new/",
        f"{queue}retirement/", f"{sales}retirement/",
    ):  # fmt: skip
        assert client.post(address, {"people": [company.frank.pk]}).status_code == 403, address
    assert company.homeowner_queue.members.count() == 2


def test_a_queue_is_added_and_gets_its_members(company: Cast) -> None:
    to = send(company.ada, "/set-up/queues/new/", name="Night shift", description="After 8 PM")
    queue = Queue.objects.get(name="Night shift")
    assert to == f"/set-up/queues/{queue.pk}/"
    assert "Nobody works it" in page(company.ada, to)
    assert "Tick who is to be added." in send(company.ada, f"{to}members/new/", 422)
    send(company.ada, f"{to}members/new/", people=[company.bea.pk, company.frank.pk])
    assert queue.members.count() == 2
    refused = send(company.ada, f"{to}members/new/", 422, people=[company.dora.pk])
    assert "One of those ticked cannot be added" in refused
    send(company.ada, f"{to}members/{company.bea.pk}/removal/")
    send(company.ada, f"{to}members/{company.bea.pk}/removal/")
    assert list(queue.members.all()) == [company.frank]


def test_the_last_member_stays_while_the_queue_owns_cases(company: Cast) -> None:
    cast.installer_case(company, owner_queue=company.installer_queue)
    address = f"/set-up/queues/{company.installer_queue.pk}/"
    told = pressed(company, f"{address}members/{company.ines.pk}/removal/")
    assert "the last to work" in told
    assert "(Q5)" in told
    told = pressed(company, f"{address}retirement/")
    assert "owns 1 open case" in told
    assert Queue.objects.get(pk=company.installer_queue.pk).is_active


def test_a_retired_queue_is_offered_again(company: Cast) -> None:
    send(company.ada, "/set-up/queues/new/", name="Spare")
    spare = Queue.objects.get(name="Spare")
    send(company.ada, f"/set-up/queues/{spare.pk}/retirement/")
    assert "retired" in page(company.ada, f"/set-up/queues/{spare.pk}/")
    send(company.ada, f"/set-up/queues/{spare.pk}/offering/")
    spare.refresh_from_db()
    assert spare.is_active
    first = {"before": company.homeowner_queue.pk}
    send(company.ada, f"/set-up/queues/{spare.pk}/place/", **first)
    assert Queue.objects.order_by("position").first() == spare


def test_a_department_is_added_with_members_topics_and_contacts(company: Cast) -> None:
    form = {"name": "Warranty", "description": "", "voids_case": "on", "follow_up_all": ""}
    to = send(company.ada, "/set-up/departments/new/", **form)
    made = Department.objects.get(name="Warranty")
    assert to == department(made)
    assert (made.voids_case, made.follow_up_all) == (True, False)
    send(company.ada, f"{to}members/new/", people=[company.oscar.pk])
    topics = send(company.ada, f"/set-up/departments/topics/new/?of={made.pk}", name="Roofs")
    assert topics == f"{to}topics/"
    assert "No contact: a follow-up tags the members." in page(company.ada, topics)
    topic = made.topics.get()
    for person in (company.oscar, company.sue):
        send(company.ada, f"{to}contacts/new/", person=person.pk, topic=topic.pk)
    again = send(company.ada, f"{to}contacts/new/", 422, person=company.sue.pk, topic=topic.pk)
    assert "stands there already" in again
    send(company.ada, f"{to}contacts/{made.follow_up_contacts.get(user=company.sue).pk}/first/")
    shown = page(company.ada, to)
    assert "tags the first of them who is active" in shown
    assert shown.index("Sue Tester") < shown.rindex("Oscar Tester")
    send(company.ada, f"{to}contacts/{made.follow_up_contacts.get(user=company.sue).pk}/removal/")
    assert [one.user for one in made.follow_up_contacts.all()] == [company.oscar]


def test_a_contact_without_a_person_is_asked_for(company: Cast) -> None:
    shown = send(company.ada, f"{department(company.sales)}contacts/new/", 422, person="")
    assert "Choose whom a follow-up tags" in shown


def test_a_department_that_is_asked_stays(company: Cast) -> None:
    cast.assignment(company, cast.case(company))
    told = pressed(company, f"{department(company.sales)}retirement/")
    assert "has 1 open case assignment" in told
    last = pressed(company, f"{department(company.sales)}members/{company.dora.pk}/removal/")
    assert "the last of “Sales”" in last
    assert Department.objects.get(pk=company.sales.pk).is_active


def test_a_contact_of_another_department_is_left_alone(company: Cast) -> None:
    by = actor(company.ada)
    topic = add_topic(company.legal, name="Suits", by=by)
    contact = add_contact(company.legal, company.oscar, topic=topic, by=by)
    send(company.ada, f"{department(company.sales)}contacts/{contact.pk}/removal/")
    assert FollowUpContact.objects.filter(pk=contact.pk).exists()


@pytest.mark.parametrize("kind", ["queues", "departments"])
def test_there_is_no_such_place(company: Cast, kind: str) -> None:
    client = browser(company.ada)
    assert client.get(f"/set-up/{kind}/999999/").status_code == 404
    assert client.post(f"/set-up/{kind}/999999/members/new/", {}).status_code == 404


def pressed(company: Cast, address: str) -> str:
    """What is said after pressing a button."""
    return words(browser(company.ada).post(address, follow=True))


def test_of_many_people_those_are_offered_who_are_found_and_the_ticked_stay(
    company: Cast,
    monkeypatch: pytest.MonkeyPatch,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for module in (places_forms, picking):
        monkeypatch.setattr(module, "SHOWN", 2)
    for at in range(4):
        user = User.objects.create_user(f"lee{at}", name=f"Lee {at}", role=Role.FRONTLINE)
    address = f"/set-up/queues/{company.homeowner_queue.pk}/members/new/"
    client = browser(company.ada)
    empty = client.get(address).content.decode()
    assert "Type a part of a name" in empty
    assert 'type="checkbox"' not in empty

    def find(text: str, *ticked: int) -> str:
        sent = {"look": "1", "find": text, "people": list(ticked)}
        with django_assert_max_num_queries(8):
            answer = client.post(address, sent)
        assert answer.status_code == 200
        return str(answer.content.decode())

    assert "called so. Type more" in find("lee")
    assert "called so. Type less" in find("nobody of that name")
    found = find("lee 2", user.pk)
    hint = r'<span>(Lee \d)<span class="check__hint">Frontline agent · (lee\d)</span>'
    assert re.findall(hint, found) == [("Lee 2", "lee2"), ("Lee 3", "lee3")]
    assert re.findall(r'value="(\d+)"[^>]* checked', found) == [str(user.pk)]
    assert 'value="lee 2"' in found
    assert not company.homeowner_queue.members.filter(pk=user.pk).exists()
    send(company.ada, address, find="lee 2", people=[user.pk])
    assert company.homeowner_queue.members.filter(pk=user.pk).exists()


@pytest.mark.parametrize(
    "address",
    [
        "/set-up/people/options/?department={department}",
        "/set-up/people/options/?for=escalations",
        "/set-up/people/options/?for=changes",
        "/set-up/queues/{queue}/members/options/?",
        "/set-up/departments/{department}/members/options/?",
    ],
)
def test_administrators_find_people_while_they_type_and_nobody_else(
    company: Cast, address: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    there = address.format(department=company.legal.pk, queue=company.installer_queue.pk)
    client = browser(company.ada)
    with django_assert_num_queries(3):
        found = client.get(f"{there}&q=fiona").json()["items"]
    assert [one["label"] for one in found] == [company.fiona.name]
    assert browser(company.frank).get(there).status_code == 403


def test_whoever_is_a_member_already_is_not_found_as_a_new_one(company: Cast) -> None:
    company.installer_queue.members.add(company.fiona)
    there = f"/set-up/queues/{company.installer_queue.pk}/members/options/"
    client = browser(company.ada)
    assert client.get(f"{there}?q=fiona").json()["items"] == []
    assert client.get(f"{there}?q=dora").json()["items"] == []  # not in Support


def test_a_follow_up_contact_is_chosen_by_name_without_script(company: Cast) -> None:
    to = f"{department(company.sales)}contacts/new/"
    unclear = send(company.ada, to, 422, person_typed="tester", person_meant="", person="")
    assert "fits several" in unclear
    shown = unclear.partition("data-pick-matches")[2]
    assert shown.index(company.dora.name) < shown.index(company.ada.name)  # she is of Sales
    send(company.ada, to, person_typed=company.fiona.name, person_meant="", person="")
    assert FollowUpContact.objects.filter(department=company.sales, user=company.fiona).exists()
