"""K5: the same refusal on the screen, by the API, in a bulk result, and from the rule. An import is
compared with the rules in tests/integrations/salesforce/test_verdicts*.py."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from heliodesk.api.rules.tokens import make_token
from heliodesk.bulk.models import Act
from heliodesk.cases.models import Case, Priority
from heliodesk.directory.models import Contract
from tests import cast
from tests.api.conftest import Program
from tests.cast import Cast, actor
from tests.procedures.ways_in import (
    Refusal,
    accepted,
    asked,
    assigned,
    closed,
    deleted_post,
    ended,
    long_closed,
    merged,
    nothing,
    old_post,
    posted,
    queued,
    refused_alike,
    sent,
    taken,
    waiting,
)
from tests.screens import browser, words

pytestmark = pytest.mark.django_db

CLOSING = (
    ("post", "closure", lambda c: {"closed_reason": c.resolved.pk}),
    ("closure/new/", lambda c: {"reason": c.resolved.pk}),
    (Act.CLOSE, lambda c: {"reason": c.resolved}),
)  # fmt: skip
OWNER = (
    ("put", "owner", lambda c: {"agent": c.bea.pk}),
    ("owner/", lambda c: {"to": f"user-{c.bea.pk}"}),
    (Act.OWNER, lambda c: {"to": c.bea}),
)  # fmt: skip
TAKING = (("post", "taking", nothing), ("taking/", nothing), (Act.TAKE, nothing))
WAITING = (
    ("put", "status", lambda c: {"status": "awaiting_customer"}),
    ("status/", lambda c: {"status": "awaiting_customer"}),
)
REOPENING = (("post", "reopening", nothing), ("reopening/new/", nothing))
ESCALATING = (
    ("put", "owner", lambda c: {"agent": c.bea.pk, "escalation": True}),
    ("owner/", lambda c: {"to": f"user-{c.bea.pk}", "escalation": "on"}),
)
GIVING_BACK = (
    ("put", "owner", lambda c: {"queue": c.homeowner_queue.slug}),
    ("owner/", lambda c: {"to": f"queue-{c.homeowner_queue.pk}"}),
)
KEEPING = (
    ("put", "owner", lambda c: {"agent": c.frank.pk}),
    ("owner/", lambda c: {"to": f"user-{c.frank.pk}"}),
)
PRIORITY = (
    ("patch", "", sent(priority="high")),
    ("edit/?group=request", sent(priority=str(Priority.HIGH.value))),
    (Act.PRIORITY, sent(priority=Priority.HIGH)),
)
SUBTYPE = (
    ("patch", "", lambda c: {"request_subtype": c.low_production.pk}),
    ("edit/?group=request", lambda c: {"request_subtype": str(c.low_production.pk)}),
)
CONTRACT = (
    ("put", "contract", lambda c: contract(c, c.contract)),
    ("contract/", lambda c: on_screen(c, c.contract)),
)
ENDING_CONTRACT = (
    ("put", "contract", lambda c: contract(c, c.cancelled)),
    ("contract/", lambda c: on_screen(c, c.cancelled)),
)
UNDOING = (("post", "merge/undoing", nothing), ("merge/undoing/", nothing))
NO_FOLLOW_UP_DATE = (
    ("delete", "follow-up-date", nothing),
    ("follow-up-date/removal/", nothing),
)
EDITING_POST = (("patch", "", sent(body="Ho")), ("edit/", sent(body="Ho")))
DELETING_POST = (("delete", "", nothing), ("deletion/new/", nothing))
ACCEPTING = (("post", "acceptance", nothing), ("acceptance/", nothing))
TAKING_OVER = (("post", "takeover", nothing), ("takeover/", nothing))
RELEASING = (("post", "release", nothing), ("release/", nothing))
WITHDRAWING = (("post", "withdrawal", nothing), ("withdrawal/new/", nothing))
ASKING_AFTER = (("post", "follow-up", nothing), ("follow-up/", nothing))


def contract(company: Cast, to: Contract) -> dict[str, Any]:
    """Another contract for the case, by the API."""
    return {"contract_id": to.contract_id, "contact": company.signer.pk}


def on_screen(company: Cast, to: Contract) -> dict[str, Any]:
    """The same as its form sends it."""
    return {
        "contract": to.contract_id,
        "seen_contract": company.contract.contract_id,
        "contact": company.signer.pk,
        "installer": company.org.pk,
    }


def completing(text: str) -> tuple[Any, Any]:
    """The assignment completed with this resolution, by the API and on the screen."""
    said = sent(resolution=text)
    return ("post", "completion", said), ("completion/new/", said)


def refusing(how: str, text: str) -> tuple[Any, Any]:
    """The assignment rejected or returned for this reason, by the API and on the screen."""
    said = sent(reason=text)
    return ("post", how, said), (f"{how}/new/", said)


def coming_back(at: str, what_for: str) -> tuple[Any, Any]:
    """A follow-up date, by the API and on the screen."""
    return (
        ("put", "follow-up-date", sent(at=f"{at}:00Z", what_for=what_for)),
        ("follow-up-date/", sent(at=at, what_for=what_for)),
    )


def asking(comments: str) -> tuple[Any, Any]:
    """Asking Legal, by the API and on the screen."""
    return (
        (
            "post",
            "assignments",
            lambda c: {
                "department": c.legal.slug,
                "referral_reason": c.legal_reason.pk,
                "referral_comments": comments,
            },
        ),
        (
            "assignments/new/?department=legal",
            lambda c: {
                "department": c.legal.slug,
                "reason": c.legal_reason.pk,
                "comments": comments,
            },
        ),
    )


def reviewing(text: str) -> tuple[Any, Any]:
    """A review with this text, by the API and on the screen."""
    said = {"comments": text}
    return ("post", "reviews", lambda c: said), ("review/new/", lambda c: said)


def relating(to: Callable[[Cast], str]) -> tuple[Any, Any]:
    """The case linked with the one of that number, by the API and on the screen."""

    def fields(company: Cast) -> dict[str, Any]:
        return {"other": to(company)}

    return ("post", "related-cases", fields), ("related/new/", fields)


def itself(company: Cast) -> str:
    """The number of the only case there is."""
    return Case.objects.get().display_number


def none_there(company: Cast) -> str:
    """A number that no case has."""
    return "99999999"


def posting(text: str) -> tuple[Any, Any]:
    """A post with this text, by the API and on the screen."""
    said = {"body": text}
    return ("post", "posts", lambda c: said), ("posts/", lambda c: said)


REFUSALS = [
    Refusal("assignments_open", "X2", "frank", asked, *CLOSING),
    Refusal("not_the_owner", "K7", "fiona", cast.case, *CLOSING),
    Refusal("case_closed", "X6", "frank", closed, *CLOSING),
    Refusal("not_the_owner", "Q5", "fiona", cast.case, *OWNER),
    Refusal("case_closed", "X6", "frank", closed, *OWNER),
    Refusal("already_taken", "Q4", "bea", cast.case, *TAKING),
    Refusal("not_a_member", "Q4", "frank", queued, TAKING[0], TAKING[1]),
    Refusal("assignments_open", "S1", "frank", asked, *WAITING),
    Refusal("not_the_owner", "K7", "fiona", cast.case, *WAITING),
    Refusal("case_closed", "X6", "frank", closed, *WAITING),
    Refusal("not_closed", "X4", "frank", cast.case, *REOPENING),
    Refusal("reopening_too_late", "X4", "frank", long_closed, *REOPENING),
    Refusal("not_the_owner", "L1", "sue", cast.case, *reviewing("Seen")),
    Refusal("review_empty", "L3", "frank", cast.case, *reviewing(" ")),
    Refusal("review_too_long", "L3", "frank", cast.case, *reviewing("x" * 1001)),
    Refusal("case_closed", "X6", "frank", closed, *asking("Read it")),
    Refusal("not_the_owner", "K7", "fiona", cast.case, *asking("Read it")),
    Refusal("comments_missing", "A1", "frank", cast.case, *asking(" ")),
    Refusal("post_empty", "C1", "frank", cast.case, *posting(" ")),
    Refusal("post_too_long", "C1", "frank", cast.case, *posting("x" * 20_001)),
    Refusal("mentioned_may_not_see", "K6", "frank", cast.case, *posting("@oscar")),
    Refusal("not_your_post", "C4", "fiona", posted, *EDITING_POST),
    Refusal("not_your_post", "C4", "fiona", posted, *DELETING_POST),
    Refusal("edit_window_over", "C4", "frank", old_post, *EDITING_POST),
    Refusal("edit_window_over", "C4", "frank", old_post, *DELETING_POST),
    Refusal("post_deleted", "C4", "frank", deleted_post, *EDITING_POST),
    Refusal("owner_already", "Q2", "frank", cast.case, *KEEPING),
    Refusal("escalation_reason_missing", "Q2", "frank", cast.case, *ESCALATING),
    Refusal("giving_back_reason_missing", "Q5", "bea", taken, *GIVING_BACK),
    Refusal("case_closed", "X6", "bea", closed, *TAKING),
    Refusal("status_already", "S2", "frank", waiting, *WAITING),
    Refusal("case_closed", "X6", "frank", closed, *reviewing("Seen")),
    Refusal("merged", "X7", "frank", merged, *REOPENING),
    Refusal("not_the_owner", "K7", "fiona", cast.case, *PRIORITY),
    Refusal("case_closed", "X6", "frank", closed, *PRIORITY),
    Refusal("not_the_owner", "K7", "fiona", cast.case, *ENDING_CONTRACT),
    Refusal("case_closed", "X6", "frank", closed, *ENDING_CONTRACT),
    Refusal("contract_already", "H8", "frank", cast.case, *CONTRACT),
    Refusal("cancelled_contract", "H3", "frank", cast.case, *ENDING_CONTRACT),
    Refusal("installer_case_has_no_contract", "H8", "frank", cast.installer_case, *CONTRACT),
    Refusal("not_merged", "X7", "frank", closed, *UNDOING),
    Refusal("not_the_owner", "K7", "fiona", merged, *UNDOING),
    Refusal("no_follow_up", "W1", "frank", cast.case, *NO_FOLLOW_UP_DATE),
    Refusal("follow_up_at", "W1", "frank", cast.case, *coming_back("2020-01-31T09:30", "Call")),
    Refusal("not_the_owner", "K7", "fiona", cast.case, *coming_back("2027-01-31T09:30", "Call")),
    Refusal("related_to_itself", "W2", "fiona", cast.case, *relating(itself)),
    Refusal("case_not_found", "W2", "fiona", cast.case, *relating(none_there)),
    Refusal("case_closed", "X6", "fiona", closed, *relating(itself)),
    Refusal("not_of_department", "A4", "frank", assigned, *ACCEPTING),
    Refusal("not_of_department", "A4", "sue", accepted, *TAKING_OVER),
    Refusal("not_of_department", "A4", "ada", accepted, *RELEASING),
    Refusal("not_of_department", "A4", "frank", assigned, *refusing("rejection", "Not ours")),
    Refusal("not_of_department", "A4", "frank", assigned, *refusing("return", "No papers")),
    Refusal("assignment_accepted", "A4", "bob", accepted, *ACCEPTING),
    Refusal("assignment_yours", "A4", "dora", accepted, *ACCEPTING),
    Refusal("assignment_yours", "A4", "dora", accepted, *TAKING_OVER),
    Refusal("assignment_not_accepted", "A4", "dora", assigned, *TAKING_OVER),
    Refusal("assignment_not_accepted", "A4", "dora", assigned, *RELEASING),
    Refusal("assignment_not_accepted", "A4", "dora", assigned, *completing("Done")),
    Refusal("not_the_assignee", "A4", "bob", accepted, *completing("Done")),
    Refusal("assignment_ended", "A4", "dora", ended, *ACCEPTING),
    Refusal("assignment_ended", "A4", "dora", ended, *refusing("return", "No papers")),
    Refusal("assignment_ended", "A4", "frank", ended, *WITHDRAWING),
    Refusal("assignment_ended", "F1", "frank", ended, *ASKING_AFTER),
    Refusal("resolution_missing", "A4", "dora", accepted, *completing(" ")),
    Refusal("reason_missing", "A4", "dora", assigned, *refusing("rejection", " ")),
    Refusal("reason_missing", "A4", "dora", assigned, *refusing("return", " ")),
    Refusal("not_the_owner", "K7", "fiona", assigned, *WITHDRAWING),
    Refusal("not_the_owner", "K7", "fiona", assigned, *ASKING_AFTER),
    Refusal("case_not_found", "K6", "oscar", cast.case, *CLOSING[:2]),
    Refusal("case_not_found", "K6", "oscar", cast.case, *posting("Hi")),
    Refusal("assignment_not_found", "K6", "oscar", assigned, *ACCEPTING),
]


@pytest.mark.parametrize("one", REFUSALS, ids=lambda one: f"{one.rule}-{one.code}-{one.who}")
def test_k5_the_same_refusal_each_way_in(company: Cast, one: Refusal) -> None:
    refused_alike(company, one)


def test_k6_nothing_tells_a_case_that_one_may_not_see_from_none(company: Cast) -> None:
    oscar, number = browser(company.oscar), cast.case(company).number
    program = Program(
        make_token(company.oscar, name="t", scope="write", by=actor(company.oscar)).text
    )
    shown, told = set(), set()
    for asked_for in (number, number + 1):
        page = words(oscar.get(f"/cases/{asked_for}/review/new/"))
        shown.add(re.sub(r'="[^"]*"', "", page).replace(f"{asked_for:08d}", "N"))
        told.add(
            program.get(f"/cases/{asked_for}").json()["message"].replace(f"{asked_for:08d}", "N")
        )
    assert len(shown) == len(told) == 1
