"""Two people at one case, a form sent twice, and a page left open too long (K2, K3, K1)."""

from __future__ import annotations

import time

from django.conf import settings
from playwright.sync_api import Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from heliodesk.cases.models import Case, Priority
from tests.browser.journeys import fill_request, number_of
from tests.browser.profiles import Profiles, SignIn, sign_in
from tests.cast import Cast, case


def edit_request(page: Page) -> None:
    """Open the editing of the case's request."""
    page.locator("a[href$='edit/?group=request']").click()
    expect(page.get_by_role("dialog", name="Edit case")).to_be_visible()


def test_changes_to_different_fields_both_stand(as_: SignIn, firm: Cast) -> None:
    made = case(firm)
    frank, sue = (as_(one, made.get_absolute_url()) for one in (firm.frank, firm.sue))
    edit_request(frank)
    edit_request(sue)
    sue.get_by_label("Priority").select_option("High")
    sue.get_by_role("button", name="Save").click()
    expect(sue.get_by_role("dialog")).to_have_count(0)
    frank.get_by_label("Case Description").fill("Charged twice, and fined.")
    frank.get_by_role("button", name="Save").click()
    expect(frank.get_by_role("dialog")).to_have_count(0)
    made.refresh_from_db()
    assert (made.priority, made.description) == (Priority.HIGH, "Charged twice, and fined.")


def test_for_the_same_field_the_second_sees_what_the_first_changed(as_: SignIn, firm: Cast) -> None:
    made = case(firm)
    frank, sue = (as_(one, made.get_absolute_url()) for one in (firm.frank, firm.sue))
    edit_request(frank)
    edit_request(sue)
    sue.get_by_label("Case Description").fill("What Sue wrote.")
    sue.get_by_role("button", name="Save").click()
    expect(sue.get_by_role("dialog")).to_have_count(0)
    mine = frank.get_by_label("Case Description")
    mine.fill("What Frank wrote.")
    frank.get_by_role("button", name="Save").click()
    expect(frank.get_by_role("dialog")).to_contain_text("What Sue wrote.")
    expect(frank.get_by_role("dialog")).to_contain_text("K2")
    expect(mine).to_have_value("What Frank wrote.")
    frank.get_by_role("button", name="Save").click()
    expect(frank.get_by_role("dialog")).to_have_count(0)
    made.refresh_from_db()
    assert made.description == "What Frank wrote."


def test_a_double_click_on_a_slow_desk_makes_one_case(
    as_: SignIn, firm: Cast, profiles: Profiles
) -> None:
    path = f"/contracts/{firm.contract.contract_id}/cases/new/"
    page = as_(firm.frank, path)

    def slow(route: Route) -> None:
        time.sleep(0.3)
        route.continue_()

    profiles.spoil(page)
    page.route(f"**{path}", slow)
    fill_request(page, firm, "Charged twice.")
    page.get_by_role("button", name="Create case").dblclick()
    number_of(page)
    assert Case.objects.count() == 1


def test_a_form_sent_twice_without_script_makes_one_case(
    profiles: Profiles, live_server: LiveServer, firm: Cast
) -> None:
    page = sign_in(profiles.special(java_script_enabled=False), firm.frank, live_server)
    page.goto(f"{live_server.url}/contracts/{firm.contract.contract_id}/cases/new/")
    fill_request(page, firm, "Charged twice.")
    page.get_by_role("button", name="Create case").dblclick(no_wait_after=True)
    number_of(page)
    assert Case.objects.count() == 1


def test_a_page_left_open_over_the_end_of_a_sign_in_loses_nothing(as_: SignIn, firm: Cast) -> None:
    made = case(firm)
    page = as_(firm.frank, made.get_absolute_url())
    page.get_by_label("Post to the feed").fill("She calls back at four.")
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    page.get_by_role("button", name="Post", exact=True).click()
    ended = page.get_by_role("dialog", name="Your sign-in has ended")
    expect(ended).to_be_visible()
    as_(firm.frank, "/guide/").close()
    ended.get_by_role("button", name="I have signed in").click()
    expect(ended).to_have_count(0)
    expect(page.get_by_label("Post to the feed")).to_have_value("She calls back at four.")
    page.get_by_role("button", name="Post", exact=True).click()
    expect(page.locator("#feed article").filter(has_text="calls back at four")).to_be_visible()
