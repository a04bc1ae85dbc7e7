"""K. Keeping it safe: who may what, and what is kept of it."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from http import HTTPStatus
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from pytest_django import Settings

from heliodesk.cases.access import visible_cases, who_may_see
from heliodesk.cases.models import Case, Priority, Status
from heliodesk.cases.rules.change_contract import change_contract
from heliodesk.cases.rules.closing import close
from heliodesk.cases.rules.editing import edit_case
from heliodesk.cases.rules.interaction import record_interaction
from heliodesk.cases.rules.ownership import change_owner
from heliodesk.cases.rules.reopening import reopen
from heliodesk.cases.rules.review import log_review
from heliodesk.cases.rules.status import set_status
from heliodesk.cases.rules.taking import take
from heliodesk.core.models import AuditEntry
from heliodesk.core.refusal import Refused
from heliodesk.feed.models import FeedItem, Mention
from heliodesk.feed.rules.posts import delete_post, edit_post, post
from heliodesk.files.models import CaseFile
from heliodesk.files.rules.upload import add_files
from heliodesk.people.access import Actor
from heliodesk.people.models import User
from tests import cast
from tests.cast import Cast, actor

CHECKOUT = Path(__file__).resolve().parent.parent.parent
PEOPLE = ("frank", "fiona", "bea", "bob", "ines", "sue", "ada", "dora", "oscar")
SUPPORT = {"frank", "fiona", "bea", "bob", "ines", "sue", "ada"}
NOT_ALLOWED = HTTPStatus.METHOD_NOT_ALLOWED
#: The API's own document says nothing of any case; an address of it that there is not, neither.
OF_THE_API = {"openapi", "api_nothing", "api-root"}
#: By which one signs in, where a link or a provider leads there; tests/people/ tries each.
OF_SIGNING_IN = {
    "account_reset_password", "account_reset_password_done", "account_reset_password_from_key",
    "account_reset_password_from_key_done", "invitation", "openid_connect_login",
    "openid_connect_callback", "saml_login", "saml_acs", "saml_finish_acs", "saml_metadata",
    "saml_sls",
}  # fmt: skip
#: Pages that are there for people who have not signed in yet.
PUBLIC = (
    {"login", "account_login", "account_logout", "account_inactive", "favicon"}
    | OF_THE_API
    | OF_SIGNING_IN
)
EXAMPLES = {"int": "1", "str": "x", "slug": "x", "path": "x", "uuid": str(uuid4())} | {
    "choice_kind": "closed-reasons"
}


@pytest.fixture(autouse=True)
def storage(tmp_path: Path, settings: Settings) -> None:
    """A storage that begins empty."""
    settings.MEDIA_ROOT = tmp_path


def addresses(patterns: list[Any], before: str = "/") -> Iterator[tuple[str, str]]:
    """Name and an example of every address of the desk."""
    for pattern in patterns:
        route = before + str(pattern.pattern).replace("^", "").replace("\\Z", "").replace("$", "")
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, route)
        elif isinstance(pattern, URLPattern):
            example = re.sub(r"<(?:(\w+):)?\w+>", lambda m: EXAMPLES[m[1] or "str"], route)
            yield str(pattern.name or ""), example


@pytest.mark.django_db
def test_k1_everyone_signs_in() -> None:
    anonymous = Client()
    seen = 0
    for name, address in addresses(get_resolver().url_patterns):
        if name in PUBLIC or "(?P<" in address:
            continue
        seen += 1
        for ask in (anonymous.get, anonymous.post):
            answer = ask(address)
            if address.startswith("/api/v1/"):  # by a token, not by a session
                assert answer.status_code in {HTTPStatus.UNAUTHORIZED, NOT_ALLOWED}, address
                continue
            assert answer.status_code == HTTPStatus.FOUND, address
            assert "/login/" in answer["Location"], address
    assert seen > 40


@pytest.mark.django_db
def test_k1_somebody_deactivated_is_signed_out(company: Cast, frank_client: Client) -> None:
    assert frank_client.get("/notices/").status_code == HTTPStatus.OK
    User.objects.filter(pk=company.frank.pk).update(is_active=False)
    assert frank_client.get("/notices/").status_code == HTTPStatus.FOUND


@pytest.mark.django_db
def test_k3_a_form_sent_twice_makes_one(company: Cast, frank_client: Client) -> None:
    case = cast.case(company)
    sent = {"body": "Once", "once": str(uuid4())}
    first, second = (frank_client.post(f"{case.get_absolute_url()}posts/", sent) for _ in range(2))
    assert FeedItem.objects.count() == 1
    assert first["Location"] == second["Location"]


@pytest.mark.django_db
def test_k4_every_change_is_recorded_with_who_when_and_from_where(
    company: Cast, frank_client: Client
) -> None:
    case = cast.case(company)
    address = case.get_absolute_url()
    frank_client.post(f"{address}posts/", {"body": "First"})
    item = FeedItem.objects.get()
    frank_client.post(f"{address}posts/{item.pk}/edit/", {"body": "Second"})
    frank_client.post(f"{address}posts/{item.pk}/deletion/new/")
    frank_client.post(f"{address}files/", {"files": [SimpleUploadedFile("a.txt", b"a")]})
    close(case, reason=company.resolved, by=actor(company.frank))
    told = AuditEntry.objects.filter(subject_kind="case", subject_id=case.pk).order_by("id")
    assert [(entry.kind, entry.by, entry.origin) for entry in told] == [
        ("post", company.frank, "screen 127.0.0.1"),
        ("post_edited", company.frank, "screen 127.0.0.1"),
        ("post_deleted", company.frank, "screen 127.0.0.1"),
        ("file_added", company.frank, "screen 127.0.0.1"),
        ("closed", company.frank, "test"),
    ]
    assert told[1].changes == {"item": item.pk, "body": ["First", "Second"]}
    assert told[2].changes == {"item": item.pk, "body": ["Second", ""]}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement", ["UPDATE core_auditentry SET kind = 'x'", "DELETE FROM core_auditentry"]
)
def test_k4_nobody_edits_that_record(company: Cast, statement: str) -> None:
    post(cast.case(company), body="Hello", by=actor(company.frank))
    with (
        pytest.raises(IntegrityError, match="never changed"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert AuditEntry.objects.get().kind == "post"


REFUSALS = {"Refused", "NotPermitted", "NotFound", "NeedsConfirmation"}


def refusals() -> Iterator[tuple[str, ast.Call]]:
    """Every refusal in the code, with where it stands."""
    for path in sorted((CHECKOUT / "heliodesk").rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        if not any(name in text for name in REFUSALS):
            continue
        calls = (node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call))
        for call in calls:
            if isinstance(call.func, ast.Name) and call.func.id in REFUSALS:
                yield f"{path.relative_to(CHECKOUT)}:{call.lineno}", call


def test_k5_every_refusal_says_which_rule_and_in_whole_sentences() -> None:
    found = list(refusals())
    for where, call in found:
        assert "rule" in {keyword.arg for keyword in call.keywords}, where
        words = ast.unparse(call.args[1]).rstrip("'\"")
        if isinstance(call.args[1], (ast.Constant, ast.JoinedStr)):
            assert words.endswith((".", "?")), f"{where}: {words}"
    assert len(found) > 30


@pytest.mark.django_db
def test_k5_a_refusal_reads_the_same_on_the_screen_as_from_the_rule(
    company: Cast, frank_client: Client
) -> None:
    case = cast.case(company)
    with pytest.raises(Refused) as refused:
        post(case, body="@oscar", by=actor(company.frank))
    page = frank_client.post(f"{case.get_absolute_url()}posts/", {"body": "@oscar"})
    assert refused.value.message in page.content.decode()
    assert f'href="/guide/#{refused.value.rule}"' in page.content.decode()


def ways_to_see(company: Cast, case: Case) -> dict[str, Callable[[], object]]:
    """What opens a case to Dora of Sales, by name."""
    item = post(case, body="Look", by=actor(company.frank))
    return {
        "assigned": lambda: cast.assignment(company, case),
        "assigned before": lambda: cast.assignment(company, case, status="completed"),
        "mentioned": lambda: Mention.objects.create(item=item, user=company.dora),
        "department mentioned": lambda: Mention.objects.create(item=item, department=company.sales),
    }


@pytest.mark.django_db
@pytest.mark.parametrize(
    "way", ["assigned", "assigned before", "mentioned", "department mentioned"]
)
def test_k6_one_predicate_decides_which_cases_one_may_see(
    company: Cast, client: Client, way: str
) -> None:
    case, other = cast.case(company), cast.case(company)
    client.force_login(company.dora)
    address = f"{case.get_absolute_url()}posts/"
    assert client.get(address).status_code == HTTPStatus.NOT_FOUND
    ways_to_see(company, case)[way]()
    assert client.get(address).status_code == HTTPStatus.OK
    for name in PEOPLE:
        user = getattr(company, name)
        seen = set(visible_cases(actor(user)))
        assert seen == ({case, other} if name in SUPPORT else {case} if name == "dora" else set())
        for one in (case, other):
            assert who_may_see(one, User.objects.filter(pk=user.pk)).exists() == (one in seen)


@pytest.mark.django_db
def test_k6_what_one_may_not_see_is_not_there(company: Cast, client: Client) -> None:
    case = cast.case(company)
    add_files(case, uploads=[SimpleUploadedFile("a.txt", b"a")], by=actor(company.frank))
    item = post(case, body="Hi", by=actor(company.frank))
    client.force_login(company.oscar)
    known = {"item_id": str(item.pk), "file_id": str(CaseFile.objects.get().pk), "name": "a.txt"}
    known["number"] = known["other"] = case.display_number
    known["link_id"] = "1"
    asked = 0
    for _, pattern in patterns_with("number", get_resolver().url_patterns):
        asked += 1
        address = re.sub(r"<(?:\w+:)?(\w+)>", lambda match: known[match[1]], pattern)
        for ask in (client.get, client.post):
            status = ask(address).status_code
            assert status in {HTTPStatus.NOT_FOUND, HTTPStatus.METHOD_NOT_ALLOWED}, address
    assert asked >= 6


def patterns_with(name: str, patterns: list[Any], before: str = "/") -> Iterator[tuple[str, str]]:
    """The addresses that name a case by its number."""
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from patterns_with(name, pattern.url_patterns, route)
        elif "cases/" in route and f":{name}>" in route:
            yield str(pattern.name), route


Act = Callable[[Cast, Case, Actor], object]

ACTS: dict[str, Act] = {
    "edit": lambda c, case, by: edit_case(
        case, changes={"priority": Priority.HIGH}, seen={"priority": Priority.NORMAL}, by=by
    ),
    "contract": lambda c, case, by: change_contract(
        case,
        c.neighbour_contract,
        contact=c.neighbour_contact,
        installer=c.org,
        installer_contact=None,
        by=by,
    ),
    "status": lambda c, case, by: set_status(case, Status.AWAITING_CUSTOMER, by=by),
    "close": lambda c, case, by: close(case, reason=c.resolved, by=by),
    "owner": lambda c, case, by: change_owner(case, to=c.fiona, by=by),
    "review": lambda c, case, by: log_review(case, comments="Called the bank.", by=by),
    "take": lambda c, case, by: take(case, by=by),
    "post": lambda c, case, by: post(case, body="Hello", by=by),
    "file": lambda c, case, by: add_files(case, uploads=[SimpleUploadedFile("a.txt", b"a")], by=by),
    "interaction": lambda c, case, by: record_interaction(
        case=case, channel="phone", about="Called again.", resolved=True, by=by
    ),
}
OWNER_OR_SUPERVISOR = {"frank", "sue", "ada"}
EVERYBODY_WHO_SEES = SUPPORT | {"dora"}
#: Who may what: on Frank's case; and on one of the homeowner queue, whose members are Bea and Bob.
MAY = {
    "edit": (OWNER_OR_SUPERVISOR, {"sue", "ada"}),
    "contract": (OWNER_OR_SUPERVISOR, {"sue", "ada"}),
    "status": (OWNER_OR_SUPERVISOR, {"sue", "ada"}),
    "close": (OWNER_OR_SUPERVISOR, {"sue", "ada"}),
    "owner": (OWNER_OR_SUPERVISOR, {"bea", "bob", "sue", "ada"}),
    "review": ({"frank"}, {"bea", "bob"}),
    "take": ({"frank"}, {"bea", "bob"}),  # the owner has it already: taking it does no harm
    "post": (EVERYBODY_WHO_SEES, EVERYBODY_WHO_SEES),
    "file": (EVERYBODY_WHO_SEES, EVERYBODY_WHO_SEES),
    "interaction": (SUPPORT, SUPPORT),
}


class UndoneError(Exception):
    """What was done is taken back."""


def who_may(act: Act, company: Cast, case: Case) -> set[str]:
    """Try it as everybody; each attempt is undone."""
    able, answers = set(), set()
    for name in PEOPLE:
        by = actor(getattr(company, name))
        try:
            with transaction.atomic():
                act(company, Case.objects.get(pk=case.pk), by)
                raise UndoneError
        except UndoneError:
            able.add(name)
        except Refused as refused:
            answers.add(refused.status)
    assert answers <= {HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT}
    return able


def seen_by_sales(company: Cast, case: Case) -> Case:
    """The case, on which Sales was mentioned: so Dora sees it."""
    item = post(case, body="For Sales", by=actor(company.frank))
    Mention.objects.create(item=item, department=company.sales)
    return case


@pytest.mark.django_db
@pytest.mark.parametrize("act", MAY)
def test_k7_who_may_what_on_an_agents_case(company: Cast, act: str) -> None:
    case = seen_by_sales(company, cast.case(company))
    assert who_may(ACTS[act], company, case) == MAY[act][0]


@pytest.mark.django_db
@pytest.mark.parametrize("act", MAY)
def test_k7_who_may_what_on_a_queues_case(company: Cast, act: str) -> None:
    queued = cast.case(company, owner_queue=company.homeowner_queue)
    assert who_may(ACTS[act], company, seen_by_sales(company, queued)) == MAY[act][1]


@pytest.mark.django_db
@pytest.mark.parametrize("act", MAY)
def test_k7_and_x6_on_a_closed_case_only_posts_files_and_interactions_are_added(
    company: Cast, act: str
) -> None:
    case = seen_by_sales(company, cast.case(company, status=Status.CLOSED))
    still_able = {"post": EVERYBODY_WHO_SEES, "file": EVERYBODY_WHO_SEES, "interaction": SUPPORT}
    still_able["take"] = {"frank"}  # nothing is changed by it
    assert who_may(ACTS[act], company, case) == still_able.get(act, set())


@pytest.mark.django_db
def test_k7_any_support_agent_reopens(company: Cast) -> None:
    case = seen_by_sales(company, cast.case(company, status=Status.CLOSED))
    assert who_may(lambda _, one, by: reopen(one, by=by), company, case) == SUPPORT


@pytest.mark.django_db
def test_k7_only_its_author_changes_a_post(company: Cast) -> None:
    case = seen_by_sales(company, cast.case(company))
    item = post(case, body="Mine", by=actor(company.bea))
    edit: Act = lambda _, one, by: edit_post(item, body="Changed", by=by)  # noqa: E731
    delete: Act = lambda _, one, by: delete_post(item, by=by)  # noqa: E731
    assert who_may(edit, company, case) == who_may(delete, company, case) == {"bea"}
