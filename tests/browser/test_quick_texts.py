"""Quick texts where one types: ;; and a word, chosen from the keyboard (W3)."""

from __future__ import annotations

from playwright.sync_api import expect

from heliodesk.quick_texts.rules.quick_text import keep_quick_text
from tests.browser.profiles import SignIn
from tests.cast import Cast, actor, case


def test_a_quick_text_is_put_into_a_post_and_into_a_dialog(as_: SignIn, firm: Cast) -> None:
    keep_quick_text(name="Voicemail", text="Called {customer}.", shared=False, by=actor(firm.frank))
    page = as_(firm.frank, case(firm).get_absolute_url())
    box = page.get_by_label("Post to the feed")
    box.press_sequentially("First. ;;voi")
    expect(page.get_by_role("option", name="Voicemail")).to_be_visible()
    box.press("Enter")
    expect(box).to_have_value(f"First. Called {firm.homeowner.name}.")
    page.get_by_role("link", name="Log Review").click()
    comments = page.get_by_role("dialog").get_by_label("Comments")
    comments.fill("")
    comments.press_sequentially(";;voi")
    expect(page.get_by_role("option", name="Voicemail")).to_be_visible()
    comments.press("Tab")
    expect(comments).to_have_value(f"Called {firm.homeowner.name}.")
