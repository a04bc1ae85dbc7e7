"""The set-up: administrators alone, each change on record, nothing in use lost (K1, K4, Q5)."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from heliodesk.cases.models import ClosedReason, RequestSubtype
from heliodesk.core.models import AuditEntry
from heliodesk.people.models import (
    DeskSettings,
    FollowUpContact,
    Queue,
    QueueMembership,
    Topic,
    User,
)
from tests import cast
from tests.cast import Cast
from tests.screens import browser

pytestmark = pytest.mark.django_db
STRONG = "quiet-inverter-42"


def shown(answer: Any) -> str:
    """The text of a page, with one space where there were several."""
    return " ".join(answer.content.decode().split())


@pytest.fixture
def ada(company: Cast) -> Client:
    """The administrator's browser."""
    return browser(company.ada)


def person(user: User, **changes: Any) -> dict[str, Any]:
    """A person's form as it stands, with changes; None leaves a field out."""
    fields = {
        "name": user.name,
        "username": user.username,
        "email": user.email,
        "role": user.role,
        "is_active": "on",
        "new_password": "",
        "external_id": "",
    } | changes
    return {name: value for name, value in fields.items() if value is not None}


def members(queue: Queue, *rows: dict[str, Any], **fields: Any) -> dict[str, Any]:
    """A queue's form with rows of members."""
    form: dict[str, Any] = {
        "name": queue.name,
        "slug": queue.slug,
        "case_type": queue.case_type,
        "is_active": "on",
        "position": 0,
        "memberships-TOTAL_FORMS": len(rows),
        "memberships-INITIAL_FORMS": sum(1 for row in rows if "id" in row),
    } | fields
    for number, row in enumerate(rows):
        form |= {f"memberships-{number}-{name}": value for name, value in row.items()}
        form[f"memberships-{number}-queue"] = queue.pk
    return {name: value for name, value in form.items() if value is not None}


@pytest.mark.parametrize("who", ["frank", "bea", "sue", "dora"])
def test_others_are_told_and_not_sent_round(company: Cast, who: str) -> None:
    client = browser(getattr(company, who))
    answer = client.get("/admin/", follow=True)
    assert answer.status_code == 403
    assert "for administrators" in shown(answer)
    assert client.post("/admin/people/user/add/", {}, follow=True).status_code == 403


def test_a_stranger_signs_in_first(client: Client, db: None) -> None:
    answer = client.get("/admin/")
    assert answer.status_code == 302
    assert "next=/admin/" in answer["Location"]


@pytest.mark.parametrize(
    "model",
    [
        "people/user", "people/queue", "people/department", "people/referralreason",
        "cases/requesttype", "cases/requestsubtype", "cases/casesource", "cases/closedreason",
    ],
)  # fmt: skip
def test_each_list_and_new_form_opens(ada: Client, model: str) -> None:
    assert ada.get(f"/admin/{model}/").status_code == 200
    assert ada.get(f"/admin/{model}/add/").status_code == 200


def test_cases_and_other_packages_are_not_in_the_set_up(ada: Client) -> None:
    text = shown(ada.get("/admin/"))
    assert "Request types" in text
    assert "/admin/cases/case/" not in text
    assert "/admin/auth/" not in text
    assert "/admin/account/" not in text


def test_a_person_is_added_with_a_password_that_is_not_on_record(ada: Client) -> None:
    form = {"name": "Nia New", "username": "nia", "role": "frontline", "is_active": "on"}
    weak = ada.post("/admin/people/user/add/", form | {"new_password": "short"})
    assert "too short" in shown(weak)
    answer = ada.post("/admin/people/user/add/", form | {"new_password": STRONG})
    assert answer.status_code == 302
    nia = User.objects.get(username="nia")
    assert nia.check_password(STRONG)
    entry = AuditEntry.objects.get(kind="set_up_added", subject_kind="user", subject_id=nia.pk)
    assert entry.changes["role"] == [None, "frontline"]
    assert entry.changes["password"] == ["", "set"]
    assert entry.by == User.objects.get(username="ada")


def test_a_role_changes_with_both_values_on_record(company: Cast, ada: Client) -> None:
    ada.post(
        f"/admin/people/user/{company.fiona.pk}/change/", person(company.fiona, role="supervisor")
    )
    entry = AuditEntry.objects.get(kind="set_up_changed", subject_id=company.fiona.pk)
    assert entry.changes == {"role": ["frontline", "supervisor"]}


