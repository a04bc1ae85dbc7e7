"""The lists that people choose from, on the pages of administrators (H4, X1, A1, K1)."""

from __future__ import annotations

import re

import pytest
from pytest_django import DjangoAssertNumQueries

from heliodesk.cases.models import CaseSource, ClosedReason, RequestSubtype, RequestType
from heliodesk.people.models import Department, ReferralReason, ReferralSubtype
from tests import cast
from tests.cast import Cast
from tests.screens import browser, page, send

pytestmark = pytest.mark.django_db


def addresses(company: Cast) -> list[str]:
    """Every page and form."""
    billing, reason = company.billing.pk, company.sales_reason.pk
    return [
        "/set-up/request-types/", f"/set-up/request-types/{billing}/",
        "/set-up/closed-reasons/", "/set-up/case-sources/",
        "/set-up/referral-reasons/", "/set-up/referral-reasons/?department=legal",
        f"/set-up/referral-reasons/{reason}/",
        "/set-up/request-types/new/", f"/set-up/request-types/{billing}/edit/",
        f"/set-up/request-types/subtypes/new/?of={billing}",
        f"/set-up/request-types/subtypes/{company.autopay.pk}/edit/",
        "/set-up/case-sources/new/",
        f"/set-up/referral-reasons/new/?of={company.legal.pk}",
        f"/set-up/referral-reasons/subtypes/new/?of={reason}",
        f"/set-up/closed-reasons/{company.resolved.pk}/deletion/new/",
    ]  # fmt: skip


