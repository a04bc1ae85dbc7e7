"""Cases through the API: the same rules, the same refusals (K5)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from heliodesk.cases.models import Case, Status
from heliodesk.cases.rules.closing import close
from heliodesk.core import clock
from heliodesk.core.refusal import Refused
from heliodesk.list_views.queries import stages
from tests import cast
from tests.api.conftest import Program
from tests.cast import Cast, actor

Programs = Callable[..., Program]


def asked(company: Cast, **more: Any) -> dict[str, Any]:
    """What a customer asks for."""
    return {
        "request_type": company.billing.pk,
        "request_subtype": company.autopay.pk,
        "source": company.phone.pk,
        "priority": "high",
        "description": "Charged twice.",
    } | more


def homeowner_case(company: Cast, **more: Any) -> dict[str, Any]:
    """A new homeowner case of Maria's."""
    return asked(company, contract_id="C-1001", contact=company.signer.pk) | more


def test_a_homeowner_case_is_opened(company: Cast, program: Programs) -> None:
    answer = program(company.frank).post("/cases/homeowner", homeowner_case(company))
    told = answer.json()
    assert answer.status_code == 201, told
    assert answer["Location"] == f"/api/v1/cases/{told['number']}"
    assert (told["owner"]["name"], told["priority"]) == (company.frank.name, "high")
    assert told["installer"]["name"] == "Brightfield Solar"  # the contract's (H5)


def test_a_case_is_opened_with_its_jira_tickets(company: Cast, program: Programs) -> None:
    came, url = program(company.frank), "https://example.atlassian.net/browse/SOL-12"
    refused = came.post("/cases/homeowner", homeowner_case(company, jira_tickets=["no address"]))
    assert (refused.status_code, refused.json()["field"]) == (422, "jira_tickets")
    told = came.post("/cases/homeowner", homeowner_case(company, jira_tickets=[url])).json()
    case = Case.objects.get(number=told["number"])
    assert list(case.jira_links.values_list("url", "key")) == [(url, "SOL-12")]
    assert url in told["description"]


def test_matching_cases_have_to_be_looked_at_first(company: Cast, program: Programs) -> None:
    first = cast.case(company)
    came = program(company.frank)
    refused = came.post("/cases/homeowner", homeowner_case(company))
    told = refused.json()
    assert (refused.status_code, told["code"], told["rule"]) == (409, "similar_cases", "B6")
    assert told["about"]["cases"][0]["number"] == first.display_number
    dismissed = homeowner_case(company, none_of_these=[first.display_number])
    assert came.post("/cases/homeowner", dismissed).status_code == 201


def test_a_cancelled_contract_wants_a_deliberate_yes(company: Cast, program: Programs) -> None:
    came = program(company.frank)
    body = homeowner_case(company, contract_id="C-0999")
    told = came.post("/cases/homeowner", body).json()
    assert told["rule"] == "H3"
    assert "about" in told
    confirmed = body | {"cancelled_contract_confirmed": True}
    assert came.post("/cases/homeowner", confirmed).status_code == 201


def test_an_installer_case_is_opened(company: Cast, program: Programs) -> None:
    body = asked(company, account=company.org.pk, contact=company.org_contact.pk)
    told = program(company.frank).post("/cases/installer", body).json()
    assert (told["case_type"], told["contract"]) == ("installer", None)


@pytest.mark.parametrize("field", ["contract_id", "contact", "request_type", "source"])
def test_what_is_named_has_to_be_there(company: Cast, program: Programs, field: str) -> None:
    body = homeowner_case(company) | {field: "C-404" if field == "contract_id" else 10**12}
    answer = program(company.frank).post("/cases/homeowner", body)
    assert (answer.status_code, answer.json()["field"]) == (422, field)


def test_fields_are_changed_by_the_rule(company: Cast, program: Programs) -> None:
    case = cast.case(company)
    answer = program(company.frank).patch(
        f"/cases/{case.number}", {"priority": "high", "description": "Anew"}
    )
    assert (answer.json()["priority"], answer.json()["description"]) == ("high", "Anew")