def test_who_owns_cases_is_not_deactivated(company: Cast, ada: Client) -> None:
    case = cast.case(company)
    address = f"/admin/people/user/{company.frank.pk}/change/"
    answer = ada.post(address, person(company.frank, is_active=None))
    assert "owns 1 open case" in shown(answer)
    assert "(Q5)" in shown(answer)
    assert User.objects.get(pk=company.frank.pk).is_active
    left = ada.post(address, person(company.frank, role=""))
    assert "owns 1 open case" in shown(left)
    case.owner_agent = company.fiona
    case.save()
    ada.post(address, person(company.frank, is_active=None))
    assert not User.objects.get(pk=company.frank.pk).is_active
    assert AuditEntry.objects.filter(kind="deactivated", subject_id=company.frank.pk).exists()


def test_the_last_administrator_stays(company: Cast, ada: Client) -> None:
    address = f"/admin/people/user/{company.ada.pk}/change/"
    assert "only administrator" in shown(ada.post(address, person(company.ada, role="frontline")))
    assert "only administrator" in shown(ada.post(address, person(company.ada, is_active=None)))


def test_a_new_password_keeps_ones_own_session(company: Cast, ada: Client) -> None:
    ada.post(
        f"/admin/people/user/{company.ada.pk}/change/", person(company.ada, new_password=STRONG)
    )
    assert ada.get("/admin/").status_code == 200


def test_nobody_is_deleted(company: Cast, ada: Client) -> None:
    assert ada.post(f"/admin/people/user/{company.fiona.pk}/delete/").status_code == 403


def test_the_last_member_of_a_queue_with_cases_stays(company: Cast, ada: Client) -> None:
    cast.case(company, owner_queue=company.installer_queue)
    membership = QueueMembership.objects.get(queue=company.installer_queue)
    address = f"/admin/people/queue/{company.installer_queue.pk}/change/"
    gone = {"id": membership.pk, "user": company.ines.pk, "DELETE": "on"}
    answer = ada.post(address, members(company.installer_queue, gone))
    assert "owns 1 open case" in shown(answer)
    assert QueueMembership.objects.filter(pk=membership.pk).exists()
    retired = members(company.installer_queue, gone | {"DELETE": ""}, is_active=None)
    assert "owns 1 open case" in shown(ada.post(address, retired))
    replaced = members(company.installer_queue, gone, {"user": company.bea.pk})
    assert ada.post(address, replaced).status_code == 302
    left = QueueMembership.objects.filter(queue=company.installer_queue)
    assert [one.user for one in left] == [company.bea]
    assert AuditEntry.objects.filter(kind="left_queue", subject_id=company.ines.pk).exists()


def test_a_queue_is_worked_by_support_alone(company: Cast, ada: Client) -> None:
    address = f"/admin/people/queue/{company.installer_queue.pk}/change/"
    answer = ada.post(address, members(company.installer_queue, {"user": company.dora.pk}))
    assert "Select a valid choice" in shown(answer)


def test_a_department_is_retired_when_nothing_stands_with_it(company: Cast, ada: Client) -> None:
    asked = cast.assignment(company, cast.case(company))
    address = f"/admin/people/department/{company.sales.pk}/change/"
    rows = {
        f"{rows}-{count}_FORMS": 0
        for rows in ("memberships", "topics", "follow_up_contacts")
        for count in ("TOTAL", "INITIAL")
    }
    form = {"name": "Sales", "slug": "sales", "position": 0} | rows
    assert "has 1 open case assignment" in shown(ada.post(address, form))
    company.sales.refresh_from_db()
    assert company.sales.is_active
    asked.delete()
    assert ada.post(address, form).status_code == 302
    company.sales.refresh_from_db()
    assert not company.sales.is_active


def test_what_is_in_use_is_retired_not_deleted(company: Cast, ada: Client) -> None:
    cast.case(company)
    address = f"/admin/cases/requestsubtype/{company.autopay.pk}/delete/"
    assert "Cases use it: retire it." in shown(ada.get(address))
    ada.post(address, {"post": "yes"})
    assert RequestSubtype.objects.filter(pk=company.autopay.pk).exists()
    unused = f"/admin/cases/requestsubtype/{company.low_production.pk}/delete/"
    assert ada.post(unused, {"post": "yes"}).status_code == 302
    assert not RequestSubtype.objects.filter(pk=company.low_production.pk).exists()
    entry = AuditEntry.objects.get(kind="set_up_deleted")
    assert entry.changes["name"] == ["Low production", None]


