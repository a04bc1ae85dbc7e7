"""K5: the same refusal on the screen, by the API, in a bulk result, and from the rule. An import is
compared with the rules in tests/integrations/salesforce/test_verdicts*.py."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from html import escape
from typing import Any, NamedTuple

import pytest

from heliodesk.api.rules.tokens import make_token
from heliodesk.bulk.models import Act
from heliodesk.cases.models import Case, Status
from heliodesk.core import clock
from tests import cast
from tests.api.conftest import Program
from tests.bulk.doing import done, result
from tests.cast import Cast, actor
from tests.screens import browser, words

pytestmark = pytest.mark.django_db
Fields = Callable[[Cast], dict[str, Any]]


class Refusal(NamedTuple):
    """What is tried, by whom, each way in; and the rule that refuses it."""

    code: str
    rule: str
    who: str
    made: Callable[[Cast], Case]
    api: tuple[str, str, Fields]
    screen: tuple[str, Fields]
    bulk: tuple[Act, Fields] | None = None


def nothing(company: Cast) -> dict[str, Any]:
    """Sent without anything."""
    return {}


def closed(company: Cast) -> Case:
    """A case that was closed just now."""
    return cast.case(company, status=Status.CLOSED)


def long_closed(company: Cast) -> Case:
    """A case that was closed too long ago to be reopened."""
    now = clock.now() - timedelta(hours=7)
    return cast.case(company, status=Status.CLOSED, created_at=now)


def asked(company: Cast) -> Case:
    """A case with an assignment that stands."""
    case = cast.case(company, status=Status.INTERNAL_REFERRAL)
    cast.assignment(company, case)
    return case


def queued(company: Cast) -> Case:
    """A case that waits in the homeowner queue."""
    return cast.case(company, owner_queue=company.homeowner_queue)


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
    Refusal("mentioned_may_not_see", "K6", "frank", cast.case, *posting("@oscar")),
]


@pytest.mark.parametrize("one", REFUSALS, ids=lambda one: f"{one.rule}-{one.code}-{one.who}")
def test_k5_the_same_refusal_each_way_in(company: Cast, one: Refusal) -> None:
    case, user = one.made(company), getattr(company, one.who)
    method, path, fields = one.api
    program = Program(make_token(user, name="t", scope="write", by=actor(user)).text)
    told = program.send(method, f"/cases/{case.number}/{path}", fields(company)).json()
    assert (told["code"], told["rule"]) == (one.code, one.rule), told

    path, fields = one.screen
    sent = browser(user).post(f"{case.get_absolute_url()}{path}", fields(company), follow=True)
    shown = words(sent)
    assert said(told["message"], shown), (told["message"], sent.status_code)
    assert f"/guide/#{one.rule}" in shown

    if one.bulk is not None:
        act, fields = one.bulk
        refused = result(done(user, act, [case], **fields(company)), case)
        assert (refused.code, refused.rule) == (one.code, one.rule)
        assert refused.message == told["message"]


def said(message: str, shown: str) -> bool:
    """Whether the page says it, in HTML as Django or as Jinja writes quotes."""
    written = escape(message), escape(message).replace("&#x27;", "&#39;"), message
    return any(one in shown for one in written)
