"""What the default set-up data consists of."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class RequestType:
    """A Customer Request Type with its subtypes, in the order of the form (H4)."""

    name: str
    subtypes: tuple[str, ...]
    for_homeowner: bool = True
    for_installer: bool = True


@dataclass(frozen=True)
class Sop:
    """The company's text for one subtype, with the referral it suggests (A1).

    `department` and `reason` name entries of `heliodesk.people.defaults`; both are empty where
    the text says that Support finishes the request alone."""

    request_type: str
    subtype: str
    text: str
    department: str = ""
    reason: str = ""


@dataclass(frozen=True)
class ClosedReason:
    """Why a case ends (X1); `system_only` ones are never offered to a person (X7)."""

    name: str
    description: str
    system_only: bool = False
    voids: bool = False


@dataclass(frozen=True)
class CaseSource:
    """How the request reached the desk; `channel` is the interaction's channel (H5)."""

    name: str
    channel: str = ""


@dataclass(frozen=True)
class Queue:
    """An owner that is not a person; `case_type` is homeowner or installer (Q2)."""

    name: str
    case_type: str
    description: str


@dataclass(frozen=True)
class Settings:
    """What the desk's one row of settings starts with."""

    review_interval_hours: int = 48
    file_limit_mb: int = 25
    reopening_window_hours: int = 6
    follow_up_hours: int = 48
    refused_file_types: tuple[str, ...] = field(default=())
    escalation_text: str = ""