def test_a_suggested_reason_is_of_the_suggested_department(company: Cast, ada: Client) -> None:
    address = f"/admin/cases/requestsubtype/{company.autopay.pk}/change/"
    form = {"name": "Autopay", "is_active": "on", "position": 0, "sop_text": "Ask for the bill."}
    form |= {"suggested_reason": company.sales_reason.pk}
    wrong = ada.post(address, form | {"suggested_department": company.legal.pk})
    assert "is a reason of Sales" in shown(wrong)
    assert ada.post(address, form | {"suggested_department": company.sales.pk}).status_code == 302
    company.autopay.refresh_from_db()
    assert company.autopay.suggested_reason == company.sales_reason
    assert company.autopay.request_type == company.billing


def test_case_voided_is_neither_renamed_nor_retired_nor_deleted(company: Cast, ada: Client) -> None:
    address = f"/admin/cases/closedreason/{company.voided.pk}/"
    ada.post(f"{address}change/", {"name": "Gone", "position": 7})
    voided = ClosedReason.objects.get(pk=company.voided.pk)
    assert (voided.name, voided.is_active, voided.position) == ("Case Voided", True, 7)
    assert ada.post(f"{address}delete/", {"post": "yes"}).status_code == 403
    picked = {"action": "delete_selected", "_selected_action": company.duplicate.pk, "post": "yes"}
    ada.post("/admin/cases/closedreason/", picked)
    assert ClosedReason.objects.filter(pk=company.duplicate.pk).exists()


def test_the_settings_are_one_row_that_is_checked(company: Cast, ada: Client) -> None:
    answer = ada.get("/admin/people/desksettings/")
    assert answer["Location"] == "/admin/people/desksettings/1/change/"
    form = {
        "review_interval_hours": 72, "reopening_window_hours": 6, "follow_up_hours": 48,
        "overdue_hours": 24, "digest_hour": 8, "file_size_limit_mb": 25,
        "refused_file_types": ".EXE, *.bat;js", "escalation_text": "",
        "escalation_contact": company.sue.pk,
    }  # fmt: skip
    address = "/admin/people/desksettings/1/change/"
    wrong = shown(ada.post(address, form | {"refused_file_types": "exe, what?/"}))
    assert "Not a file name ending: what?/" in wrong
    assert "greater than or equal to 1" in shown(ada.post(address, form | {"follow_up_hours": 0}))
    assert ada.post(address, form).status_code == 302
    now = DeskSettings.current()
    assert (now.review_interval_hours, now.refused_file_types) == (72, "exe bat js")
    assert (now.overdue_hours, now.digest_hour) == (24, 8)
    entry = AuditEntry.objects.get(kind="set_up_changed", subject_kind="desksettings")
    assert entry.changes["review_interval_hours"] == [48, 72]
    assert ada.post("/admin/people/desksettings/1/delete/").status_code == 403


def test_a_follow_up_contact_has_a_topic_of_the_department(company: Cast, ada: Client) -> None:
    own = Topic.objects.create(department=company.sales, name="Omnidian")
    other = Topic.objects.create(department=company.legal, name="Workout Plans")
    form: dict[str, Any] = {"name": "Sales", "slug": "sales", "is_active": "on", "position": 0}
    for rows in ("memberships", "topics", "follow_up_contacts"):
        form |= {f"{rows}-TOTAL_FORMS": 0, f"{rows}-INITIAL_FORMS": 0}
    form |= {
        "follow_up_contacts-TOTAL_FORMS": 1,
        "follow_up_contacts-0-user": company.dora.pk,
        "follow_up_contacts-0-position": 0,
        "follow_up_contacts-0-department": company.sales.pk,
    }
    address = f"/admin/people/department/{company.sales.pk}/change/"
    wrong = ada.post(address, form | {"follow_up_contacts-0-topic": other.pk})
    assert wrong.status_code == 200
    assert not FollowUpContact.objects.exists()
    right = ada.post(address, form | {"follow_up_contacts-0-topic": own.pk})
    assert right.status_code == 302
    assert FollowUpContact.objects.get().topic == own
