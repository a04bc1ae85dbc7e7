"""The set-up data that a new desk starts with, as plain data: an administrator edits it from
the first day, and `load_defaults` adds what is missing without touching what is there."""

from heliodesk.cases.defaults.lists import (
    CASE_SOURCES,
    CLOSED_REASONS,
    ESCALATION_TEXT,
    QUEUES,
    SETTINGS,
)
from heliodesk.cases.defaults.requests import REQUEST_TYPES
from heliodesk.cases.defaults.shapes import (
    CaseSource,
    ClosedReason,
    Queue,
    RequestType,
    Settings,
    Sop,
)
from heliodesk.cases.defaults.sops import SOPS

__all__ = [
    "CASE_SOURCES",
    "CLOSED_REASONS",
    "ESCALATION_TEXT",
    "QUEUES",
    "REQUEST_TYPES",
    "SETTINGS",
    "SOPS",
    "CaseSource",
    "ClosedReason",
    "Queue",
    "RequestType",
    "Settings",
    "Sop",
]
