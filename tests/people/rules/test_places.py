"""Administrators keep queues and departments (Q2, Q5, A4, F1)."""

from __future__ import annotations

import pytest

from heliodesk.core.models import AuditEntry
from heliodesk.core.refusal import NotFound, NotPermitted, Refused
from heliodesk.people.models import FollowUpContact, Queue
from heliodesk.people.rules.choices import offer_choice_again
from heliodesk.people.rules.departments import (
    add_contact,
    add_department,
    add_topic,
    change_department,
    change_topic,
    put_contact_first,
    remove_contact,
    retire_department,
)
from heliodesk.people.rules.queues import add_queue, change_queue, retire_queue
from tests import cast
from tests.cast import Cast, actor

pytestmark = pytest.mark.django_db


def test_a_queue_is_added_with_an_address_of_its_own(company: Cast) -> None:
    ada = actor(company.ada)
    made = add_queue(values={"name": "Homeowner", "description": " Calls. "}, by=ada)
    assert (made.slug, made.description) == ("homeowner-2", "Calls.")
    assert add_queue(values={"name": "队列"}, by=ada).slug == "queue"
    entry = AuditEntry.objects.filter(kind="set_up_added", subject_kind="queue").first()
    assert entry is not None
    assert entry.by == company.ada
    with pytest.raises(Refused, match="already a queue"):
        add_queue(values={"name": "homeowner"}, by=ada)


def test_only_an_administrator_keeps_queues_and_departments(company: Cast) -> None:
    by = actor(company.sue)
    for act in (
        lambda: add_queue(values={"name": "New"}, by=by),
        lambda: change_queue(company.homeowner_queue, values={"name": "New"}, by=by),
        lambda: retire_queue(company.homeowner_queue, by=by),
        lambda: add_department(values={"name": "New"}, by=by),
        lambda: change_department(company.sales, values={"name": "New"}, by=by),
        lambda: retire_department(company.sales, by=by),
        lambda: add_topic(company.sales, name="New", by=by),
        lambda: add_contact(company.sales, company.dora, by=by),
    ):
        with pytest.raises(NotPermitted):
            act()


def test_each_type_has_one_queue_that_is_offered_first(company: Cast) -> None:
    ada = actor(company.ada)
    with pytest.raises(Refused, match="Choose that type on another") as refused:
        change_queue(company.homeowner_queue, values={"case_type": ""}, by=ada)
    assert (refused.value.rule, refused.value.field) == ("Q2", "case_type")
    with pytest.raises(Refused, match="Choose that type on another"):
        retire_queue(company.homeowner_queue, by=ada)
    night = add_queue(values={"name": "Night shift", "case_type": "homeowner"}, by=ada)
    company.homeowner_queue.refresh_from_db()
    assert (night.case_type, company.homeowner_queue.case_type) == ("homeowner", "")
    assert not retire_queue(company.homeowner_queue, by=ada).is_active
    with pytest.raises(Refused, match="retired"):
        change_queue(company.homeowner_queue, values={"case_type": "homeowner"}, by=ada)
    with pytest.raises(Refused, match="one of the types"):
        change_queue(company.installer_queue, values={"case_type": "boat"}, by=ada)


def test_a_queue_that_owns_cases_is_not_retired(company: Cast) -> None:
    ada = actor(company.ada)
    spare = add_queue(values={"name": "Spare"}, by=ada)
    case = cast.case(company, owner_queue=spare)
    with pytest.raises(Refused, match="owns 1 open case") as refused:
        retire_queue(spare, by=ada)
    assert refused.value.rule == "Q5"
    case.owner_queue, case.owner_agent = None, company.bea
    case.save()
    assert not retire_queue(spare, by=ada).is_active
    assert not retire_queue(spare, by=ada).is_active
    assert offer_choice_again(spare, by=ada).is_active
    assert AuditEntry.objects.filter(kind="set_up_retired", subject_id=spare.pk).count() == 1


def test_a_queue_keeps_its_address_when_it_is_renamed(company: Cast) -> None:
    seen = {"name": company.homeowner_queue.name, "description": ""}
    change_queue(
        company.homeowner_queue, values={"name": "Homeowners"}, seen=seen, by=actor(company.ada)
    )
    queue = Queue.objects.get(pk=company.homeowner_queue.pk)
    assert (queue.name, queue.slug) == ("Homeowners", "homeowner")
    with pytest.raises(Refused, match="Homeowners") as refused:
        change_queue(queue, values={"name": "Owners"}, seen=seen, by=actor(company.ada))
    assert refused.value.rule == "K2"


def test_a_department_with_open_assignments_is_not_retired(company: Cast) -> None:
    ada = actor(company.ada)
    asked = cast.assignment(company, cast.case(company))
    with pytest.raises(Refused, match="has 1 open case assignment") as refused:
        retire_department(company.sales, by=ada)
    assert refused.value.rule == "A4"
    asked.delete()
    assert not retire_department(company.sales, by=ada).is_active


def test_a_department_says_how_it_works(company: Cast) -> None:
    ada = actor(company.ada)
    made = add_department(values={"name": "Fraud desk", "voids_case": True}, by=ada)
    assert (made.slug, made.voids_case, made.follow_up_all) == ("fraud-desk", True, True)
    change_department(made, values={"follow_up_all": False, "wants_managers": True}, by=ada)
    made.refresh_from_db()
    assert (made.follow_up_all, made.wants_managers) == (False, True)


def test_contacts_stand_in_an_order_by_topic(company: Cast) -> None:
    ada = actor(company.ada)
    topic = add_topic(company.sales, name="Rebates", by=ada)
    first = add_contact(company.sales, company.dora, topic=topic, by=ada)
    second = add_contact(company.sales, company.sue, topic=topic, by=ada)
    add_contact(company.sales, company.dora, by=ada)
    with pytest.raises(Refused, match="stands there already"):
        add_contact(company.sales, company.dora, topic=topic, by=ada)
    put_contact_first(second, by=ada)
    order = FollowUpContact.objects.filter(topic=topic).order_by("position")
    assert [one.user for one in order] == [company.sue, company.dora]
    remove_contact(first, by=ada)
    with pytest.raises(NotFound):
        put_contact_first(FollowUpContact(pk=first.pk or 0, department=company.sales, topic=topic,
                                          user=company.dora), by=ada)  # fmt: skip
    told = AuditEntry.objects.get(kind="contact_put_first")
    assert told.changes == {"contact": company.sue.name, "topic": "Rebates"}


def test_a_contact_is_active_and_of_the_departments_topic(company: Cast) -> None:
    ada = actor(company.ada)
    topic = add_topic(company.legal, name="Suits", by=ada)
    with pytest.raises(Refused, match="topic of this department") as refused:
        add_contact(company.sales, company.dora, topic=topic, by=ada)
    assert (refused.value.rule, refused.value.field) == ("F1", "topic")
    company.oscar.is_active = False
    company.oscar.save()
    with pytest.raises(Refused, match="deactivated"):
        add_contact(company.legal, company.oscar, by=ada)
    change_topic(topic, name="Law suits", by=ada)
    topic.refresh_from_db()
    assert topic.name == "Law suits"
