"""The set-up data by name, as the demo company refers to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from heliodesk.cases.models import CaseSource, ClosedReason, RequestSubtype, RequestType
from heliodesk.people.models import Queue, User


@dataclass(frozen=True)
class Setup:
    """IDs by name; queues by the case type that they are for."""

    now: datetime
    users: dict[str, int]
    queues: dict[str, int]
    request_types: dict[str, int]
    subtypes: dict[tuple[str, str], int]
    sources: dict[str, int]
    reasons: dict[str, int]


def read_setup(now: datetime, users: dict[str, User]) -> Setup:
    """The set-up data as it is in the database."""
    return Setup(
        now=now,
        users={username: user.pk for username, user in users.items()},
        queues=dict(Queue.objects.values_list("case_type", "pk")),
        request_types=dict(RequestType.objects.values_list("name", "pk")),
        subtypes={
            (subtype.request_type.name, subtype.name): subtype.pk
            for subtype in RequestSubtype.objects.select_related("request_type")
        },
        sources=dict(CaseSource.objects.values_list("name", "pk")),
        reasons=dict(ClosedReason.objects.values_list("name", "pk")),
    )
