"""A case as its page shows it, read in one statement (H7, X3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from django.db import connection

from heliodesk.cases import access
from heliodesk.cases.models import Case, CaseType, ContractGap, Priority, Status
from heliodesk.cases.queries.case_record_sql import CASE, COLUMNS
from heliodesk.cases.queries.jira_links import Line, LinkedTicket, described, linked_tickets
from heliodesk.directory.models.contracts import ENDING, ContractStatus
from heliodesk.people.access import Actor
from heliodesk.people.models import DeskSettings, Queue, User


@dataclass(frozen=True)
class CaseRecord:
    """One case with the names of all that belongs to it; empty or None where there is none."""

    id: int
    number: int
    case_type: str
    status: str
    priority: int
    contract_gap: str
    job_id: str
    account_id: int
    contact_id: int | None
    contract_id: int | None
    installer_id: int | None
    installer_contact_id: int | None
    owner_agent_id: int | None
    owner_queue_id: int | None
    previous_case_id: int | None
    customer_name: str
    property_address: str
    customer_phone: str
    customer_email: str
    sales_rep_name: str
    sales_rep_email: str
    description: str
    created_at: datetime
    last_modified_at: datetime
    closed_at: datetime | None
    reviewed_at: datetime | None
    review_comments: str
    review_due_from: datetime
    follow_up_at: datetime | None
    follow_up_for: str
    account: str
    installer: str | None
    installer_contact: str | None
    contact: str | None
    contact_phone: str | None
    contact_email: str | None
    contract: str | None
    contract_status: str | None
    request_type: str
    request_subtype: str
    source: str
    owner_agent: str | None
    owner_queue: str | None
    created_by: str
    last_modified_by: str | None
    reviewed_by: str | None
    previous_number: int | None
    later_numbers: list[int]
    #: Whether the reader follows it (W2).
    following: bool
    merged_into: int | None
    merged_owner_agent_id: int | None
    merged_at: datetime | None
    standing: list[str]
    assignments: int
    refusal: str | None
    jira_rows: list[dict[str, Any]]
    closed_reason: str | None
    closed_note: str | None
    closed_by: str | None
    reopened_at: datetime | None
    reopening_window_hours: int | None
    file_size_limit_mb: int | None
    refused_file_types: str | None
    #: What became of the comment for its job in Engine (N4).
    engine: str | None
    #: What the reader has typed into its composer and not sent (C5).
    draft: str | None
    #: The same on cases merged into it: their numbers, and the texts.
    left_behind: list[tuple[int, str]] | None
    confirmed: str | None

    @property
    def display_number(self) -> str:
        """The case number as people know it, eight digits."""
        return f"{self.number:08d}"

    @property
    def url(self) -> str:
        """The address of the case's page."""
        return f"/cases/{self.display_number}/"

    @property
    def is_closed(self) -> bool:
        """True while a closure stands."""
        return self.status == Status.CLOSED

    @property
    def is_homeowner(self) -> bool:
        """True for a Homeowner Support case."""
        return self.case_type == CaseType.HOMEOWNER

    @property
    def is_high(self) -> bool:
        """True for high priority."""
        return self.priority == Priority.HIGH

    @property
    def type_label(self) -> str:
        """Homeowner Support or Installer Support."""
        return CaseType(self.case_type).label

    @property
    def status_label(self) -> str:
        """The status in full."""
        return Status(self.status).label

    @property
    def owner(self) -> str:
        """The agent or the queue that owns the case."""
        return self.owner_agent or self.owner_queue or ""

    @property
    def not_on_record(self) -> bool:
        """True for a homeowner who is not in the system (N5)."""
        return self.contract_gap == ContractGap.NOT_ON_RECORD

    @property
    def contract_is_ending(self) -> bool:
        """True where the contract is Cancelled or Pending Cancellation (H3, D3)."""
        return self.contract_status in ENDING

    @property
    def contract_status_label(self) -> str:
        """The contract's status, as people read it."""
        return ContractStatus(self.contract_status).label if self.contract_status else ""

    @property
    def age(self) -> timedelta | None:
        """The case age: created to last closed (X3); None while it is open."""
        return self.closed_at - self.created_at if self.closed_at else None

    @cached_property
    def tickets(self) -> list[LinkedTicket]:
        """The Jira tickets that are linked with it (J1)."""
        return linked_tickets(self.jira_rows)

    @property
    def described(self) -> list[Line]:
        """The description, with the linked tickets where their URLs stand in it (J1)."""
        return described(self.description, self.tickets)

    def settings(self) -> DeskSettings:
        """The desk's settings that the page needs; the defaults where none have been set."""
        found = DeskSettings(pk=1)
        if self.reopening_window_hours is not None:
            found.reopening_window_hours = self.reopening_window_hours
        if self.file_size_limit_mb is not None:
            found.file_size_limit_mb = self.file_size_limit_mb
        if self.refused_file_types is not None:
            found.refused_file_types = self.refused_file_types
        return found

    def as_case(self) -> Case:
        """What access and the feed ask of a case, without reading it again; made once."""
        return self._case

    @cached_property
    def _case(self) -> Case:
        agent, queue = self.owner_agent_id, self.owner_queue_id
        return Case(
            id=self.id,
            number=self.number,
            case_type=self.case_type,
            status=self.status,
            contract_gap=self.contract_gap,
            job_id=self.job_id,
            account_id=self.account_id,
            contract_id=self.contract_id,
            customer_name=self.customer_name,
            property_address=self.property_address,
            customer_phone=self.customer_phone,
            customer_email=self.customer_email,
            owner_agent=User(pk=agent, name=self.owner) if agent else None,
            owner_queue=Queue(pk=queue, name=self.owner) if queue else None,
        )


def get_case_record(number: int, *, by: Actor) -> CaseRecord:
    """The case with this number. Refuses with `NotFound` where there is none or `by` may not see
    it (K6). One SQL statement, two for people outside Support."""
    with connection.cursor() as cursor:
        cursor.execute(CASE, [by.user_id, by.user_id, by.user_id, number])
        row = cursor.fetchone()
    if row is None:
        raise access.not_visible(number)
    record = CaseRecord(**dict(zip(COLUMNS, row, strict=True)))
    access.require_visible(record.as_case(), by=by)
    return record
