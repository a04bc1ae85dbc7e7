"""What is answered, for the document: the same as `queries/shapes.py` writes."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from ninja import Schema
from pydantic import ConfigDict, create_model

from heliodesk.assignments.models import AssignmentStatus
from heliodesk.cases.models import CaseType, ContractGap, Status
from heliodesk.directory.models import ContactRole, ContractStatus
from heliodesk.people.models import Role


class Shown(Schema):
    """What is answered has exactly these fields."""

    model_config = ConfigDict(extra="forbid")


class Named(Shown):
    """Somebody or something, by ID and name."""

    id: int
    name: str


class Slugged(Named):
    """A queue or a department."""

    slug: str


class CustomerAccount(Named):
    """The account of a case."""

    external_id: str


class CaseContact(Named):
    """The contact of a case."""

    email: str
    phone: str
    role: ContactRole


class CaseContract(Shown):
    """The contract of a case."""

    contract_id: str
    status: ContractStatus


class Owner(Shown):
    """Exactly one of an agent and a queue (Q1)."""

    kind: Literal["agent", "queue"]
    id: int
    slug: str | None
    name: str


class CaseShown(Shown):
    """A case (H4)."""

    number: str
    case_type: CaseType
    status: Status
    priority: Literal["high", "normal"]
    account: CustomerAccount
    contact: CaseContact | None
    contract: CaseContract | None
    contract_gap: ContractGap
    installer: Named | None
    installer_contact: Named | None
    job_id: str
    customer_name: str
    property_address: str
    customer_phone: str
    customer_email: str
    sales_rep_name: str
    sales_rep_email: str
    request_type: Named
    request_subtype: Named
    source: Named
    description: str
    owner: Owner
    previous_case: str | None
    created_at: datetime
    created_by: Named
    last_modified_at: datetime
    last_modified_by: Named | None
    closed_at: datetime | None
    closed_reason: Named | None
    closed_by: Named | None
    merged_into: str | None
    reviewed_at: datetime | None
    reviewed_by: Named | None
    review_comments: str
    follow_up_at: datetime | None
    follow_up_for: str


class RelatedCaseShown(Shown):
    """A case that another one is linked with (W2), and since when."""

    number: str
    status: Status
    customer_name: str
    request_type: Named
    request_subtype: Named
    linked_at: datetime
    linked_by: Named


class AssignmentShown(Shown):
    """A case assignment (A)."""

    number: str
    case_number: str
    department: Slugged
    topic: Named | None
    referral_reason: Named
    referral_subtype: Named | None
    referral_comments: str
    account_manager: Named | None
    sales_manager: Named | None
    status: AssignmentStatus
    assignee: Named | None
    outcome: str
    created_at: datetime
    created_by: Named
    accepted_at: datetime | None
    acted_at: datetime
    ended_at: datetime | None
    ended_by: Named | None


class FileShown(Shown):
    """A file on a case (G)."""

    id: int
    name: str
    size: int
    content_type: str
    sha256: str
    uploaded_at: datetime
    uploaded_by: Named


class NoticeShown(Shown):
    """A notice of the bell (C2)."""

    id: int
    kind: str
    case_number: str
    item: int | None
    by: str | None
    at: datetime
    read_at: datetime | None


class HistoryShown(Shown):
    """One entry of the record of changes (K4)."""

    id: int
    at: datetime
    by: str | None
    origin: str
    kind: str
    changes: dict[str, Any]


class FeedItemShown(Shown):
    """A post, a reply, or something that happened (C1, C3). `body` is Markdown, `says` a line."""

    id: int
    kind: str
    author: str
    at: datetime
    parent: int | None
    says: str
    body: str
    edited: bool
    deleted: bool


class MatchShown(Shown):
    """A case that may be the same issue (B4), and why."""

    number: str
    status: Status
    customer_name: str
    description: str
    created_at: datetime
    why: list[str]


class InteractionShown(Shown):
    """An interaction as it was recorded (B1)."""

    id: int
    account: int
    case_number: str | None
    at: datetime


class MeShown(Shown):
    """Who the token acts as."""

    id: int
    username: str
    name: str
    email: str
    role: Role
    queues: list[str]
    departments: list[str]
    scope: Literal["read", "write", "admin"]


class QueueShown(Slugged):
    """A queue with what waits in it (V2); `waiting` is counted up to 1,000."""

    case_type: str
    waiting: int
    oldest_since: datetime | None


class DepartmentShown(Slugged):
    """A department and what it wants (A1)."""

    wants_managers: bool
    topics: list[Named]


class RequestTypeShown(Named):
    """A request type with its subtypes (H4)."""

    for_homeowner: bool
    for_installer: bool
    subtypes: list[Named]


class ReferralReasonShown(Named):
    """A referral reason of a department, with its subtypes (A1)."""

    department: str
    subtypes: list[Named]


class UserShown(Named):
    """Somebody of the desk."""

    username: str
    role: Role
    is_active: bool


class HitShown(Shown):
    """Something that was found, and its address on the desk (V4)."""

    kind: Literal["case", "contract", "account", "job", "person"]
    url: str
    title: str
    hint: str
    exact: bool


def listed(shown: type[Shown]) -> type[Shown]:
    """A page of such rows; `next` is the cursor of the one after it."""
    fields: dict[str, Any] = {"items": (list[shown], ...), "next": (str | None, ...)}  # type: ignore[valid-type]  # the type is a value here
    return create_model(f"{shown.__name__.removesuffix('Shown')}Page", __base__=Shown, **fields)
