"""A case while its past is worked out."""

from __future__ import annotations

from dataclasses import dataclass, field

from benchmarks.moments import HOUR


@dataclass(slots=True)
class Event:
    """What stands in the feed."""

    at: int
    kind: str
    author: int
    body: str = ""
    data: str = "{}"


@dataclass(slots=True)
class Story:
    """A case while its past is worked out; moments in seconds."""

    pk: int
    is_open: bool
    case_type: str
    created: int
    creator: int
    agent: int
    account: int = 0
    contact: int | None = None
    contract: int | None = None
    installer: int = 0
    name: str = ""
    address: str = ""
    phone: str = ""
    gap: str = ""
    job: str = ""
    status: str = "closed"
    queued: bool = False
    closed: int | None = None
    reopened: int | None = None
    reviewed: int | None = None
    review: str = ""
    events: list[Event] = field(default_factory=list)

    @property
    def acts_from(self) -> int:
        """When its owner began."""
        return self.created + HOUR // 2
