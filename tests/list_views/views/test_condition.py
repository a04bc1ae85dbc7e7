"""Adding conditions to a filter: by a few letters, and by the plain form (V3)."""

from __future__ import annotations

import pytest

from heliodesk.list_views.fields import FIELDS
from heliodesk.people.models import User
from tests.cast import Cast
from tests.worklists.pages import page, signed_in

pytestmark = pytest.mark.django_db
FORM = "/cases/filter/"
AT = "/cases/?all=open:is:yes"


def proposed(company: Cast, typed: str, at: str = AT) -> dict[str, str]:
    """What is proposed for the letters: words to address."""
    answer = signed_in(company.frank).get(f"{FORM}options/", {"at": at, "q": typed})
    return {one["label"]: one["value"] for one in answer.json()["items"]}


def landed(company: Cast, **sent: object) -> str:
    """Where the form leads."""
    answer = signed_in(company.frank).get(FORM, {"at": AT, "add": "1", **sent})
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"])


def test_a_value_is_proposed_as_a_whole_condition(company: Cast) -> None:
    found = proposed(company, "high")
    assert found["Priority is High"] == "/cases/?all=open:is:yes&all=priority:is:high"


def test_a_length_of_time_is_proposed_for_dates(company: Cast) -> None:
    found = proposed(company, "7 days")
    assert found["Created more than 7 days ago"].endswith("&all=created_at:older:7d")
    assert "Last Modified in the last 7 days" in found
    assert list(proposed(company, "2w closed")) == ["Closed in the last 2 weeks"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("customer request sub", "Request subtype …"),
        ("assignee", "Owner (agent) …"),
        ("channel", "Case source …"),
        ("unassigned", "Owner (agent) is empty"),
        ("no contract id", "Contract ID is empty"),
        ("closed yesterday", "Closed yesterday"),
        ("last week", "Created last week"),
    ],
)
def test_a_field_is_found_by_what_else_people_call_it(
    company: Cast, typed: str, meant: str
) -> None:
    assert meant in proposed(company, typed)


def test_a_day_is_proposed_only_when_it_is_clear_which(company: Cast) -> None:
    assert not [label for label in proposed(company, "to") if "today" in label]
    found = proposed(company, "closed last month")
    assert list(found) == ["Closed last month"]


def test_people_and_queues_are_proposed_by_name(company: Cast) -> None:
    found = proposed(company, "owner bea", at="/queues/homeowner/?all=priority:is:high")
    assert found == {
        f"Owner (agent) is {company.bea.name}":
        f"/queues/homeowner/?all=priority:is:high&all=owner_agent:is:{company.bea.pk}"
    }  # fmt: skip


def test_a_field_leads_to_its_form(company: Cast) -> None:
    address = proposed(company, "custom")["Customer …"]
    assert "Text" in page(company.frank, address)


@pytest.mark.parametrize("name", FIELDS)
def test_every_field_has_its_form(company: Cast, name: str) -> None:
    assert FIELDS[name].label in page(company.frank, f"{FORM}?at=/cases/&field={name}")


@pytest.mark.parametrize(
    ("sent", "condition"),
    [
        ({"field": "status", "op": "is_not", "value": ["new", "closed"]},
         "status:is_not:new,closed"),
        ({"field": "owner_agent", "op": "is", "value": "me"}, "owner_agent:is:me"),
        ({"field": "closed_at", "op": "empty", "empty": "no"}, "closed_at:empty:no"),
        ({"field": "created_at", "op": "last", "amount": "4", "unit": "w"}, "created_at:last:4w"),
        ({"field": "created_at", "op": "is", "named": "this_week"}, "created_at:is:this_week"),
        ({"field": "created_at", "op": "on", "day": "2026-11-22"}, "created_at:on:2026-11-22"),
        (
            {"field": "created_at", "op": "between", "first": "2026-11-01", "last": "2026-11-22"},
            "created_at:between:2026-11-01..2026-11-22",
        ),
        ({"field": "customer", "op": "contains", "value": "O'Hara, Ann"},
         "customer:contains:O%27Hara,+Ann"),
        ({"field": "age", "op": "more", "value": "24"}, "age:more:24"),
        ({"field": "reopened", "op": "is", "value": "yes"}, "reopened:is:yes"),
    ],
)  # fmt: skip
def test_the_plain_form_lands_on_the_lists_address(
    company: Cast, sent: dict[str, object], condition: str
) -> None:
    assert landed(company, **sent) == f"/cases/?all=open:is:yes&all={condition}"


def test_a_condition_goes_into_a_group_of_its_own(company: Cast) -> None:
    sent = {"field": "priority", "op": "is", "value": "high"}
    assert landed(company, **sent, group="any") == "/cases/?all=open:is:yes&any=priority:is:high"


