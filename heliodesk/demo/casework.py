"""What one demo case consists of, before it is put into the database."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from heliodesk.demo.company import Agreement, Home, Job, Org, Person


@dataclass(eq=False)
class Event:
    """One item of the feed. `mentions` are usernames, or a case type for its queue; `told` are
    those who get a notice of it, and which kind; `talk` is the interaction that it tells of, and
    `asked` the assignment, whose number stands for `CA` in the body. The system has no name."""

    kind: str
    at: datetime
    by: str
    body: str = ""
    data: dict[str, Any] = field(default_factory=dict)
    parent: Event | None = None
    mentions: tuple[str, ...] = ()
    told: tuple[tuple[str, str], ...] = ()
    talk: Talk | None = None
    asked: Asked | None = None


@dataclass(eq=False)
class Asked:
    """A case assignment (A1). `managers` are usernames, where the department asks for them."""

    department: str
    reason: str
    subtype: str
    topic: str
    comments: str
    at: datetime
    by: str
    managers: tuple[str, str] | None = None
    status: str = "open"
    assignee: str = ""
    accepted_at: datetime | None = None
    acted_at: datetime | None = None  # by the department; None before it has
    ended_at: datetime | None = None
    ended_by: str = ""
    outcome: str = ""
    follow_ups: list[AskedAfter] = field(default_factory=list)

    @property
    def stands(self) -> bool:
        """True until it has ended."""
        return self.ended_at is None

    @property
    def unanswered(self) -> AskedAfter | None:
        """The follow-up that waits for an answer."""
        return next((one for one in self.follow_ups if one.ended_at is None), None)


@dataclass(eq=False)
class AskedAfter:
    """A follow-up of an assignment (F1), when it was escalated (F3) and answered (F2)."""

    at: datetime
    by: str
    escalated_at: datetime | None = None
    ended_at: datetime | None = None
    answered_by: str = ""


@dataclass(eq=False)
class Talk:
    """An interaction with a customer (B1), of the home where there is one, else of the Org.
    `opened_case`: it was logged first, and the case came of it (B3)."""

    channel: str
    spoke_with: str
    about: str
    resolved: bool
    at: datetime
    by: str
    org: Org
    home: Home | None = None
    person: Person | None = None
    agreement: Agreement | None = None
    opened_case: bool = False


@dataclass
class Ending:
    """A closure, and its reopening where there was one."""

    reason: str
    note: str
    at: datetime
    by: str
    reopened_at: datetime | None = None
    reopened_by: str = ""


@dataclass
class Subject:
    """Whom a case is about. Without an agreement it is an installer's, or nobody's on record."""

    org: Org
    home: Home | None = None
    agreement: Agreement | None = None
    person: Person | None = None
    installer_contact: Person | None = None
    job: Job | None = None
    seller: tuple[str, str] | None = None  # sales rep without a record: name, email
    stranger: tuple[str, str, str] | None = None  # not on record: name, phone, address


@dataclass(eq=False)
class Casework:
    """A case and everything that has happened on it. `owner` is a username or a case type,
    which stands for that type's queue."""

    case_type: str
    subject: Subject
    request_type: str
    subtype: str
    source: str
    description: str
    priority: int
    created_at: datetime
    created_by: str
    owner: str
    status: str = "new"
    events: list[Event] = field(default_factory=list)
    talks: list[Talk] = field(default_factory=list)
    endings: list[Ending] = field(default_factory=list)
    assignments: list[Asked] = field(default_factory=list)
    confirmed_ending: bool = False  # H3's deliberate yes
    not_the_same: list[Casework] = field(default_factory=list)  # B6
    continues: Casework | None = None  # X5
    review_due_from: datetime | None = None

    @property
    def is_open(self) -> bool:
        """True while no closure stands."""
        return self.status != "closed"

    @property
    def standing(self) -> list[Asked]:
        """Its assignments that have not ended."""
        return [asked for asked in self.assignments if asked.stands]

    @property
    def reviews(self) -> list[Event]:
        """Its reviews, oldest first."""
        return [event for event in self.events if event.kind == "review"]
