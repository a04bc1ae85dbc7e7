"""Editing details of a case where they stand, one by one, and by groups without JavaScript (K2)."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from heliodesk.cases.models import Case, Priority, Status
from heliodesk.cases.rules.editing import edit_case
from heliodesk.drafts.keep import keep, kept
from tests import cast
from tests.cast import Cast, actor
from tests.screens import browser, page

pytestmark = pytest.mark.django_db
Statements = Callable[[int], AbstractContextManager[object]]


def named(shown: str) -> set[str]:
    """The fields that a form has controls for."""
    names = re.findall(r'<(?:input(?! type="hidden")|select|textarea)[^>]* name="(\w+)"', shown)
    return set(names) - {"q"}


@pytest.mark.parametrize(
    ("field", "controls"),
    [
        ("priority", {"priority"}),
        ("description", {"description"}),
        ("source", {"source"}),
        ("contact", {"contact_typed"}),
        ("request_subtype", {"request_type", "request_subtype"}),
        ("installer", {"installer_typed", "installer_contact_typed"}),
    ],
)
def test_a_field_has_a_form_of_its_own(company: Cast, field: str, controls: set[str]) -> None:
    address = f"{cast.case(company).get_absolute_url()}edit/?field={field}"
    main = page(company.frank, address).partition("data-edit-form")[2].partition("</form>")[0]
    assert named(main) == controls


def test_an_unknown_field_is_the_form_of_the_request(company: Cast) -> None:
    shown = page(company.frank, f"{cast.case(company).get_absolute_url()}edit/?field=odd")
    assert "data-edit-form" not in shown
    assert {"priority", "description"} <= named(shown)


def test_it_saves_that_field_alone(company: Cast) -> None:
    case = cast.case(company)
    address = f"{case.get_absolute_url()}edit/?field=priority"
    answer = browser(company.frank).post(
        address, {"priority": "1", "seen_priority": "2", "description": "not of this form"}
    )
    assert (answer.status_code, answer["Location"]) == (303, case.get_absolute_url())
    before = case.description
    case.refresh_from_db()
    assert (case.priority, case.description) == (Priority.HIGH, before)


def test_the_details_say_how_each_is_edited(company: Cast) -> None:
    case = cast.case(company)
    shown = page(company.frank, case.get_absolute_url())
    for field in ("contact", "installer", "request_type", "priority", "source", "description"):
        assert f'href="{case.get_absolute_url()}edit/?field={field}" data-edit' in shown
    assert 'data-unit="request_type"' in shown
    assert "data-why" not in shown


@pytest.mark.parametrize(
    ("who", "status", "why"),
    [
        ("fiona", Status.NEW, "Only the case owner or a supervisor may edit it."),
        ("frank", Status.CLOSED, "The case is closed, so you cannot edit it."),
    ],
)
def test_who_may_not_sees_no_pencil_and_is_told_why(
    company: Cast, who: str, status: Status, why: str
) -> None:
    case = cast.case(company, status=status)
    shown = page(getattr(company, who), case.get_absolute_url())
    assert "data-edit" not in shown
    assert f'data-why="{why}' in shown
    refused = browser(getattr(company, who)).post(
        f"{case.get_absolute_url()}edit/?field=priority", {"priority": "1", "seen_priority": "2"}
    )
    assert refused.status_code in {403, 409}
    case.refresh_from_db()
    assert case.priority == Priority.NORMAL


def collide(company: Cast, **more: str) -> tuple[Case, str, int]:
    """Frank sends a description although Sue has changed it since he saw it."""
    case = cast.case(company)
    seen = case.description
    edit_case(case, changes={"description": "Sue's <words>."}, seen={}, by=actor(company.sue))
    answer = browser(company.frank).post(
        f"{case.get_absolute_url()}edit/?field=description",
        {"description": "Frank's words.", "seen_description": seen, **more},
    )
    case.refresh_from_db()
    return case, answer.content.decode(), answer.status_code


def test_the_second_sees_old_theirs_and_mine(company: Cast) -> None:
    case, shown, status = collide(company)
    assert (status, case.description) == (422, "Sue's <words>.")
    panel = shown.partition('class="collision"')[2].partition("</section>")[0]
    for words in (
        "Autopay was charged twice",
        "Sue Tester",
        "Sue&#39;s &lt;words&gt;.",
        "Frank&#39;s wo",
    ):
        assert words in panel
    assert 'name="theirs" value="description"' in shown
    assert "Save mine" in shown
    # Pressed by Enter it is the first button, and that saves what was typed.
    assert shown.index("Save mine</button>") < shown.index("Take theirs</button>")


def test_take_theirs_leaves_it_and_forgets_what_was_typed(company: Cast) -> None:
    case, _, _ = collide(company)
    draft = f"case/{case.number}/edit/field/description"
    keep(draft, {"description": "Frank's words."}, by=actor(company.frank))
    answer = browser(company.frank).post(
        f"{case.get_absolute_url()}edit/?field=description",
        {
            "description": "Frank's words.",
            "seen_description": "Sue's <words>.",
            "theirs": "description",
        },
    )
    case.refresh_from_db()
    assert (answer.status_code, case.description) == (303, "Sue's <words>.")
    assert kept(draft, by=actor(company.frank)) == {}


def test_save_mine_puts_it_in_its_place(company: Cast) -> None:
    case, _, _ = collide(company)
    browser(company.frank).post(
        f"{case.get_absolute_url()}edit/?field=description",
        {"description": "Frank's words.", "seen_description": "Sue's <words>."},
    )
    case.refresh_from_db()
    assert case.description == "Frank's words."


def test_a_group_takes_theirs_and_saves_the_rest(company: Cast) -> None:
    case = cast.case(company)
    seen = case.description
    edit_case(case, changes={"description": "Sue's."}, seen={}, by=actor(company.sue))
    browser(company.frank).post(
        f"{case.get_absolute_url()}edit/?group=request",
        {
            "description": "Frank's.",
            "seen_description": seen,
            "priority": "1",
            "seen_priority": "2",
            "theirs": "description,odd",
        },
    )
    case.refresh_from_db()
    assert (case.description, case.priority) == ("Sue's.", Priority.HIGH)


def test_what_was_typed_comes_back_with_what_was_seen_then(company: Cast) -> None:
    """A draft put back over what somebody else wrote meanwhile would hide it (K2)."""
    case = cast.case(company)
    keep(
        f"case/{case.number}/edit/field/description",
        {"description": "Half typed", "seen_description": case.description},
        by=actor(company.frank),
    )
    seen = case.description
    edit_case(case, changes={"description": "Sue's."}, seen={}, by=actor(company.sue))
    shown = page(company.frank, f"{case.get_absolute_url()}edit/?field=description")
    assert "Half typed</textarea>" in shown
    assert f'value="{seen}"' in shown


@pytest.mark.parametrize(
    ("field", "sent"),
    [("description", {"description": "x" * 50_001}), ("priority", {"priority": "7"}),
     ("description", {"description": " "}), ("contact", {"contact": "99999999999999999999"})],
)  # fmt: skip
def test_bad_input_is_shown_at_the_field_and_kept(
    company: Cast, field: str, sent: dict[str, str]
) -> None:
    case = cast.case(company)
    answer = browser(company.frank).post(f"{case.get_absolute_url()}edit/?field={field}", sent)
    assert answer.status_code == 422
    assert 'class="field__error"' in answer.content.decode()


def test_a_field_takes_at_most_eight_statements(
    company: Cast, django_assert_max_num_queries: Statements
) -> None:
    case = cast.case(company)
    client = browser(company.frank)
    client.get(case.get_absolute_url())
    for field in ("priority", "request_type", "installer", "contact"):
        with django_assert_max_num_queries(8):
            client.get(f"{case.get_absolute_url()}edit/?field={field}")
