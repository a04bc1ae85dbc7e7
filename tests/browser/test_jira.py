"""An agent finds a Jira ticket while typing, and links it with the new case (J1, J2)."""

from __future__ import annotations

from playwright.sync_api import expect

from heliodesk.cases.models import JiraLink
from tests.browser.looks import findings_in_every_look
from tests.browser.profiles import SignIn
from tests.cast import Cast
from tests.integrations.jira.conftest import set_up
from tests.integrations.jira.server import jira_server


def test_a_ticket_is_found_while_typing_and_linked_with_the_new_case(
    as_: SignIn, firm: Cast
) -> None:
    with jira_server() as jira:
        set_up(jira, firm)
        jira.has("SOL-1", "Inverters go offline at noon", "In Progress", "indeterminate")
        jira.has("SOL-2", "Inverters show no production")
        page = as_(firm.frank, "/contracts/C-1001/cases/new/")
        page.get_by_label("Customer Request Type").select_option(label="System performance")
        page.get_by_label("Customer Request Subtype").select_option(label="Low production")
        page.get_by_label("Case Description").fill("No production since Friday.")
        page.get_by_label("Case Source").select_option(label="Phone")
        tickets = page.get_by_label("Jira tickets")
        tickets.press_sequentially("inverter")
        expect(page.locator(".combobox__option, .combobox__note")).to_have_count(2)
        tickets.press("ArrowDown")
        tickets.press("Enter")
        chosen = page.locator("[data-tickets-chosen] li")
        expect(chosen).to_contain_text("SOL-1 Inverters go offline at noon")
        tickets.press_sequentially("sol-2")
        expect(page.locator(".combobox__option, .combobox__note")).to_have_count(1)
        tickets.press("Enter")
        page.get_by_role("button", name="Take SOL-2 away").click()
        tickets.fill("https://elsewhere.example.com/browse/ABC-7")
        tickets.press("Enter")
        expect(chosen).to_have_count(2)
        jira.refuses(500)
        tickets.press_sequentially("roof")
        expect(page.locator(".combobox__option, .combobox__note")).to_contain_text(
            "Paste the ticket's URL"
        )
        assert findings_in_every_look(page) == []
        page.get_by_role("button", name="Create case").click()
        description = page.locator('[data-field="description"]')
        expect(description).to_contain_text("SOL-1 Inverters go offline at noon")
        expect(description).to_contain_text("ABC-7")
        expect(page.locator("#toasts")).to_contain_text("fault of its own (500)")
        page.get_by_role("link", name="Related").click()
        panel = page.get_by_role("region", name="Jira tickets")
        expect(panel).to_contain_text("Jira gets its link back to the case in a moment")
        assert findings_in_every_look(page) == []
    assert [link.key for link in JiraLink.objects.order_by("pk")] == ["SOL-1", "ABC-7"]
