"""Each page is told what it shows, and nobody of what they may not see (K6, C1, Q4)."""

from __future__ import annotations

import pytest
from django.contrib.sessions.models import Session
from pytest_django import DjangoAssertNumQueries

from heliodesk.assignments.rules.ending import complete_assignment
from heliodesk.cases.models import Case
from heliodesk.cases.rules.taking import take
from heliodesk.core.models import AuditEntry
from heliodesk.feed.models import FeedItem, Mention
from heliodesk.feed.rules.posts import post
from heliodesk.live import bell, presence
from heliodesk.live.changes import MANY, Change, Position
from heliodesk.live.delivery import Delivery
from heliodesk.live.stream import Audience, Stream
from heliodesk.people.models import DepartmentMembership
from tests import cast
from tests.cast import Cast, actor
from tests.live.pages import page_of

NOW = Position(1.0, "1:1:")


def deliver(changes: list[Change], *streams: Stream) -> list[Stream]:
    """Deliver the changes to these pages."""
    return Delivery(changes, Audience(streams), NOW).carry_out()


def latest(case: Case) -> Change:
    """The newest entry of the record, as a change."""
    entry = AuditEntry.objects.filter(subject_kind="case", subject_id=case.pk).latest("id")
    return Change("case", case.pk, entry.changes["item"], entry.kind)


def test_a_post_reaches_those_who_look_at_its_case_alone(company: Cast) -> None:
    case, other = cast.case(company), cast.case(company)
    one, hears = page_of(company.frank, case=case.number)
    two, quiet = page_of(company.frank, case=other.number)
    item = post(case, body="See **this**", by=actor(company.bea))
    assert deliver([latest(case)], one, two) == []
    (said,) = hears.heard("item")
    assert (said["id"], said["parent"], said["who"]) == (item.pk, None, "Bea Tester")
    assert "<strong>this</strong>" in said["html"]
    assert hears.sent.endswith(b"id: 1/1:1:\nevent: at\ndata: 1\n\n")
    assert quiet.sent == b""


def test_only_the_author_is_offered_to_edit(company: Cast) -> None:
    case = cast.case(company)
    mine, author = page_of(company.bea, case=case.number)
    theirs, other = page_of(company.sue, case=case.number)
    item = post(case, body="Mine", by=actor(company.bea))
    deliver([latest(case)], mine, theirs)
    edit = f"posts/{item.pk}/edit/"
    assert edit in author.heard("item")[0]["html"]
    assert author.heard("item")[0]["own"] is True
    assert edit not in other.heard("item")[0]["html"]


def test_a_department_that_may_not_see_the_case_is_told_nothing(company: Cast) -> None:
    case = cast.case(company)
    number = case.number
    stream, line = page_of(company.dora, case=number, lists=True, rows=frozenset({number}))
    taken = Change("case", case.pk, post(case, body="x", by=actor(company.bea)).pk, "taken")
    deliver([taken, Change("presence", case.pk)], stream)
    assert line.told == []
    stream.case_id = case.pk  # as if she had seen it when the page was opened
    deliver([taken, Change("presence", case.pk)], stream)
    assert line.told == []


def test_a_department_is_told_from_its_mention_on_until_she_leaves_it(company: Cast) -> None:
    case = cast.case(company)
    item = post(case, body="Sales?", by=actor(company.bea))
    Mention.objects.create(item=item, department=company.sales)
    stream, line = page_of(company.dora, case=case.number)
    deliver([latest(case)], stream)
    assert len(line.heard("item")) == 1
    DepartmentMembership.objects.filter(user=company.dora).delete()
    post(case, body="Secret", by=actor(company.bea))
    deliver([latest(case)], stream)
    assert len(line.heard("item")) == 1


@pytest.mark.parametrize("how", ["session", "expired", "inactive", "password"])
def test_whoever_is_signed_in_no_more_is_told_nothing(company: Cast, how: str) -> None:
    case = cast.case(company)
    stream, line = page_of(company.fiona, case=case.number)
    if how == "session":
        Session.objects.all().delete()
    elif how == "expired":
        Session.objects.update(expire_date="2001-01-01T00:00:00Z")
    elif how == "inactive":
        type(company.fiona).objects.filter(pk=company.fiona.pk).update(is_active=False)
    else:
        company.fiona.set_password("another one")
        company.fiona.save(update_fields=["password"])
    post(case, body="Not for him", by=actor(company.bea))
    assert deliver([latest(case)], stream) == [stream]
    assert line.sent == b""