def test_if_match_keeps_what_somebody_else_changed(company: Cast, program: Programs) -> None:
    case = cast.case(company)
    came = program(company.frank)
    read = came.get(f"/cases/{case.number}")
    came.patch(f"/cases/{case.number}", {"description": "First"})
    late = came.patch(f"/cases/{case.number}", {"description": "Late"}, If_Match=read["ETag"])
    assert (late.status_code, late.json()["rule"]) == (412, "K2")
    again = came.get(f"/cases/{case.number}")
    done = came.patch(f"/cases/{case.number}", {"description": "Then"}, If_Match=again["ETag"])
    assert done.json()["description"] == "Then"


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("put", "owner", {"queue": "homeowner"}),
        ("put", "status", {"status": "awaiting_customer"}),
        ("post", "taking", {}),
        ("post", "reviews", {"comments": "Seen"}),
        ("post", "closure", {"closed_reason": 1}),
        ("post", "reopening", {}),
        ("put", "follow-up-date", {"at": "2030-01-01T10:00:00Z", "what_for": "Call"}),
        ("delete", "follow-up-date", None),
    ],
)
def test_no_act_on_a_case_passes_over_if_match(
    company: Cast, program: Programs, method: str, path: str, body: object
) -> None:
    case = cast.case(company)
    answer = program(company.frank).send(
        method, f"/cases/{case.number}/{path}", body, If_Match='"as it was once"'
    )
    assert (answer.status_code, answer.json()["code"]) == (412, "changed_meanwhile")


def test_who_has_the_case_already_is_told_so(company: Cast, program: Programs) -> None:
    case = cast.case(company)
    came = program(company.frank)
    read = came.get(f"/cases/{case.number}")
    kept = came.get(f"/cases/{case.number}", If_None_Match=read["ETag"])
    assert (kept.status_code, kept.content) == (304, b"")
    assert "Content-Length" not in kept.headers


@pytest.mark.parametrize("who", ["fiona", "dora", "oscar"])
def test_k7_holds_whatever_was_sent(company: Cast, program: Programs, who: str) -> None:
    case = cast.case(company)
    answer = program(getattr(company, who)).patch(f"/cases/{case.number}", {"priority": "high"})
    assert answer.status_code == (403 if who == "fiona" else 404)
    case.refresh_from_db()
    assert case.priority != 1


def test_the_refusal_of_a_rule_is_answered_as_it_is(company: Cast, program: Programs) -> None:
    case = cast.case(company)
    cast.assignment(company, case)
    with pytest.raises(Refused) as refusal:
        close(case, reason=company.resolved, by=actor(company.frank))
    answer = program(company.frank).post(
        f"/cases/{case.number}/closure", {"closed_reason": company.resolved.pk}
    )
    told = answer.json()
    assert answer.status_code == 409
    assert told["code"] == refusal.value.code
    assert told["message"] == refusal.value.message
    assert told["rule"] == refusal.value.rule == "X2"


def test_the_acts_of_a_day(company: Cast, program: Programs) -> None:
    case = cast.case(company, owner_queue=company.homeowner_queue)
    bea, path = program(company.bea), f"/cases/{case.number}"
    assert bea.post("/queues/homeowner/next").json()["number"] == case.display_number
    review = "Current Status: called. Pending Action Owner: me."
    assert bea.post(f"{path}/reviews", {"comments": review}).json()["review_comments"] == review
    waits = bea.put(f"{path}/status", {"status": "awaiting_customer"})
    assert waits.json()["status"] == "awaiting_customer"
    due = {"at": (clock.now() + timedelta(days=1)).isoformat(), "what_for": "Call back"}
    assert bea.put(f"{path}/follow-up-date", due).json()["follow_up_for"] == "Call back"
    assert bea.delete(f"{path}/follow-up-date").json()["follow_up_at"] is None
    assert bea.put(f"{path}/following").status_code == 200
    assert bea.delete(f"{path}/following").status_code == 200
    closed = bea.post(f"{path}/closure", {"closed_reason": company.resolved.pk})
    assert (closed.status_code, closed.json()["status"]) == (201, "closed")
    assert closed.json()["closed_reason"]["name"] == company.resolved.name
    assert closed.json()["closed_by"] == {"id": company.bea.pk, "name": company.bea.name}
    reopened = bea.post(f"{path}/reopening").json()
    assert reopened["status"] == "awaiting_support"
    assert (reopened["closed_reason"], reopened["closed_by"]) == (None, None)
    back = bea.put(f"{path}/owner", {"queue": "homeowner", "reason": "On leave"})
    assert back.json()["owner"] == {
        "kind": "queue",
        "id": company.homeowner_queue.pk,
        "slug": "homeowner",
        "name": company.homeowner_queue.name,
    }
    assert bea.post(f"{path}/taking").json()["owner"]["kind"] == "agent"


@pytest.mark.parametrize("body", [{}, {"agent": 1, "queue": "homeowner"}])
def test_an_owner_is_exactly_one(company: Cast, program: Programs, body: dict[str, object]) -> None:
    case = cast.case(company)
    answer = program(company.frank).put(f"/cases/{case.number}/owner", body)
    assert (answer.status_code, answer.json()["rule"]) == (422, "Q1")


