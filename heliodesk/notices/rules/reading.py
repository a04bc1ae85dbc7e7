"""Reading notices (C2): one's own, and no others."""

from __future__ import annotations

from heliodesk.core import clock
from heliodesk.core.refusal import NotFound
from heliodesk.core.rule import rule
from heliodesk.notices.models import Notice
from heliodesk.notices.queries import own_notices
from heliodesk.people.access import Actor


@rule("C2", "K6")
def open_notice(notice_id: int, *, by: Actor) -> Notice:
    """Mark one's notice read and give it, its case read along; refuses with `NotFound` another's,
    and one on a case which `by` may see no longer."""
    found = own_notices(by).filter(pk=notice_id).select_related("case").first()
    if found is None:
        raise NotFound(
            "notice_not_found",
            "There is no such notice for you any more, or its case is not one you may see. "
            "Look through your other notices.",
            rule="K6",
        )
    if found.read_at is None:
        found.read_at = clock.now()
        found.save(update_fields=["read_at"])
    return found


@rule("C2")
def mark_notices_read(*, up_to: int, case: int | None = None, by: Actor) -> int:
    """Mark one's notices up to that ID read, so that those which came since stay unread: all, or
    those of the case with that number; gives how many."""
    unread = Notice.objects.filter(recipient_id=by.person_id, read_at=None, pk__lte=up_to)
    if case is not None:
        unread = unread.filter(case__number=case)
    return unread.update(read_at=clock.now())
