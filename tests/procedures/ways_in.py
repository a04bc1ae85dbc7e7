"""What the desk refuses (K5), and how it is tried each way in: by the API, on the screen, on
several cases at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from html import escape
from typing import Any, NamedTuple

from heliodesk.api.rules.tokens import make_token
from heliodesk.assignments.models import CaseAssignment
from heliodesk.bulk.models import Act
from heliodesk.cases.models import Case, Status
from heliodesk.cases.rules.merging import merge_cases
from heliodesk.cases.rules.taking import take
from heliodesk.core import clock
from heliodesk.feed.models import FeedItem
from heliodesk.people.models import DepartmentMembership
from tests import cast
from tests.api.conftest import Program
from tests.bulk.doing import done, result
from tests.cast import Cast, actor
from tests.screens import browser, words

Fields = Callable[[Cast], dict[str, Any]]
Door = tuple[str, str, Fields]  # method, path, body; in a path {org} is the Org's ID
Form = tuple[str, Fields]  # path, fields
Thing = Case | CaseAssignment | FeedItem | None
Made = Callable[[Cast], Thing]


class Refusal(NamedTuple):
    """What is tried, by whom, each way in; and the rule that refuses it."""

    code: str
    rule: str
    who: str
    made: Made
    api: Door
    screen: Form
    bulk: tuple[Act, Fields] | None = None


def address(thing: Thing) -> str:
    """Where it stands, for programs and people alike; nowhere for nothing."""
    if thing is None:
        return ""
    if isinstance(thing, FeedItem):
        return f"/cases/{thing.case.number}/posts/{thing.pk}"
    return f"/cases/{thing.number}" if isinstance(thing, Case) else f"/assignments/{thing}"


def refused_alike(company: Cast, one: Refusal) -> None:
    """Try it each way in: refused with the same words, the same code, the same number."""
    thing, user = one.made(company), getattr(company, one.who)
    method, path, fields = one.api
    program = Program(make_token(user, name="t", scope="write", by=actor(user)).text)
    place = f"{address(thing)}/{path}".format(org=company.org.pk).rstrip("/")
    told = program.send(method, place, fields(company)).json()
    assert (told["code"], told["rule"]) == (one.code, one.rule), told

    path, fields = one.screen
    place = f"{address(thing)}/{path}".format(org=company.org.pk)
    answer = browser(user).post(place, fields(company), follow=True)
    shown = words(answer)
    assert said(told["message"], shown), (told["message"], answer.status_code)
    assert f"/guide/#{one.rule}" in shown

    if one.bulk is not None:
        act, fields = one.bulk
        assert isinstance(thing, Case)
        refused = result(done(user, act, [thing], **fields(company)), thing)
        assert (refused.code, refused.rule) == (one.code, one.rule)
        assert refused.message == told["message"]


def said(message: str, shown: str) -> bool:
    """Whether the page says it, in HTML as Django or as Jinja writes quotes."""
    written = escape(message), escape(message).replace("&#x27;", "&#39;"), message
    return any(one in shown for one in written)


def nothing(company: Cast) -> dict[str, Any]:
    """Sent without anything."""
    return {}


def sent(**fields: Any) -> Fields:
    """Sent with this, whatever there is."""
    return lambda company: fields


def ago(company: Cast, hours: float) -> dict[str, Any]:
    """The fields of what was made then."""
    return {"created_at": clock.now() - timedelta(hours=hours)}


def closed(company: Cast) -> Case:
    """A case that was closed just now."""
    return cast.case(company, status=Status.CLOSED)


def long_closed(company: Cast) -> Case:
    """A case that was closed too long ago to be reopened."""
    return cast.case(company, status=Status.CLOSED, **ago(company, 7))


def merged(company: Cast) -> Case:
    """A case that was merged into another just now."""
    case = cast.case(company)
    merge_cases(case, into=cast.case(company), by=actor(company.frank))
    return case


def asked(company: Cast) -> Case:
    """A case with an assignment that stands."""
    case = cast.case(company, status=Status.INTERNAL_REFERRAL)
    cast.assignment(company, case)
    return case


def queued(company: Cast) -> Case:
    """A case that waits in the homeowner queue."""
    return cast.case(company, owner_queue=company.homeowner_queue)


def taken(company: Cast) -> Case:
    """A case that Bea has taken from the homeowner queue."""
    return take(queued(company), by=actor(company.bea))


def waiting(company: Cast) -> Case:
    """A case that awaits the customer's response."""
    return cast.case(company, status=Status.AWAITING_CUSTOMER)


def assigned(company: Cast, **fields: Any) -> CaseAssignment:
    """A case assignment of Sales that nobody has accepted yet."""
    case = cast.case(company, status=Status.INTERNAL_REFERRAL)
    return cast.assignment(company, case, **fields)


def accepted(company: Cast) -> CaseAssignment:
    """One that Dora has accepted; Bob is of her department too."""
    DepartmentMembership.objects.create(department=company.sales, user=company.bob)
    return assigned(company, status="accepted")


def ended(company: Cast) -> CaseAssignment:
    """One that Dora has completed."""
    return assigned(company, status="completed")


def posted(company: Cast, **fields: Any) -> FeedItem:
    """A post of Frank's on his case."""
    values = {"kind": "post", "author": company.frank, "at": clock.now(), "body": "Hi"} | fields
    return cast.case(company).feed.create(**values)


def old_post(company: Cast) -> FeedItem:
    """One that was posted more than 15 minutes ago."""
    return posted(company, at=clock.now() - timedelta(minutes=16))


def deleted_post(company: Cast) -> FeedItem:
    """One that was deleted."""
    return posted(company, deleted_at=clock.now(), body="")
