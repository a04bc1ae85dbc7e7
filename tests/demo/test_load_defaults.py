"""The default set-up data: complete, consistent, and never in an administrator's way."""

from __future__ import annotations

import pytest
from django.core.management import call_command

from heliodesk.cases.defaults import CLOSED_REASONS, QUEUES, REQUEST_TYPES, SOPS
from heliodesk.cases.models import CaseSource, ClosedReason, RequestSubtype, RequestType
from heliodesk.people.defaults import DEPARTMENTS
from heliodesk.people.models import (
    Department,
    DeskSettings,
    Queue,
    ReferralReason,
    ReferralSubtype,
    Topic,
)

LISTS = (
    CaseSource, ClosedReason, Department, Queue, ReferralReason, ReferralSubtype, RequestSubtype,
    RequestType, Topic,
)  # fmt: skip


def test_sops_name_subtypes_departments_and_reasons_that_there_are() -> None:
    subtypes = {(kind.name, subtype) for kind in REQUEST_TYPES for subtype in kind.subtypes}
    reasons = {(team.name, reason.name) for team in DEPARTMENTS for reason in team.reasons}
    assert [sop for sop in SOPS if (sop.request_type, sop.subtype) not in subtypes] == []
    suggesting = [sop for sop in SOPS if sop.department or sop.reason]
    assert [sop for sop in suggesting if (sop.department, sop.reason) not in reasons] == []
    assert len(suggesting) > 25


def test_every_request_type_has_real_subtypes() -> None:
    assert all(4 <= len(kind.subtypes) <= 8 for kind in REQUEST_TYPES)
    assert any(not kind.for_installer for kind in REQUEST_TYPES)
    assert any(not kind.for_homeowner for kind in REQUEST_TYPES)


def test_only_the_system_closes_as_duplicate_and_one_reason_voids() -> None:
    assert [reason.name for reason in CLOSED_REASONS if reason.system_only] == ["Duplicate"]
    assert [reason.name for reason in CLOSED_REASONS if reason.voids] == ["Case Voided"]


@pytest.mark.django_db
def test_the_defaults_are_loaded_as_they_stand() -> None:
    call_command("load_defaults", verbosity=0)
    settings = DeskSettings.current()
    assert settings.review_interval_hours == 48
    assert settings.reopening_window_hours == 6
    assert settings.file_size_limit_mb == 25
    assert "exe" in settings.refused_types
    assert "Safety first" in settings.escalation_text
    assert {queue.name for queue in Queue.objects.all()} == {queue.name for queue in QUEUES}
    teams = Department.objects
    assert [team.name for team in teams.all()] == [team.name for team in DEPARTMENTS]
    assert teams.get(wants_managers=True).name == "Sales"
    assert teams.get(voids_case=True).name == "Resolution Specialist"
    assert {topic.name for topic in Topic.objects.all()} == {"Omnidian", "Workout Plans"}
    leak = RequestSubtype.objects.get(name="Roof leak")
    assert leak.suggested_reason is not None
    assert leak.suggested_reason.department == leak.suggested_department


@pytest.mark.django_db
def test_loading_again_brings_back_nothing_that_was_changed() -> None:
    call_command("load_defaults", verbosity=0)
    RequestType.objects.filter(name="Documents").update(name="Papers", is_active=False)
    ClosedReason.objects.filter(name="Withdrawn by customer").delete()
    DeskSettings.objects.update(review_interval_hours=72, escalation_text="Ask Ada.")
    before = [model.objects.count() for model in LISTS]
    call_command("load_defaults", verbosity=0)
    assert [model.objects.count() for model in LISTS] == before
    assert not RequestType.objects.filter(name="Documents").exists()
    assert DeskSettings.current().review_interval_hours == 72
    assert DeskSettings.current().escalation_text == "Ask Ada."