def test_a_taken_case_is_gone_from_its_queue_and_the_strip_is_read_anew(company: Cast) -> None:
    case = cast.case(company, owner_agent=None, owner_queue=company.homeowner_queue)
    rows = frozenset({case.number})
    queue, listed = page_of(company.bob, queue="homeowner", rows=rows)
    elsewhere, other = page_of(company.bob, queue="installer")
    page, opened = page_of(company.frank, case=case.number)
    take(case, by=actor(company.bea))
    deliver([latest(case)], queue, elsewhere, page)
    assert listed.told == [("gone", {"number": case.display_number, "why": "Taken by Bea Tester"})]
    assert other.told == []
    assert [event for event, _ in opened.told] == ["item", "case"]


def test_a_case_that_waits_is_a_changed_row_or_a_new_one(company: Cast) -> None:
    case = cast.case(company, owner_agent=None, owner_queue=company.homeowner_queue)
    member, takes = page_of(company.bob, queue="homeowner", rows=frozenset({case.number}))
    guest, looks = page_of(company.frank, queue="homeowner", rows=frozenset({case.number}))
    later, new = page_of(company.bob, queue="homeowner")
    deliver([Change("case", case.pk, 0, "fields")], member, guest, later)
    assert "Take " in takes.heard("row")[0]["html"]
    assert "Take " not in looks.heard("row")[0]["html"]
    assert "Property address" in takes.heard("row")[0]["html"]
    assert new.told == [("new", {"number": case.display_number})]


def test_a_changed_row_of_installers_has_the_columns_of_their_queue(company: Cast) -> None:
    case = cast.installer_case(company, owner_queue=company.installer_queue, job_id="J-4711")
    rows = frozenset({case.number})
    stream, line = page_of(company.ines, queue="installer", rows=rows)
    deliver([Change("case", case.pk, 0, "fields")], stream)
    html = line.heard("row")[0]["html"]
    assert 'data-label="Job ID">J-4711<' in html
    assert company.org_contact.name in html
    assert "Property address" not in html


def test_a_post_moves_no_list(company: Cast) -> None:
    case = cast.case(company, owner_agent=None, owner_queue=company.homeowner_queue)
    stream, line = page_of(company.bob, queue="homeowner", rows=frozenset({case.number}))
    post(case, body="Only said", by=actor(company.bea))
    deliver([latest(case)], stream)
    assert line.sent == b""


def test_the_bell_says_how_many_and_the_newest(company: Cast) -> None:
    case = cast.case(company)
    first, one = page_of(company.frank)
    second, two = page_of(company.fiona)
    post(case, body="@frank look", by=actor(company.bea))
    deliver([Change("bell", 0, company.frank.pk, "new")], first, second)
    (said,) = one.heard("bell")
    assert said["unread"] == 1
    assert said["newest"]["words"] == "Bea Tester mentioned you"
    assert two.sent == b""


def test_one_sees_who_else_looks_and_not_oneself(company: Cast) -> None:
    case = cast.case(company)
    one, frank = page_of(company.frank, case=case.number)
    two, bea = page_of(company.bea, case=case.number)
    rows, fiona = page_of(company.fiona, lists=True, rows=frozenset({case.number}))
    for stream in (one, two):
        presence.enter(stream)
    presence.write(two.id, company.bea.pk, writes=True, field="priority")
    presence.write(one.id, company.bea.pk, writes=True)  # not her page
    deliver([Change("presence", case.pk)], one, two, rows)
    names = [[(each["name"], each["writes"]) for each in line.heard("here")[0]["people"]]
             for line in (frank, bea, fiona)]  # fmt: skip
    assert [each["fields"] for each in frank.heard("here")[0]["people"]] == [["priority"]]
    assert names[0] == [("Bea Tester", True)]
    assert names[1] == [("Frank Tester", False)]
    assert names[2] == [("Bea Tester", True), ("Frank Tester", False)]
    presence.leave([one.id, two.id])
    deliver([Change("presence", case.pk)], rows)
    assert fiona.heard("here")[-1]["people"] == []


def test_too_many_changes_have_every_page_read_itself_anew(company: Cast) -> None:
    one, line = page_of(company.frank)
    deliver([MANY], one)
    assert line.told == [("again", {})]


def test_a_page_whose_words_are_rendered_for_many_costs_few_statements(
    company: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    case = cast.case(company)
    item = post(case, body="For all", by=actor(company.bea))
    streams = [page_of(company.frank, case=case.number)[0] for _ in range(20)]
    assert FeedItem.objects.count() == 1
    with django_assert_max_num_queries(2):
        deliver([Change("case", case.pk, item.pk, "post")], *streams)


def test_an_assignment_that_ended_says_how_in_the_pop_up(company: Cast) -> None:
    case = cast.case(company, status="internal_referral")
    asked = cast.assignment(company, case, status="accepted")
    complete_assignment(asked, resolution="The rep promised it.", by=actor(company.dora))
    said = bell.bell(actor(company.frank), rings=True)
    words = f"Dora Tester completed {asked} for Sales; 0 still open"
    assert said["newest"]["words"].startswith(words)
