"""Two people at one case, a form sent twice, and a page left open too long (K2, K3, K1)."""

from __future__ import annotations

import time

from django.conf import settings
from playwright.sync_api import Locator, Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from heliodesk.cases.models import Case, Priority
from tests.browser.journeys import fill_request, number_of
from tests.browser.profiles import Profiles, SignIn, sign_in
from tests.cast import Cast, case


def edit_request(page: Page) -> Locator:
    """Open the editing of the case's request, all of its fields in one form."""
    page.get_by_role("link", name="Edit Request", exact=True).click()
    form = page.get_by_role("dialog", name="Edit case")
    expect(form).to_be_visible()
    return form


def save(form: Locator, name: str = "Save") -> None:
    """Send it, and see that it was taken."""
    form.get_by_role("button", name=name, exact=True).click()
    expect(form).to_have_count(0)


def test_changes_to_different_fields_both_stand(as_: SignIn, firm: Cast) -> None:
    made = case(firm)
    pages = [as_(one, made.get_absolute_url()) for one in (firm.frank, firm.sue)]
    frank, sue = (edit_request(page) for page in pages)
    sue.get_by_text("High", exact=True).click()
    save(sue)
    frank.get_by_label("Case Description").fill("Charged twice, and fined.")
    save(frank)
    made.refresh_from_db()
    assert (made.priority, made.description) == (Priority.HIGH, "Charged twice, and fined.")


def test_for_the_same_field_the_second_sees_what_the_first_changed(as_: SignIn, firm: Cast) -> None:
    made = case(firm)
    pages = [as_(one, made.get_absolute_url()) for one in (firm.frank, firm.sue)]
    frank, sue = (edit_request(page) for page in pages)
    sue.get_by_label("Case Description").fill("What Sue wrote.")
    save(sue)
    mine = frank.get_by_label("Case Description")
    mine.fill("What Frank wrote.")
    frank.get_by_role("button", name="Save", exact=True).click()
    expect(frank.locator(".collision")).to_contain_text("What Sue wrote.")
    expect(frank).to_contain_text("K2")
    expect(mine).to_have_value("What Frank wrote.")
    save(frank, "Save mine")
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
