"""What a customer asks for, as forms, the API and the rules of new cases hand it on (H4, N3)."""

from __future__ import annotations

from dataclasses import dataclass

from heliodesk.cases.models import CaseSource, RequestSubtype, RequestType


@dataclass(frozen=True, slots=True)
class Request:
    """The fields that every new case has; None for what was not chosen."""

    request_type: RequestType | None
    request_subtype: RequestSubtype | None
    description: str
    source: CaseSource | None
    priority: int | None