def test_a_condition_is_changed_in_its_place_and_moved(company: Cast) -> None:
    sent = {"field": "open", "op": "is", "was": "open:is:yes", "from": "all"}
    assert landed(company, **sent, value="no", group="all") == "/cases/?all=open:is:no"
    assert landed(company, **sent, value="yes", group="none") == "/cases/?none=open:is:yes"


def test_what_makes_no_sense_is_refused_in_the_form(company: Cast) -> None:
    sent = {"at": AT, "add": "1", "field": "created_at", "op": "between", "first": "2026-11-22",
            "last": "2026-11-01"}  # fmt: skip
    answer = signed_in(company.frank).get(FORM, sent)
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "ends before it begins" in shown
    assert 'value="2026-11-22" aria-label="From"' in shown


def test_an_account_is_given_by_its_name(company: Cast) -> None:
    sent = {"field": "account", "op": "is"}
    assert landed(company, **sent, name=company.homeowner.name).endswith(
        f"account:is:{company.homeowner.pk}"
    )
    browser = signed_in(company.frank)
    unclear = browser.get(FORM, {"at": AT, "add": "1", **sent, "name": "e"})
    assert unclear.status_code == 422
    values = browser.get("/cases/options/account/", {"q": company.homeowner.name[:6]}).json()
    named = {one["value"]: one["label"] for one in values["items"]}
    assert named[str(company.homeowner.pk)] == company.homeowner.name


def test_people_are_chosen_by_a_part_of_the_name(company: Cast) -> None:
    sent = {"field": "created_by", "op": "is"}
    shown = page(company.frank, f"{FORM}?at={AT}&field=created_by")
    assert 'data-pick="/cases/options/created_by/"' in shown
    assert company.bea.name not in shown  # nobody is listed but oneself
    assert landed(company, **sent, name="bea").endswith(f"&all=created_by:is:{company.bea.pk}")
    both = landed(company, **sent, name="bea", value=["me", company.frank.pk])
    assert both.endswith(f"&all=created_by:is:me,{company.frank.pk},{company.bea.pk}")


def test_people_whom_a_part_of_the_name_fits_are_offered_to_tick(company: Cast) -> None:
    sent = {"at": AT, "add": "1", "field": "created_by", "op": "is", "name": "tester"}
    answer = signed_in(company.frank).get(FORM, sent | {"value": company.sue.pk})
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "Tick those that you mean." in shown
    assert f'value="{company.sue.pk}" checked' in shown
    assert f'value="{company.bea.pk}"' in shown
    ticked = {"value": [company.sue.pk, company.bea.pk], "name": "tester", "found": "tester"}
    assert landed(company, field="created_by", op="is", **ticked).endswith(
        f"created_by:is:{company.sue.pk},{company.bea.pk}"
    )


@pytest.mark.parametrize(
    ("name", "said"), [("", "Type a part of the name"), ("zzz", "Nobody is called “zzz”")]
)
def test_a_name_that_nobody_has_is_refused(company: Cast, name: str, said: str) -> None:
    sent = {"at": AT, "add": "1", "field": "owner_agent", "op": "is", "name": name}
    answer = signed_in(company.frank).get(FORM, sent)
    assert (answer.status_code, said in answer.content.decode()) == (422, True)


def test_people_are_proposed_while_one_types_those_who_have_left_too(company: Cast) -> None:
    User.objects.filter(pk=company.bea.pk).update(is_active=False)
    found = signed_in(company.frank).get("/cases/options/owner_agent/", {"q": "bea"}).json()
    assert [(one["value"], one["label"], one["refused"]) for one in found["items"]] == [
        (str(company.bea.pk), f"{company.bea.name} (deactivated)", "")
    ]
    assert landed(company, field="owner_agent", op="is", name="bea").endswith(str(company.bea.pk))
    none = signed_in(company.frank).get("/cases/options/status/", {"q": "new"}).json()
    assert none == {"items": []}


def test_outsiders_are_not_told_the_names_of_customers(company: Cast) -> None:
    browser = signed_in(company.dora)
    found = browser.get("/cases/options/account/", {"q": company.homeowner.name}).json()
    assert found["items"] == []
    shown = browser.get(f"/cases/?all=account:is:{company.homeowner.pk}").content.decode()
    assert company.homeowner.name not in shown


def test_the_fields_are_offered_without_javascript(company: Cast) -> None:
    every = page(company.frank, f"{FORM}?at={AT}")
    assert all(field.label in every for field in FIELDS.values())
    assert "Priority is High" in page(company.frank, f"{FORM}?at={AT}&q=high")
