"""Where in a feed a page begins."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from django.db.models import F
from django.db.models.functions import Coalesce

from heliodesk.cases.models import Case
from heliodesk.feed.models import FeedItem


@dataclass(frozen=True, slots=True)
class Cursor:
    """A place in a feed: items at or before `at`, `id`; the item itself too where inclusive."""

    at: datetime
    id: int
    inclusive: bool = False

    def __str__(self) -> str:
        return f"{self.at.astimezone(UTC):%Y%m%dT%H%M%S.%f}-{self.id}"

    @classmethod
    def read(cls, text: str | None) -> Cursor | None:
        """The cursor that was written into an address; None for none and for nonsense."""
        at, _, item = (text or "").rpartition("-")
        try:
            return cls(datetime.strptime(at, "%Y%m%dT%H%M%S.%f").replace(tzinfo=UTC), int(item))
        except ValueError:
            return None


def place_of(case: Case, item: int, limit: int) -> Cursor | None:
    """Where a page of `limit` begins that shows the item; None where the first page does, or the
    case has no such item."""
    root = (
        FeedItem.objects.filter(pk=item, case=case)
        .annotate(root_id=Coalesce("parent_id", "pk"), root_at=Coalesce("parent__at", F("at")))
        .values_list("root_at", "root_id")
    )
    newest = FeedItem.objects.filter(case=case, parent=None).order_by("-at", "-id")
    found = (
        root.annotate(last_at=newest.values("at")[limit - 1 : limit])
        .values_list("root_at", "root_id", "last_at")
        .first()
    )
    if found is None:
        return None
    at, root_id, last_at = found
    return None if last_at is None or at > last_at else Cursor(at, root_id, inclusive=True)
