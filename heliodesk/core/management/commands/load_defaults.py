"""`load_defaults`: the set-up data that a new desk starts with.

Each list is loaded only while it is empty, so that running the command again brings back nothing
that an administrator has renamed or retired, and changes nothing that they have edited.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction
from django.db.models import Model
from django.utils.text import slugify

from heliodesk.cases import defaults as cases
from heliodesk.cases.models import CaseSource, ClosedReason, RequestSubtype, RequestType
from heliodesk.core import clock
from heliodesk.list_views.defaults import LIST_VIEWS
from heliodesk.list_views.models import ListView, SharedWith
from heliodesk.people import defaults as people
from heliodesk.people.models import (
    Department,
    DeskSettings,
    Queue,
    ReferralReason,
    ReferralSubtype,
    Topic,
)
from heliodesk.quick_texts.defaults import QUICK_TEXTS
from heliodesk.quick_texts.models import QuickText


class Command(BaseCommand):
    """Load what is missing of the default set-up data."""

    help = "Loads the default set-up data; lists which have entries already stay as they are."

    def handle(self, *args: Any, **options: Any) -> None:
        """Load each list that is empty, all or nothing."""
        with transaction.atomic():
            for model, load in LISTS:
                if load_once(model, load) and options["verbosity"]:
                    self.stdout.write(f"Loaded {model._meta.verbose_name_plural}.")


def load_once(model: type[Model], load: Callable[[], None]) -> bool:
    """Load the list unless it has entries; true where it was loaded."""
    if model._default_manager.exists():
        return False
    load()
    return True


def load_settings() -> None:
    """The one row of settings."""
    given = cases.SETTINGS
    DeskSettings.objects.create(
        pk=1,
        review_interval_hours=given.review_interval_hours,
        reopening_window_hours=given.reopening_window_hours,
        follow_up_hours=given.follow_up_hours,
        file_size_limit_mb=given.file_limit_mb,
        refused_file_types=" ".join(given.refused_file_types),
        escalation_text=given.escalation_text,
    )


def load_queues() -> None:
    """The two back-office queues; members are added by an administrator."""
    for position, queue in enumerate(cases.QUEUES, 1):
        Queue.objects.create(
            name=queue.name, slug=queue.case_type, case_type=queue.case_type, position=position
        )


def load_departments() -> None:
    """The boundary teams with their referral reasons, subtypes and topics."""
    teams = people.DEPARTMENTS
    departments = Department.objects.bulk_create(
        Department(
            name=team.name,
            slug=slugify(team.name),
            description=team.description,
            position=position,
            wants_managers=team.asks_for_managers,
            voids_case=team.voids_case_when_refused,
            follow_up_all=not team.tags_first_active_contact,
        )
        for position, team in enumerate(teams, 1)
    )
    Topic.objects.bulk_create(
        Topic(department=department, name=name, position=position)
        for department, team in zip(departments, teams, strict=True)
        for position, name in enumerate(team.topics, 1)
    )
    load_reasons(departments)


def load_reasons(departments: list[Department]) -> None:
    """What the departments are asked for."""
    given = [
        (department, position, reason)
        for department, team in zip(departments, people.DEPARTMENTS, strict=True)
        for position, reason in enumerate(team.reasons, 1)
    ]
    reasons = ReferralReason.objects.bulk_create(
        ReferralReason(department=department, name=reason.name, position=position)
        for department, position, reason in given
    )
    ReferralSubtype.objects.bulk_create(
        ReferralSubtype(reason=made, name=name, position=position)
        for made, (_, _, reason) in zip(reasons, given, strict=True)
        for position, name in enumerate(reason.subtypes, 1)
    )


def load_sources() -> None:
    """Case sources."""
    CaseSource.objects.bulk_create(
        CaseSource(name=source.name, channel=source.channel, position=position)
        for position, source in enumerate(cases.CASE_SOURCES, 1)
    )


def load_closed_reasons() -> None:
    """Closed reasons."""
    ClosedReason.objects.bulk_create(
        ClosedReason(
            name=reason.name,
            is_case_voided=reason.voids,
            set_by_system=reason.system_only,
            position=position,
        )
        for position, reason in enumerate(cases.CLOSED_REASONS, 1)
    )


def load_list_views() -> None:
    """The list views of the desk, for everybody (V3)."""
    now = clock.now()
    ListView.objects.bulk_create(
        ListView(name=name, query=query, shared_with=SharedWith.EVERYBODY, changed_at=now)
        for name, query in LIST_VIEWS.items()
    )


def load_quick_texts() -> None:
    """The shared quick texts (W3)."""
    QuickText.objects.bulk_create(
        QuickText(name=name, text=text) for name, text in QUICK_TEXTS.items()
    )


def load_request_types() -> None:
    """Request types and subtypes; an SOP's suggestion is left out where an administrator has
    other departments or reasons by now."""
    kinds = RequestType.objects.bulk_create(
        RequestType(
            name=given.name,
            for_homeowner=given.for_homeowner,
            for_installer=given.for_installer,
            position=position,
        )
        for position, given in enumerate(cases.REQUEST_TYPES, 1)
    )
    sops = {(sop.request_type, sop.subtype): sop for sop in cases.SOPS}
    reasons = {
        (reason.department.name, reason.name): reason
        for reason in ReferralReason.objects.select_related("department")
    }
    RequestSubtype.objects.bulk_create(
        subtype(kind, name, position, sops.get((kind.name, name)), reasons)
        for kind, given in zip(kinds, cases.REQUEST_TYPES, strict=True)
        for position, name in enumerate(given.subtypes, 1)
    )


def subtype(
    kind: RequestType,
    name: str,
    position: int,
    sop: cases.Sop | None,
    reasons: dict[tuple[str, str], ReferralReason],
) -> RequestSubtype:
    """One subtype with its SOP text, where there is one."""
    reason = reasons.get((sop.department, sop.reason)) if sop else None
    return RequestSubtype(
        request_type=kind,
        name=name,
        position=position,
        sop_text=sop.text if sop else "",
        suggested_department=reason.department if reason else None,
        suggested_reason=reason,
    )


# Departments before request types, whose SOP texts suggest them.
LISTS: tuple[tuple[type[Model], Callable[[], None]], ...] = (
    (DeskSettings, load_settings),
    (Queue, load_queues),
    (Department, load_departments),
    (CaseSource, load_sources),
    (ClosedReason, load_closed_reasons),
    (RequestType, load_request_types),
    (QuickText, load_quick_texts),
    (ListView, load_list_views),
)
