"""Full text: descriptions, posts, reviews, interactions, assignments and file names (V4)."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from heliodesk.assignments.rules import creating, ending, working
from heliodesk.cases.models import Case, Interaction
from heliodesk.cases.rules.closing import close
from heliodesk.cases.rules.interaction import record_interaction
from heliodesk.cases.rules.merging import merge_cases
from heliodesk.cases.rules.review import log_review
from heliodesk.core import clock
from heliodesk.directory.models import Account
from heliodesk.feed.models import FeedItem
from heliodesk.feed.rules import posts
from heliodesk.files.models import CaseFile
from heliodesk.search.models import SearchText
from heliodesk.search.page import Wanted
from heliodesk.search.queries import asking, finding
from heliodesk.search.queries.results import results
from tests import cast
from tests.cast import Cast, actor

Statements = Callable[[int], AbstractContextManager[object]]


def page(client: Client, typed: str, **more: str) -> str:
    """The page of a search, which is no redirect."""
    answer = client.get("/search/", {"q": typed, **more})
    assert answer.status_code == 200
    return answer.content.decode()


def said(html: str) -> list[str]:
    """What the hits of the page say, without marks."""
    found = re.findall(r'<p class="found__said">(.*?)</p>', html, re.DOTALL)
    return [re.sub(r"</?mark>", "", one) for one in found]


def post(case: Case, body: str, company: Cast, *, days: int = 0) -> FeedItem:
    """A post on the case, made so many days ago."""
    item = posts.post(case, body=body, by=actor(company.frank))
    if days:
        at = clock.now() - timedelta(days=days)
        FeedItem.objects.filter(pk=item.pk).update(at=at)
        with connection.cursor() as cursor:
            cursor.execute("SELECT search_fill()")
    return item


def test_each_kind_of_text_is_found_and_leads_to_the_very_place(
    company: Cast, frank_client: Client
) -> None:
    case = cast.case(company, description="Zebra one: the inverter hums.")
    by = actor(company.frank)
    item = posts.post(case, body="Zebra two", by=by)
    log_review(case, comments="Current Status: zebra three", by=by)
    record_interaction(case=case, channel="phone", about="Zebra four", resolved=False, by=by)
    record_interaction(
        account=company.homeowner, channel="phone", about="Zebra five", resolved=True, by=by
    )
    CaseFile.objects.create(
        case=case, name="zebra_six.final-plan.pdf", size=1, content_type="application/pdf",
        sha256="x", stored_as="x", at=clock.now(), by=company.frank,
    )  # fmt: skip
    close(case, reason=company.resolved, note="Zebra seven", by=by)
    html = page(frank_client, "zebra")
    assert len(said(html)) == 7
    assert f"{case.get_absolute_url()}?item={item.pk}#item-{item.pk}" in html
    assert f"/accounts/{company.homeowner.pk}/" in html
    assert "Descriptions" in html
    assert said(page(frank_client, "plan pdf", kind="file")) == ["zebra_six.final-plan.pdf"]
    assert said(page(frank_client, "zebra", kind="review")) == ["Current Status: zebra three"]


def test_what_a_department_is_asked_and_answers_is_found(
    company: Cast, frank_client: Client
) -> None:
    case = cast.case(company)
    made = creating.create_assignment(
        case, department=company.legal, reason=company.legal_reason,
        comments="Is the lien released?", by=actor(company.frank),
    )  # fmt: skip
    oscar = actor(company.oscar)
    ending.complete_assignment(
        working.accept_assignment(made, by=oscar), resolution="Walrus says yes", by=oscar
    )
    assert len(said(page(frank_client, "lien", kind="assignment"))) == 1
    assert len(said(page(frank_client, "walrus", kind="assignment"))) == 1


@pytest.mark.parametrize(
    ("typed", "fits"),
    [
        ("inverters", True),  # stemmed
        ("INVERTER humming", True),
        ("inver", True),  # the beginning of the last word
        ('"inver"', False),
        ("inver humming", False),  # only of the last
        ('"inverter hums"', True),
        ('"hums inverter"', False),
        ("inverter -hums", False),
        ("inverter -cat", True),
        ("muller", True),  # without its accent
        ("C-10023", True),
        ("10023", True),
        ("c 10023", True),
        ("C-10024", False),
        ("jane.doe@example.org", True),
        ("doe", True),
        ("555-0199", True),
        ("0199", True),
        ("inverter giraffe", False),
    ],
)
def test_words_phrases_and_ids(company: Cast, frank_client: Client, typed: str, fits: bool) -> None:
    text = "The inverter hums, says Müller (C-10023, jane.doe@example.org, (619) 555-0199)."
    cast.case(company, description=text)
    html = page(frank_client, typed, kind="description")
    assert bool(said(html)) is fits, html


WITH_SIGN, WITHOUT = "Mrs. O&#39;Brien asks for her roof", "Spoke with OBrien of the roof crew"


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("OBrien", {WITH_SIGN, WITHOUT}),
        ("obrien", {WITH_SIGN, WITHOUT}),
        ("OBRIEN roof", {WITH_SIGN, WITHOUT}),
        ("o'brien", {WITH_SIGN}),
        ("roof -obrien", set()),
        ("obrie", {WITHOUT}),  # nobody is called Brie
    ],
)
def test_a_name_without_its_sign_is_found_where_it_is_written_with_it(
    company: Cast, frank_client: Client, typed: str, found: set[str]
) -> None:
    Account.objects.filter(pk=company.homeowner.pk).update(name="Maria O'Brien")
    case = cast.case(company)
    post(case, "Mrs. O'Brien asks for her roof", company)
    post(case, "Spoke with OBrien of the roof crew", company)
    assert set(said(page(frank_client, typed, kind="post"))) == found


def test_half_a_word_goes_on_also_where_its_end_is_a_name(
    company: Cast, frank_client: Client
) -> None:
    Account.objects.filter(pk=company.homeowner.pk).update(name="Maria Berg")
    post(cast.case(company), "Mr. Obergefell called", company)
    assert said(page(frank_client, "oberg"))


def test_an_ordinary_word_is_not_taken_apart(company: Cast, frank_client: Client) -> None:
    Account.objects.filter(pk=company.homeowner.pk).update(name="Maria Ost")
    post(cast.case(company), "The order of m ost", company)
    assert said(page(frank_client, "order"))
    assert "as common as these" in page(frank_client, "most")


def test_marks_and_everything_else_escaped(company: Cast, frank_client: Client) -> None:
    evil = "<script>alert(1)</script> & inverters <img src=x onerror=alert(2)>"
    post(cast.case(company), evil, company)
    html = page(frank_client, "inverter script", kind="post")
    assert "<mark>inverters</mark>" in html
    assert "&lt;<mark>script</mark>&gt;alert(1)" in html
    assert "<img src=x" not in html
    assert "alert(1)</script>" not in html
    html = page(frank_client, '"><script>alert(3)</script>')
    assert "<script>alert(3)" not in html


def test_every_form_of_a_word_is_marked_whatever_its_accent(
    company: Cast, frank_client: Client
) -> None:
    case = cast.case(company)
    post(case, "Éclairs, an eclair_two; inverting the INVERTER; dying cables", company)
    post(case, "An éclair died, they invert the inverters of 12kW", company)
    found: dict[str, set[str]] = {}
    for typed in ("eclair", "inverter invert", "died", "12kw"):
        html = page(frank_client, typed, kind="post")
        found[typed] = set(re.findall("<mark>(.*?)</mark>", html))
    assert found == {
        "eclair": {"Éclairs", "eclair", "éclair"},
        "inverter invert": {"inverting", "INVERTER", "invert", "inverters"},
        "died": {"dying", "died"},
        "12kw": {"12kW"},
    }


def test_edited_posts_change_and_deleted_ones_vanish(company: Cast, frank_client: Client) -> None:
    case = cast.case(company)
    by = actor(company.frank)
    item = post(case, "A walrus called", company)
    posts.edit_post(item, body="A giraffe called", by=by)
    assert said(page(frank_client, "walrus")) == []
    assert said(page(frank_client, "giraffe")) == ["A giraffe called"]
    posts.delete_post(item, by=by)
    assert said(page(frank_client, "giraffe")) == []
    assert not SearchText.objects.filter(pk=item.pk * 4 + 1).exists()


def test_what_moves_by_a_merge_leads_to_the_surviving_case(
    company: Cast, frank_client: Client
) -> None:
    case, into = cast.case(company), cast.case(company)
    item = post(case, "A walrus called", company)
    merge_cases(case, into=into, by=actor(company.frank))
    html = page(frank_client, "walrus")
    assert f"{into.get_absolute_url()}?item={item.pk}#item-{item.pk}" in html


def test_a_department_member_finds_texts_on_its_cases_alone(company: Cast, client: Client) -> None:
    case, other = cast.case(company), cast.case(company)
    cast.assignment(company, case)
    post(case, "A walrus called here", company)
    post(other, "A walrus called there", company)
    record_interaction(
        account=company.homeowner, channel="chat", about="walrus", resolved=True,
        by=actor(company.frank),
    )  # fmt: skip
    client.force_login(company.dora)
    assert said(page(client, "walrus")) == ["A walrus called here"]
    client.force_login(company.oscar)
    assert said(page(client, "walrus")) == []
    assert Interaction.objects.count() == 1


#: All by themselves; first these, then others one by one, then the index; then the index at once.
NEWEST_OFTEN_FURTHER = [(300, 10, 3_500), (5, 2, 7), (5, 2, 500), (5, 6, 7)]


@pytest.mark.parametrize("reach", NEWEST_OFTEN_FURTHER)
def test_newest_first_and_each_hit_once_over_the_pages(
    company: Cast,
    frank_client: Client,
    monkeypatch: pytest.MonkeyPatch,
    reach: tuple[int, int, int],
) -> None:
    for name, number in zip(("NEWEST", "OFTEN", "FURTHER"), reach, strict=True):
        monkeypatch.setattr(f"heliodesk.search.queries.reach.{name}", number)
    case = cast.case(company)
    for number in range(60):
        posts.post(case, body=f"Walrus number {number}", by=actor(company.frank))
    at = clock.now()
    for number, item in enumerate(FeedItem.objects.filter(kind="post").order_by("id")):
        old = at - timedelta(days=9 * (number // 2))  # two at the same moment each
        FeedItem.objects.filter(pk=item.pk).update(at=old)
    with connection.cursor() as cursor:
        cursor.execute("SELECT search_fill()")
    seen: list[str] = []
    url = "/search/?q=walrus"
    while url:
        html = frank_client.get(url).content.decode()
        seen += said(html)
        older = re.search(r'rel="next" href="([^"]*)"', html)
        url = older[1].replace("&amp;", "&") if older else ""
    assert len(seen) == len(set(seen)) == 60
    order = [int(one.rsplit(" ", 1)[1]) // 2 for one in seen]
    assert order == sorted(order)


@pytest.mark.parametrize("rare", [20, 0, -1])  # all others at once, or one stride after another
@pytest.mark.parametrize("typed", ["walrus", '"the walrus" called', "wal"])
def test_old_texts_are_found_by_the_index(
    company: Cast, frank_client: Client, monkeypatch: pytest.MonkeyPatch, typed: str, rare: int
) -> None:
    monkeypatch.setattr("heliodesk.search.queries.reach.RARE", rare)
    monkeypatch.setattr("heliodesk.search.queries.reach.NEWEST", 3)
    case = cast.case(company)
    for number in range(8):
        posts.post(case, body=f"Giraffe {number}", by=actor(company.frank))
    for days in (20, 100, 900):
        post(case, f"The walrus called {days}", company, days=days)
    found = [f"The walrus called {days}" for days in (20, 100, 900)]
    assert said(page(frank_client, typed)) == found


def test_filters_narrow(company: Cast, frank_client: Client) -> None:
    case = cast.case(company)
    closed = cast.case(company, status="closed")
    cast.assignment(company, case)
    post(case, "Walrus open", company, days=3)
    post(closed, "Walrus closed", company)
    today = clock.now().date()
    assert said(page(frank_client, "walrus", status="open")) == ["Walrus open"]
    assert said(page(frank_client, "walrus", status="closed")) == ["Walrus closed"]
    department = str(company.sales.pk)
    assert said(page(frank_client, "walrus", department=department)) == ["Walrus open"]
    assert said(page(frank_client, "walrus", author=str(company.bea.pk))) == []
    assert len(said(page(frank_client, "walrus", author=str(company.frank.pk)))) == 2
    assert len(said(page(frank_client, "walrus", author_typed=company.frank.name))) == 2
    assert said(page(frank_client, "walrus", author_typed=company.bea.name)) == []
    proposed = frank_client.get("/search/authors/", {"q": company.bea.name}).json()["items"]
    assert [one["value"] for one in proposed] == [str(company.bea.pk)]
    until = str(today - timedelta(days=2))
    assert said(page(frank_client, "walrus", until=until)) == ["Walrus open"]
    assert said(page(frank_client, "walrus", since=until)) == ["Walrus closed"]
    odd = page(frank_client, "walrus", status="x", since="never", author="-1", after="!!")
    assert len(said(odd)) == 2


def test_too_common_too_short_and_nothing_found_say_what_to_try(
    company: Cast, frank_client: Client
) -> None:
    cast.case(company, description="The walrus")
    assert "as common as these" in page(frank_client, "the of")
    assert "Nothing found" in page(frank_client, "xyzzyq")
    assert "Type a number" in page(frank_client, "")
    assert "Nothing found" in page(frank_client, "-walrus")


@pytest.mark.django_db(transaction=True)
def test_a_search_that_takes_too_long_says_narrow_it(
    company: Cast, frank_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "heliodesk.search.queries.reach._conditions",
        lambda *_: ("s.at > '-infinity' AND pg_sleep(10) IS NOT NULL", []),
    )
    monkeypatch.setattr("heliodesk.search.bounds.LIMIT", 200)
    cast.case(company, description="The walrus")
    html = page(frank_client, "walrus")
    assert "took too long" in html
    assert "Narrow the search" in html


def test_few_statements(
    company: Cast, frank_client: Client, django_assert_max_num_queries: Statements
) -> None:
    post(cast.case(company), "A walrus called", company)
    frank_client.get("/")
    with django_assert_max_num_queries(8):
        page(frank_client, "walrus called")
    with django_assert_max_num_queries(8):
        frank_client.get("/search/options/", {"q": "delgdo"})


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.text(st.one_of(st.characters(), st.sampled_from("\"'-&|!:*<>()\\ ab")), max_size=30))
def test_nothing_that_one_can_type_is_wrong(company: Cast, typed: str) -> None:
    by = actor(company.frank)
    assert not results(Wanted(asking.plain(typed)), by=by).too_slow
    assert finding.search(typed, by=by).exact is None


def test_terms() -> None:
    found = asking.terms('late "called back" -meter C-10023 inver')
    assert [(term.words, term.without, term.begins) for term in found] == [
        (("late",), False, False),
        (("called", "back"), False, False),
        (("meter",), True, False),
        (("C", "10023"), False, False),
        (("inver",), False, True),
    ]
    assert asking.terms('inver "') == [asking.Term(("inver",))]
