"""The settings of the desk: checked, on record, and not saved over what somebody else saved."""

from __future__ import annotations

from typing import Any

import pytest

from heliodesk.core.models import AuditEntry
from heliodesk.core.refusal import NotPermitted, Refused
from heliodesk.people.models import DeskSettings
from heliodesk.people.rules.desk_settings import change_desk_settings
from tests.cast import Cast, actor

pytestmark = pytest.mark.django_db


def change(company: Cast, seen: dict[str, str] | None = None, **values: Any) -> DeskSettings:
    return change_desk_settings(values=values, seen=seen, by=actor(company.ada))


def test_they_hold_at_once_and_are_on_record(company: Cast) -> None:
    change(company, review_interval_hours=72, refused_file_types=".EXE, *.bat;js")
    now = DeskSettings.current()
    assert (now.review_interval_hours, now.refused_file_types) == (72, "exe bat js")
    entry = AuditEntry.objects.get(kind="set_up_changed", subject_kind="desksettings")
    assert entry.changes["review_interval_hours"] == [48, 72]
    change(company, review_interval_hours=72)  # nothing new
    assert AuditEntry.objects.filter(subject_kind="desksettings").count() == 1


@pytest.mark.parametrize(
    ("name", "value", "rule", "words"),
    [
        ("review_interval_hours", 0, "L7", "from 1 to 2,160"),
        ("reopening_window_hours", 721, "X4", "from 1 to 720"),
        ("follow_up_hours", 0, "F3", "from 1 to 720"),
        ("overdue_hours", 2161, "F4", "from 1 to 2,160"),
        ("digest_hour", 24, "C2", "from 0 to 23"),
        ("file_size_limit_mb", 2049, "G1", "from 1 to 2,048"),
        ("refused_file_types", "exe, what?/", "G1", "Not a file name ending: what\\?/"),
        ("refused_file_types", " ".join(f"type{n}" for n in range(99)), "G1", "at most 500"),
        ("escalation_text", "x" * 20_001, "Q2", "under 20,000"),
    ],
)
def test_each_has_its_bounds(company: Cast, name: str, value: Any, rule: str, words: str) -> None:
    with pytest.raises(Refused, match=words) as refused:
        change(company, **{name: value})
    assert (refused.value.rule, refused.value.field) == (rule, name)


def test_the_escalation_contact_is_active(company: Cast) -> None:
    assert change(company, escalation_contact=company.sue).escalation_contact == company.sue
    company.fiona.is_active = False
    company.fiona.save()
    with pytest.raises(Refused, match="Fiona Tester is deactivated") as refused:
        change(company, escalation_contact=company.fiona)
    assert (refused.value.rule, refused.value.field) == ("F3", "escalation_contact")
    assert change(company, escalation_contact=None).escalation_contact is None


def test_changes_of_different_settings_both_stand(company: Cast) -> None:
    seen = {"overdue_hours": "48", "digest_hour": "7"}
    change(company, overdue_hours=24)
    now = change(company, seen, overdue_hours=48, digest_hour=9)
    assert (now.overdue_hours, now.digest_hour) == (24, 9)
    with pytest.raises(Refused) as refused:
        change(company, seen, overdue_hours=12)
    assert (refused.value.code, refused.value.rule) == ("stale", "K2")
    assert refused.value.about == {"seen": {"overdue_hours": "24"}}


@pytest.mark.parametrize("who", ["frank", "sue", "dora"])
def test_administrators_alone_change_them(company: Cast, who: str) -> None:
    with pytest.raises(NotPermitted):
        change_desk_settings(values={"digest_hour": 9}, by=actor(getattr(company, who)))