def test_two_cases_are_merged_and_it_is_undone(company: Cast, program: Programs) -> None:
    case, into = cast.case(company), cast.case(company)
    frank = program(company.frank)
    merged = frank.post(f"/cases/{case.number}/merge", {"into": into.display_number})
    assert merged.json()["number"] == into.display_number
    case.refresh_from_db()
    assert case.status == Status.CLOSED
    assert frank.get(f"/cases/{case.number}").json()["merged_into"] == into.display_number
    undone = frank.post(f"/cases/{case.number}/merge/undoing")
    assert (undone.json()["status"], undone.json()["merged_into"]) == ("new", None)


def test_another_contract_is_put_on_a_case(company: Cast, program: Programs) -> None:
    case = cast.case(company)
    body = {"contract_id": "C-2001", "contact": company.neighbour_contact.pk}
    told = program(company.frank).put(f"/cases/{case.number}/contract", body).json()
    assert told["account"]["name"] == company.neighbour.name


@pytest.mark.parametrize("only", ["", "&all=status:is:new", "&all=status:is:new&sort=created_at"])
def test_a_list_is_paged_through_once(company: Cast, program: Programs, only: str) -> None:
    made = [cast.case(company).display_number for _ in range(5)]
    came, path, found = program(company.bea), f"/cases?limit=2{only}", []
    while path:
        told = came.get(path).json()
        found += [one["number"] for one in told["items"]]
        path = told["next"] and f"/cases?limit=2{only}&cursor={told['next']}"
    assert found == sorted(made, reverse="sort" not in only)


@pytest.mark.parametrize("spoil", [lambda text: text + "x", lambda text: "x" + text, lambda _: "x"])
def test_a_cursor_that_was_tampered_with_is_refused(
    company: Cast, program: Programs, spoil: Callable[[str], str]
) -> None:
    for _ in range(2):
        cast.case(company)
    came = program(company.bea)
    cursor = came.get("/cases?limit=1").json()["next"]
    for path in (f"/cases?cursor={spoil(cursor)}", f"/cases?sort=created_at&cursor={cursor}"):
        answer = came.get(path)
        assert (answer.status_code, answer.json()["code"]) == (422, "cursor_unreadable")


def test_lists_are_filtered_as_list_views_are(company: Cast, program: Programs) -> None:
    cast.case(company)
    wanted = cast.case(company, status=Status.CLOSED)
    told = program(company.bea).get("/cases?all=status:is:closed").json()
    assert [one["number"] for one in told["items"]] == [wanted.display_number]
    answer = program(company.bea).get("/cases?all=stauts:is:closed")
    assert (answer.status_code, answer.json()["field"]) == (422, "all")


def test_a_department_member_is_listed_theirs_alone(company: Cast, program: Programs) -> None:
    theirs, _ = cast.case(company), cast.case(company)
    cast.assignment(company, theirs)
    dora = program(company.dora)
    assert [one["number"] for one in dora.get("/cases").json()["items"]] == [theirs.display_number]
    assert dora.get(f"/cases/{Case.objects.last().number}").status_code == 404  # type: ignore[union-attr]
    assert program(company.oscar).get("/cases").json()["items"] == []


def test_cases_that_may_be_the_same_are_found(company: Cast, program: Programs) -> None:
    case = cast.case(company)
    told = program(company.frank).get("/cases/similar?contract_id=C-1001").json()
    assert told["items"][0]["number"] == case.display_number
    assert told["items"][0]["why"] == ["same contract"]


def test_the_record_of_a_case_is_administrators(company: Cast, program: Programs) -> None:
    case = cast.case(company)
    program(company.frank).patch(f"/cases/{case.number}", {"priority": "high"})
    assert program(company.sue).get(f"/cases/{case.number}/history").status_code == 403
    told = program(company.ada).get(f"/cases/{case.number}/history").json()["items"][0]
    assert told["origin"].startswith("api 127.0.0.1 hd_")


def test_a_filter_that_takes_too_long_is_refused(
    company: Cast, program: Programs, monkeypatch: pytest.MonkeyPatch
) -> None:
    cast.case(company)
    slow = stages.SETTINGS.replace(f"'{stages.LONGEST}'", "'1'")
    monkeypatch.setattr(stages, "SETTINGS", slow)
    slept: tuple[str, list[Any]] = ("(SELECT pg_sleep(1)) IS NOT NULL", [])
    monkeypatch.setattr("heliodesk.list_views.queries.listing.where", lambda *_, **__: slept)
    answer = program(company.bea).get("/cases?all=status:is:new")
    told = answer.json()
    assert (answer.status_code, told["code"], told["rule"]) == (422, "list_takes_too_long", "V3")