def test_each_page_is_read_with_few_statements(
    company: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    ada = browser(company.ada)
    for address in addresses(company):
        with django_assert_max_num_queries(8):
            assert ada.get(address).status_code == 200, address


@pytest.mark.parametrize("who", ["frank", "sue", "dora"])
def test_others_are_refused(company: Cast, who: str) -> None:
    client = browser(getattr(company, who))
    place = f"/set-up/request-types/{company.billing.pk}/place/"
    retirement = f"/set-up/closed-reasons/{company.resolved.pk}/retirement/"
    for address in addresses(company):
        assert client.get(address).status_code == 403, address
    for address in (place, retirement, "/set-up/case-sources/new/"):
        assert client.post(address, {"name": "New"}).status_code == 403, address
    assert ClosedReason.objects.get(pk=company.resolved.pk).is_active


def test_a_type_and_its_subtype_are_added(company: Cast) -> None:
    fields = {"name": "Batteries", "for_homeowner": "on"}
    assert send(company.ada, "/set-up/request-types/new/", **fields) == "/set-up/request-types/"
    made = RequestType.objects.get(name="Batteries")
    assert (made.for_homeowner, made.for_installer) == (True, False)
    assert "Not offered yet: it has no subtype." in page(company.ada, "/set-up/request-types/")
    address = f"/set-up/request-types/subtypes/new/?of={made.pk}"
    to = send(company.ada, address, name="Not charging", sop_text="Look at the app.")
    assert to == f"/set-up/request-types/{made.pk}/"
    shown = page(company.ada, to)
    assert "Not charging" in shown
    assert "Look at the app." in shown


def test_a_form_sent_twice_adds_one(company: Cast) -> None:
    client = browser(company.ada)
    shown = client.get("/set-up/closed-reasons/new/").content.decode()
    once = re.search(r'name="once" value="([^"]+)"', shown)
    assert once
    for _ in range(2):
        sent = {"name": "Handled by utility", "once": once[1]}
        answer = client.post("/set-up/closed-reasons/new/", sent)
        assert answer.status_code == 303
    assert ClosedReason.objects.filter(name="Handled by utility").count() == 1


def test_a_refused_form_keeps_what_was_typed(company: Cast) -> None:
    address = f"/set-up/request-types/subtypes/{company.autopay.pk}/edit/"
    fields = {
        "name": "Autopay",
        "sop_text": "Typed with care.",
        "suggested_department": company.legal.pk,
        "suggested_reason": company.sales_reason.pk,
    }
    shown = send(company.ada, address, answers=422, **fields)
    assert "is a reason of Sales" in shown
    assert "Typed with care." in shown
    fields |= {"suggested_department": company.sales.pk}
    send(company.ada, address, **fields)
    kept = RequestSubtype.objects.get(pk=company.autopay.pk)
    assert kept.suggested_reason == company.sales_reason


def test_a_stale_form_says_what_somebody_else_made_of_it(company: Cast) -> None:
    address = f"/set-up/case-sources/{company.phone.pk}/edit/"
    fields = {"name": "Telephone", "channel": "phone", "seen_name": "Phone", "seen_channel": ""}
    CaseSource.objects.filter(pk=company.phone.pk).update(name="Call")
    shown = send(company.ada, address, answers=409, **fields)
    assert "Meanwhile somebody else changed name to “Call”" in shown
    assert 'name="seen_name" value="Call"' in shown
    send(company.ada, address, **fields | {"seen_name": "Call"})
    assert CaseSource.objects.get(pk=company.phone.pk).name == "Telephone"


def test_one_is_moved_up_and_down(company: Cast) -> None:
    address = f"/set-up/request-types/{company.performance.pk}/place/"
    send(company.ada, address, before=company.billing.pk)
    assert RequestType.objects.first() == company.performance
    send(company.ada, address, before=company.billing.pk)  # from a page that is old
    send(company.ada, address, after=company.billing.pk)
    assert RequestType.objects.first() == company.billing
    client = browser(company.ada)
    answer = client.post(address, {"before": 999_999}, follow=True)
    assert "The list has changed meanwhile" in answer.content.decode()


def test_one_in_use_is_retired_and_offered_again(company: Cast) -> None:
    cast.case(company)
    own = f"/set-up/request-types/subtypes/{company.autopay.pk}"
    to = send(company.ada, f"{own}/retirement/")
    assert "Offer again" in page(company.ada, to)
    new_case = f"/contracts/{company.contract.contract_id}/cases/new/"
    assert f">{company.autopay.name}</option>" not in page(company.frank, new_case)
    deleted = send(company.ada, f"{own}/deletion/new/", answers=409)
    assert "is in use: cases have it. It stays retired" in deleted
    send(company.ada, f"{own}/offering/")
    assert f">{company.autopay.name}</option>" in page(company.frank, new_case)


def test_the_last_one_is_refused_on_the_list(company: Cast) -> None:
    CaseSource.objects.exclude(pk=company.phone.pk).update(is_active=False)
    client = browser(company.ada)
    address = f"/set-up/case-sources/{company.phone.pk}/retirement/"
    shown = client.post(address, follow=True).content.decode()
    assert "is the last case source that is offered" in shown


def test_what_was_never_used_is_deleted(company: Cast) -> None:
    own = f"/set-up/request-types/subtypes/{company.low_production.pk}"
    send(company.ada, f"{own}/retirement/")
    to = send(company.ada, f"{own}/deletion/new/")
    assert to == f"/set-up/request-types/{company.performance.pk}/"
    assert not RequestSubtype.objects.filter(pk=company.low_production.pk).exists()


def test_the_fixed_ones_say_why(company: Cast) -> None:
    shown = page(company.ada, "/set-up/closed-reasons/")
    assert "Set by the desk on a case that is merged (X7)." in shown
    assert f"/set-up/closed-reasons/{company.duplicate.pk}/retirement/" not in shown
    assert f"/set-up/closed-reasons/{company.resolved.pk}/retirement/" in shown


def test_reasons_stand_with_their_department(company: Cast) -> None:
    address = f"/set-up/referral-reasons/new/?of={company.legal.pk}"
    to = send(company.ada, address, name="Lien")
    assert to == "/set-up/referral-reasons/?department=legal"
    made = ReferralReason.objects.get(name="Lien")
    of = f"/set-up/referral-reasons/subtypes/new/?of={made.pk}"
    to = send(company.ada, of, name="UCC-1")
    assert "UCC-1" in page(company.ada, to)
    edit = f"/set-up/referral-reasons/subtypes/{made.subtypes.get().pk}/edit/"
    send(company.ada, edit, name="UCC-3", seen_name="UCC-1")
    assert ReferralSubtype.objects.get(reason=made).name == "UCC-3"


def test_there_is_nothing_where_there_is_nothing(company: Cast) -> None:
    for address in (
        "/set-up/request-types/999999/", "/set-up/referral-reasons/999999/",
        "/set-up/referral-reasons/?department=nobody", "/set-up/request-types/999999/edit/",
        "/set-up/request-types/subtypes/new/", "/set-up/request-types/subtypes/new/?of=x",
        "/set-up/anything/new/", "/admin/",
    ):  # fmt: skip
        assert browser(company.ada).get(address).status_code == 404, address
    Department.objects.update(is_active=False)
    assert "retired" in page(company.ada, "/set-up/referral-reasons/")
