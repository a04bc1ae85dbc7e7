"""Assignments, the feed, interactions, notices and files through the API."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from heliodesk.cases.models import Status
from heliodesk.files.models import CaseFile
from heliodesk.people.models import User
from tests import cast
from tests.api.conftest import API, Program
from tests.cast import Cast

Programs = Callable[..., Program]


def test_a_department_does_its_part(company: Cast, program: Programs) -> None:
    case = cast.case(company)
    frank, dora = program(company.frank), program(company.dora)
    body = {
        "department": "sales",
        "referral_reason": company.sales_reason.pk,
        "referral_comments": "Who promised this?",
        "account_manager": company.sue.pk,
        "sales_manager": company.ada.pk,
    }
    made = frank.post(f"/cases/{case.number}/assignments", body)
    assert made.status_code == 201, made.content
    path = f"/assignments/{made.json()['number']}"
    assert frank.post(f"{path}/acceptance").json()["rule"] == "A4"
    assert frank.post(f"{path}/follow-up").status_code == 200
    assert dora.post(f"{path}/acceptance").json()["assignee"]["name"] == company.dora.name
    done = dora.post(f"{path}/completion", {"resolution": "Asked the rep."}).json()
    assert (done["status"], done["outcome"]) == ("completed", "Asked the rep.")
    case.refresh_from_db()
    assert case.status == Status.AWAITING_SUPPORT


def test_a_member_takes_over_and_releases(company: Cast, program: Programs) -> None:
    asked = cast.assignment(company, cast.case(company))
    sam = User.objects.create(username="sam", name="Sam Tester")
    company.sales.members.add(sam)
    dora, path = program(company.dora), f"/assignments/{asked}"
    for act in ("takeover", "release"):
        told = dora.post(f"{path}/{act}")
        assert (told.status_code, told.json()["code"]) == (409, "assignment_not_accepted")
    assert dora.post(f"{path}/acceptance").status_code == 200
    assert dora.post(f"{path}/takeover").json()["code"] == "assignment_yours"
    assert program(sam).post(f"{path}/takeover").json()["assignee"]["name"] == "Sam Tester"
    assert program(company.frank).post(f"{path}/release").json()["rule"] == "A4"
    released = dora.post(f"{path}/release").json()
    assert (released["status"], released["assignee"]) == ("open", None)
    assert program(company.oscar).post(f"{path}/takeover").status_code == 404


@pytest.mark.parametrize("act", ["rejection", "return"])
def test_it_is_rejected_or_returned_with_a_reason(
    company: Cast, program: Programs, act: str
) -> None:
    asked = cast.assignment(company, cast.case(company))
    dora = program(company.dora)
    assert dora.post(f"/assignments/{asked}/{act}", {"reason": " "}).json()["field"] == "reason"
    assert dora.post(f"/assignments/{asked}/{act}", {"reason": "Not ours"}).status_code == 200


def test_assignments_are_listed_and_narrowed(company: Cast, program: Programs) -> None:
    case = cast.case(company)
    asked = cast.assignment(company, case)
    ended = cast.assignment(company, cast.case(company), status="completed")
    frank = program(company.frank)

    def numbers(query: str) -> list[str]:
        return [one["number"] for one in frank.get(f"/assignments?{query}").json()["items"]]

    assert numbers(f"case={case.number}") == [str(asked)]
    assert numbers("status=completed") == [str(ended)]
    assert numbers("department=sales") == [str(ended), str(asked)]
    assert frank.get("/assignments?department=nowhere").status_code == 422
    assert program(company.oscar).get("/assignments").json()["items"] == []


def test_a_feed_is_posted_to_replied_to_and_read(company: Cast, program: Programs) -> None:
    case = cast.case(company)
    bea, path = program(company.bea), f"/cases/{case.number}"
    first = bea.post(f"{path}/posts", {"body": "See **this**"}).json()
    reply = bea.post(f"{path}/posts", {"body": "And that", "parent": first["id"]}).json()
    changed = bea.patch(f"{path}/posts/{reply['id']}", {"body": "And those"}).json()
    assert (changed["body"], changed["edited"]) == ("And those", True)
    thread = bea.get(f"{path}/feed?show=posts").json()["items"][0]
    assert thread["body"] == "See **this**"
    assert thread["replies"][0]["parent"] == first["id"]
    assert bea.delete(f"{path}/posts/{reply['id']}").json()["deleted"] is True
    refused = program(company.frank).patch(f"{path}/posts/{first['id']}", {"body": "Mine"})
    assert (refused.status_code, refused.json()["rule"]) == (403, "C4")


def test_a_feed_is_paged(company: Cast, program: Programs) -> None:
    case = cast.case(company)
    bea, path = program(company.bea), f"/cases/{case.number}"
    for word in ("one", "two", "three"):
        bea.post(f"{path}/posts", {"body": word})
    first = bea.get(f"{path}/feed?limit=2").json()
    rest = bea.get(f"{path}/feed?limit=2&cursor={first['next']}").json()
    assert [one["body"] for one in first["items"] + rest["items"]] == ["three", "two", "one"]
    assert rest["next"] is None
    assert bea.get(f"{path}/feed?cursor=20260101T000000.0-1").status_code == 422


def test_an_interaction_is_recorded(company: Cast, program: Programs) -> None:
    case = cast.case(company, status=Status.AWAITING_CUSTOMER)
    body = {"case": case.display_number, "channel": "phone", "about": "Paid.", "resolved": True}
    answer = program(company.bea).post("/interactions", body)
    assert (answer.status_code, answer.json()["case_number"]) == (201, case.display_number)
    case.refresh_from_db()
    assert case.status == Status.AWAITING_SUPPORT  # S3


def test_ones_notices_are_read(company: Cast, program: Programs) -> None:
    case = cast.case(company)
    program(company.bea).post(f"/cases/{case.number}/posts", {"body": "@frank look"})
    frank = program(company.frank)
    notice = frank.get("/notices?unread=true").json()["items"][0]
    assert (notice["kind"], notice["by"]) == ("mentioned", company.bea.name)
    assert program(company.fiona).get("/notices").json()["items"] == []
    assert frank.post("/notices/read", {"up_to": notice["id"]}).json() == {"read": 1}
    assert frank.get("/notices?unread=true").json()["items"] == []


def upload(came: Program, number: int, *files: SimpleUploadedFile, **headers: str) -> Any:
    """The answer to files put on a case."""
    path = f"{API}/cases/{number}/files"
    return came.client.post(path, {"files": files}, headers=headers)


def test_files_are_put_on_a_case_and_fetched(company: Cast, program: Programs) -> None:
    case, bea = cast.case(company), program(company.bea)
    answer = upload(bea, case.number, SimpleUploadedFile("bill.txt", b"42 dollars"))
    assert answer.status_code == 201, answer.content
    listed = bea.get(f"/cases/{case.number}/files").json()["items"][0]
    assert (listed["name"], listed["size"]) == ("bill.txt", 10)
    fetched = bea.get(f"/cases/{case.number}/files/{listed['id']}")
    assert b"".join(fetched.streaming_content) == b"42 dollars"
    assert "sandbox" in fetched["Content-Security-Policy"]
    path = f"/cases/{case.number}/files/{listed['id']}"
    assert program(company.oscar).get(path).status_code == 404


def test_a_file_that_is_refused_says_why(company: Cast, program: Programs) -> None:
    case, bea = cast.case(company), program(company.bea)
    refused = upload(bea, case.number, SimpleUploadedFile("a.exe", b"MZ"))
    assert (refused.status_code, refused.json()["code"]) == (422, "file_type_refused")
    some = upload(
        bea, case.number, SimpleUploadedFile("a.exe", b"MZ"), SimpleUploadedFile("b.txt", b"x")
    ).json()
    assert [one["code"] for one in some["refused"]] == ["file_type_refused"]
    assert CaseFile.objects.get().name == "b.txt"


def test_a_file_sent_twice_with_a_key_is_there_once(company: Cast, program: Programs) -> None:
    case, bea = cast.case(company), program(company.bea)
    for _ in range(2):
        sent = SimpleUploadedFile("b.txt", b"x")
        assert upload(bea, case.number, sent, **{"Idempotency-Key": "k"}).status_code == 201
    assert CaseFile.objects.count() == 1
