"""Lists to choose from: placed, retired, offered again, deleted while unused (A1, A6, X1, X7)."""

from __future__ import annotations

from typing import Any

import pytest

from heliodesk.cases.models import ClosedReason, RequestSubtype, RequestType
from heliodesk.cases.rules.closed_reasons import keep_closed_reason
from heliodesk.core.models import AuditEntry
from heliodesk.core.refusal import NotFound, NotPermitted, Refused
from heliodesk.people.models import Choice, ReferralReason
from heliodesk.people.rules.choices import (
    delete_choice,
    offer_choice_again,
    place_choice,
    retire_choice,
)
from heliodesk.people.rules.referral_reasons import (
    add_referral_reason,
    add_referral_subtype,
    change_referral_reason,
    change_referral_subtype,
)
from tests import cast
from tests.cast import Cast, actor

pytestmark = pytest.mark.django_db


def order(choice: Choice) -> list[str]:
    return list(choice.siblings().values_list("name", flat=True))


def entry(kind: str) -> AuditEntry:
    return AuditEntry.objects.get(kind=kind)


@pytest.fixture
def reasons(company: Cast) -> list[ReferralReason]:
    """Three more of Legal, behind the one that the cast has."""
    ada = actor(company.ada)
    names = ("Lien", "Dispute", "Attorney")
    return [add_referral_reason(company.legal, name=name, by=ada) for name in names]


def test_a_new_one_is_the_last_of_its_list_and_on_record(
    company: Cast, reasons: list[ReferralReason]
) -> None:
    assert order(reasons[0]) == [company.legal_reason.name, "Lien", "Dispute", "Attorney"]
    added = AuditEntry.objects.filter(kind="set_up_added", subject_kind="referralreason")
    assert added.count() == 3
    assert added.latest("id").changes["name"] == [None, "Attorney"]
    assert added.latest("id").by == company.ada


def test_it_is_put_before_or_after_another(company: Cast, reasons: list[ReferralReason]) -> None:
    lien, dispute, attorney = reasons
    ada = actor(company.ada)
    place_choice(attorney, beside=lien.pk, after=False, by=ada)
    first = company.legal_reason.name
    assert order(lien) == [first, "Attorney", "Lien", "Dispute"]
    place_choice(attorney, beside=lien.pk, after=False, by=ada)  # sent twice
    assert order(lien) == [first, "Attorney", "Lien", "Dispute"]
    place_choice(lien, beside=dispute.pk, after=True, by=ada)
    assert order(lien) == [first, "Attorney", "Dispute", "Lien"]
    assert AuditEntry.objects.filter(kind="set_up_moved").count() == 2


def test_it_is_not_put_beside_one_of_another_list(
    company: Cast, reasons: list[ReferralReason]
) -> None:
    with pytest.raises(Refused) as refused:
        place_choice(reasons[0], beside=company.sales_reason.pk, after=True, by=actor(company.ada))
    assert (refused.value.code, refused.value.rule) == ("place_gone", "A1")


def test_what_is_retired_comes_back_at_the_end(
    company: Cast, reasons: list[ReferralReason]
) -> None:
    ada = actor(company.ada)
    lien = retire_choice(reasons[0], by=ada)
    assert not lien.is_active
    assert entry("set_up_retired").changes == {"name": "Lien", "is_active": [True, False]}
    retire_choice(lien, by=ada)  # a second press
    offer_choice_again(lien, by=ada)
    offer_choice_again(lien, by=ada)
    assert order(lien)[-1] == "Lien"
    assert ReferralReason.objects.get(pk=lien.pk).is_active
    assert entry("set_up_offered_again").subject_id == lien.pk


def test_the_last_ones_without_which_no_case_goes_on_stay(company: Cast) -> None:
    ada = actor(company.ada)
    retire_choice(company.email, by=ada)
    retire_choice(company.billing, by=ada)
    for last in (company.phone, company.performance):
        with pytest.raises(Refused, match=r"is the last .* that is offered") as refused:
            retire_choice(last, by=ada)
        assert (refused.value.code, refused.value.rule) == ("last_choice", "H4")


def test_the_last_reason_that_people_close_with_stays(company: Cast) -> None:
    ada = actor(company.ada)
    ClosedReason.objects.exclude(pk=company.resolved.pk).update(is_active=False)
    with pytest.raises(Refused) as refused:
        retire_choice(company.resolved, by=ada)
    assert refused.value.code == "last_choice"


@pytest.mark.parametrize("which", ["voided", "duplicate"])
def test_what_the_desk_works_with_is_neither_renamed_retired_nor_deleted(
    company: Cast, which: str
) -> None:
    fixed, ada = getattr(company, which), actor(company.ada)
    acts: list[Any] = [
        lambda: keep_closed_reason(fixed, name="Gone", by=ada),
        lambda: retire_choice(fixed, by=ada),
        lambda: delete_choice(fixed, by=ada),
    ]
    for act in acts:
        with pytest.raises(Refused, match="The desk works with") as refused:
            act()
        assert (refused.value.code, refused.value.rule) == ("choice_is_fixed", "X1")
    place_choice(fixed, beside=company.resolved.pk, after=True, by=ada)
    assert order(fixed).index(fixed.name) == order(fixed).index("Resolved") + 1


