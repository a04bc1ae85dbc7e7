"""Saved list views on the screen: make, share, change, pin, delete (V3)."""

from __future__ import annotations

from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from heliodesk.list_views.models import ListView, PinnedView
from heliodesk.list_views.rules.saving import pin, save_list_view
from heliodesk.people.models import User
from tests import cast
from tests.cast import Cast, actor
from tests.worklists.pages import numbers, page, signed_in

pytestmark = pytest.mark.django_db
QUERY = "all=priority:is:high"


def view_of(owner: User, name: str = "High ones", **given: Any) -> ListView:
    """A view that somebody saved."""
    return save_list_view(name=name, query=QUERY, by=actor(owner), **given)


def test_a_list_is_saved_and_pinned_in_one_step(company: Cast) -> None:
    sent = {"name": "High ones", "shared": "nobody", "pin": "on", "query": QUERY}
    answer = signed_in(company.frank).post("/list-views/new/", sent)
    view = ListView.objects.get(name="High ones")
    assert answer.status_code == 303
    assert answer["Location"] == f"/cases/?view={view.pk}"
    shown = page(company.frank, answer["Location"])
    assert "<h1>High ones</h1>" in shown
    assert f'href="/cases/?view={view.pk}" title="High ones" aria-current="page"' in shown


def test_the_address_of_a_list_opens_for_whoever_the_view_is_not_shared_with(company: Cast) -> None:
    high = cast.case(company, priority=1)
    view = view_of(company.frank)
    form = page(company.frank, f"/list-views/{view.pk}/edit/")
    assert f'<a href="/cases/?{QUERY}" target="_blank">' in form
    assert numbers(page(company.bea, f"/cases/?{QUERY}")) == [high.display_number]
    assert numbers(page(company.bea, f"/cases/?of={view.pk}&{QUERY}")) == [high.display_number]
    refused = signed_in(company.bea).get(f"/cases/?view={view.pk}")
    assert refused.status_code == 404
    assert "share it or to send the list&#39;s own address" in refused.content.decode()


def test_a_department_member_is_told_of_which_cases_none_is_like_that(company: Cast) -> None:
    cast.case(company, priority=1)
    assert "on which your department is or was asked" in page(company.dora, f"/cases/?{QUERY}")
    assert "your department" not in page(company.bea, "/cases/?all=priority:is:normal")


def test_a_name_is_asked_for_and_what_was_typed_kept(company: Cast) -> None:
    sent = {"name": " ", "shared": "nobody", "query": QUERY}
    answer = signed_in(company.frank).post("/list-views/new/", sent)
    assert answer.status_code == 422
    assert "Give the view a name" in answer.content.decode()
    assert f'value="{QUERY}"' in answer.content.decode()


def test_a_view_shows_its_cases_and_says_when_it_is_changed(company: Cast) -> None:
    high = cast.case(company, priority=1)
    cast.case(company)
    view = view_of(company.frank)
    assert numbers(page(company.frank, f"/cases/?view={view.pk}")) == [high.display_number]
    changed = page(company.frank, f"/cases/?of={view.pk}&all=open:is:yes")
    assert "changed since it was saved" in changed
    assert f"/list-views/{view.pk}/changes/" in changed
    assert "changed since" not in page(company.frank, f"/cases/?of={view.pk}&{QUERY}")


def test_changes_are_kept_under_the_same_name(company: Cast) -> None:
    view = view_of(company.frank)
    browser = signed_in(company.frank)
    answer = browser.post(f"/list-views/{view.pk}/changes/", {"query": "all=open:is:yes"})
    assert answer["Location"] == f"/cases/?view={view.pk}"
    view.refresh_from_db()
    assert view.query == "all=open:is:yes"
    assert view.name == "High ones"


def test_it_is_renamed_shared_and_unpinned(company: Cast) -> None:
    view = view_of(company.bea)
    pin(view, by=actor(company.bea))
    sent = {"name": "Team's", "shared": f"queue:{company.homeowner_queue.pk}", "query": QUERY}
    answer = signed_in(company.bea).post(f"/list-views/{view.pk}/edit/", sent)
    assert answer.status_code == 303
    view.refresh_from_db()
    assert (view.name, view.shared_with, view.queue) == ("Team's", "team", company.homeowner_queue)
    assert not PinnedView.objects.exists()


def test_sharing_with_everybody_is_for_supervisors(company: Cast) -> None:
    sent = {"name": "All of us", "shared": "everybody", "query": QUERY}
    assert signed_in(company.frank).post("/list-views/new/", sent).status_code == 422
    assert signed_in(company.sue).post("/list-views/new/", sent).status_code == 303
    assert "All of us" in page(company.dora, "/list-views/")


def test_others_views_are_not_found_and_not_changed(company: Cast) -> None:
    own, shared = view_of(company.frank), view_of(company.sue, "Ours", shared_with="everybody")
    browser = signed_in(company.bea)
    assert browser.get(f"/cases/?view={own.pk}").status_code == 404
    assert browser.get(f"/list-views/{own.pk}/edit/").status_code == 404
    for act in ("edit/", "deletion/new/"):
        assert browser.post(f"/list-views/{shared.pk}/{act}", {"name": "x"}).status_code == 403
    answer = browser.post(f"/list-views/{shared.pk}/changes/", {"query": ""})
    assert answer.status_code == 403
    changed = page(company.bea, f"/cases/?of={shared.pk}&all=open:is:yes")
    assert "Save as" in changed
    assert f"/list-views/{shared.pk}/changes/" not in changed


def test_a_changed_view_that_is_not_offered_is_still_a_list(company: Cast) -> None:
    high = cast.case(company, priority=1)
    own = view_of(company.frank)
    shown = page(company.bea, f"/cases/?of={own.pk}&{QUERY}")
    assert numbers(shown) == [high.display_number]
    assert "High ones" not in shown


def test_deleting_asks_first(company: Cast) -> None:
    view = view_of(company.frank)
    address = f"/list-views/{view.pk}/deletion/new/"
    assert "The cases stay as they are" in page(company.frank, address)
    assert signed_in(company.frank).post(address).status_code == 303
    assert not ListView.objects.filter(pk=view.pk).exists()


def test_pins_stand_in_the_rail_until_the_view_is_shared_no_more(company: Cast) -> None:
    view = view_of(company.sue, "Ours", shared_with="everybody")
    browser = signed_in(company.bea)
    browser.post(f"/list-views/{view.pk}/pin/", {"pinned": "yes"})
    assert f"/cases/?view={view.pk}" in page(company.bea, "/guide/")
    save_list_view(view, name="Ours", query=QUERY, by=actor(company.sue))
    assert f"/cases/?view={view.pk}" not in page(company.bea, "/guide/")
    browser.post(f"/list-views/{view.pk}/pin/", {"pinned": "no"})


def test_the_views_are_listed_by_whose_they_are(
    company: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    view_of(company.bea, "Own one")
    view_of(company.sue, "Team one", shared_with="team", queue=company.homeowner_queue)
    view_of(company.sue, "Common one", shared_with="everybody")
    view_of(company.frank, "Hidden one")
    browser = signed_in(company.bea)
    with django_assert_max_num_queries(8):
        shown = browser.get("/list-views/").content.decode()
    places = [shown.index(name) for name in ("Own one", "Team one", "Common one")]
    assert places == sorted(places)
    assert "Hidden one" not in shown
