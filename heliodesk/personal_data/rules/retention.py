"""How long the desk keeps personal data after a homeowner's last case (K1, K4)."""

from __future__ import annotations

import logging

from heliodesk.core import audit
from heliodesk.core.refusal import Refused
from heliodesk.core.rule import rule
from heliodesk.people.access import SYSTEM, Actor, require_administrator
from heliodesk.personal_data.models import Retention
from heliodesk.personal_data.queries.due import due
from heliodesk.personal_data.rules.erasing import erase_by_retention

LONGEST = 600  # months
A_RUN = 200  # homeowners

log = logging.getLogger(__name__)


@rule("K1", "K4")
def set_retention(months: int | None, *, by: Actor) -> Retention:
    """Erase homeowners so many months after their last case was closed; None: never by itself.
    Refuses for anybody but administrators, and fewer months than 1 or more than `LONGEST`."""
    require_administrator(by=by, to="say how long personal data is kept")
    if months is not None and not 1 <= months <= LONGEST:
        raise Refused(
            "months_out_of_range",
            f"Enter 1 to {LONGEST} months, or nothing to keep them for ever.",
            rule="K4",
            field="months",
        )
    kept = Retention.objects.select_for_update().get_or_create(pk=1)[0]
    if kept.months != months:
        changes = {"months": [kept.months, months]}
        kept.months = months
        kept.save(update_fields=["months"])
        audit.note("retention_changed", "retention", kept.pk, changes=changes, by=by)
    return kept


def erase_due(*, by: Actor = SYSTEM) -> int:
    """Erase some of those whose time is over, each in a transaction of its own; gives how many.
    One that cannot be erased just now does not keep the others."""
    months = Retention.current().months
    if months is None:
        return 0
    erased = 0
    for one in due(months, limit=A_RUN):
        try:
            erase_by_retention(one.account_id, by=by)
            erased += 1
        except Refused as refused:  # a case was opened meanwhile
            log.info("Account %s is kept: %s", one.account_id, refused.code)
    return erased