def test_what_was_never_used_is_deleted_and_its_words_stay_on_record(company: Cast) -> None:
    ada = actor(company.ada)
    with pytest.raises(Refused) as refused:
        delete_choice(company.low_production, by=ada)
    assert refused.value.code == "still_offered"
    retire_choice(company.low_production, by=ada)
    delete_choice(company.low_production, by=ada)
    delete_choice(company.low_production, by=ada)  # sent twice
    assert not RequestSubtype.objects.filter(pk=company.low_production.pk).exists()
    assert entry("set_up_deleted").changes["name"] == ["Low production", None]


def test_what_is_in_use_stays_retired(company: Cast) -> None:
    cast.assignment(company, cast.case(company))
    cast.case(company, status="closed")
    ada = actor(company.ada)
    for used, users in (
        (company.autopay, "cases"),
        (company.billing, "cases, request subtypes"),
        (company.phone, "cases"),
        (company.resolved, "closures"),
        (company.sales_reason, "case assignments"),
    ):
        retire_choice(used, by=ada)
        with pytest.raises(Refused, match=f"is in use: {users} have it") as refused:
            delete_choice(used, by=ada)
        assert (refused.value.code, refused.value.rule) == ("in_use", used.procedure)
        assert type(used)._default_manager.filter(pk=used.pk, is_active=False).exists()


def test_a_name_is_used_once_however_it_is_spelt(
    company: Cast, reasons: list[ReferralReason]
) -> None:
    ada = actor(company.ada)
    with pytest.raises(Refused, match="There is already a referral reason “lien”") as refused:
        add_referral_reason(company.legal, name=" lien ", by=ada)
    assert (refused.value.code, refused.value.field) == ("name_taken", "name")
    retire_choice(reasons[0], by=ada)
    with pytest.raises(Refused, match=r"a retired referral reason “LIEN”\. Offer that one again"):
        change_referral_reason(reasons[1], name="LIEN", by=ada)
    assert add_referral_reason(company.sales, name="Lien", by=ada).department == company.sales


@pytest.mark.parametrize("name", ["", "  ", "\u200b", "x" * 121])
def test_a_name_can_be_read_and_kept(company: Cast, name: str) -> None:
    with pytest.raises(Refused, match="a name of at most 120 characters") as refused:
        add_referral_reason(company.legal, name=name, by=actor(company.ada))
    assert refused.value.field == "name"


def test_what_somebody_else_changed_is_seen_before_it_is_saved_over(
    company: Cast, reasons: list[ReferralReason]
) -> None:
    ada, seen = actor(company.ada), {"name": "Lien"}
    change_referral_reason(reasons[0], name="UCC-1", by=ada)
    with pytest.raises(Refused) as refused:
        change_referral_reason(reasons[0], name="Lien filing", seen=seen, by=ada)
    assert (refused.value.code, refused.value.rule) == ("stale", "K2")
    kept = change_referral_reason(reasons[0], name="Lien", seen=seen, by=ada)
    assert kept.name == "UCC-1"  # left as it was seen, it is not touched


def test_subtypes_of_a_reason_are_kept_likewise(company: Cast) -> None:
    ada = actor(company.ada)
    made = add_referral_subtype(company.sales_reason, name="Rebate", by=ada)
    renamed = change_referral_subtype(made, name="Rebate  promised", by=ada)
    assert (renamed.name, renamed.reason) == ("Rebate promised", company.sales_reason)
    retire_choice(made, by=ada)
    delete_choice(made, by=ada)


@pytest.mark.parametrize("who", ["frank", "bea", "sue", "dora"])
def test_administrators_alone_keep_the_lists(company: Cast, who: str) -> None:
    by = actor(getattr(company, who))
    reason = company.legal_reason
    acts: list[Any] = [
        lambda: add_referral_reason(company.legal, name="New", by=by),
        lambda: add_referral_subtype(reason, name="New", by=by),
        lambda: change_referral_reason(reason, name="New", by=by),
        lambda: place_choice(reason, beside=reason.pk, after=True, by=by),
        lambda: retire_choice(reason, by=by),
        lambda: offer_choice_again(reason, by=by),
        lambda: delete_choice(reason, by=by),
    ]
    for act in acts:
        with pytest.raises(NotPermitted) as refused:
            act()
        assert refused.value.code == "not_an_administrator"


def test_what_was_deleted_meanwhile_is_not_changed(company: Cast) -> None:
    ada = actor(company.ada)
    gone = RequestType.objects.create(name="Gone")
    RequestType.objects.filter(pk=gone.pk).delete()
    with pytest.raises(NotFound, match="There is no such request type"):
        retire_choice(gone, by=ada)
