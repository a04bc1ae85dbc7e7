"""Giving a homeowner's data out, on record (K1, K4)."""

from __future__ import annotations

from typing import Any

from heliodesk.core import audit
from heliodesk.core.rule import rule
from heliodesk.directory.models import Account
from heliodesk.people.access import Actor, require_administrator
from heliodesk.personal_data.queries.held import everything
from heliodesk.personal_data.rules.erasing import not_a_homeowner


@rule("K1", "K4")
def export_homeowner(account_id: int, *, by: Actor) -> dict[str, Any]:
    """All that is held of a homeowner, by what it is; the record of changes says who has it.
    Refuses for anybody but administrators, and an account that is no homeowner's."""
    require_administrator(by=by, to="export all that is held of a homeowner")
    account = Account.objects.filter(pk=account_id).first()
    if account is None or account.is_installer:
        raise not_a_homeowner()
    held = everything(account_id)
    counts = {name: len(rows) for name, rows in held.items()}
    audit.note("homeowner_exported", "account", account_id, changes=counts, by=by)
    return held
