"""Erasing a homeowner's personal data, for good (K1, K4)."""

from __future__ import annotations

from django.db import connection

from heliodesk.cases.models import Case, Status
from heliodesk.core import audit, clock
from heliodesk.core.jobs import defer
from heliodesk.core.refusal import NotFound, Refused
from heliodesk.core.rule import rule
from heliodesk.directory.models import Account
from heliodesk.files.models import CaseFile
from heliodesk.people.access import SYSTEM, Actor, require_administrator
from heliodesk.personal_data.holdings import HOLDINGS
from heliodesk.personal_data.models import Erasure
from heliodesk.personal_data.traces import Traces

NAMED = 5  # cases that a refusal names
FILES_JOB = "heliodesk.personal_data.jobs.delete_files"
FILES_A_JOB = 500


@rule("K1", "K4")
def erase_homeowner(account_id: int, *, typed: str, by: Actor) -> Erasure:
    """Replace all that says who a homeowner was, and what was said with them, by a fixed word.

    `typed` is the name of the account, as a deliberate yes. Rows, dates, types, status and owners
    stay. Refuses while a case is open. The record of changes says that it was done, without the
    data, and loses what it held of it.
    """
    require_administrator(by=by, to="erase a homeowner")
    account = _lock(account_id)
    if " ".join(typed.split()) != " ".join(account.name.split()):
        raise Refused(
            "not_confirmed",
            f"This cannot be undone. Type the account's name, {account.name}, to confirm it.",
            rule="K4",
            field="typed",
        )
    return _erase(account, by=by)


@rule("K4")
def erase_by_retention(account_id: int, *, by: Actor = SYSTEM) -> Erasure:
    """The same, because the time that the desk keeps such data is over."""
    return _erase(_lock(account_id), by=by)


def _lock(account_id: int) -> Account:
    account = Account.objects.select_for_update().filter(pk=account_id).first()
    if account is None or account.is_installer:
        raise not_a_homeowner()
    return account


def not_a_homeowner() -> NotFound:
    """There is none, or it is an Org."""
    return NotFound("homeowner_not_found", "There is no such homeowner account.", rule="K6")


def _erase(account: Account, *, by: Actor) -> Erasure:
    cases = list(Case.objects.select_for_update().filter(account=account).order_by("pk"))
    _require_closed(cases)
    traces = Traces.of(account.pk)
    stored = list(CaseFile.objects.filter(case__in=cases).values_list("stored_as", flat=True))
    CaseFile.objects.filter(case__in=cases).delete()
    with connection.cursor() as cursor:
        for holding in reversed(HOLDINGS):
            if holding.erased:
                becomes = ", ".join(f"{name} = {sql}" for name, sql in holding.erased.items())
                cursor.execute(
                    f"UPDATE {holding.table} SET {becomes} WHERE {holding.where}",
                    {"account": account.pk},
                )
    traces.erase()
    for start in range(0, len(stored), FILES_A_JOB):
        defer(FILES_JOB, keys=stored[start : start + FILES_A_JOB])
    counts = {"cases": len(cases), "files": len(stored)}
    audit.note("homeowner_erased", "account", account.pk, changes=counts, by=by)
    return Erasure.objects.create(account=account, at=clock.now(), by_id=by.user_id, **counts)


def _require_closed(cases: list[Case]) -> None:
    numbers = [case.display_number for case in cases if case.status != Status.CLOSED]
    if not numbers:
        return
    named = ", ".join(numbers[:NAMED]) + (" …" if len(numbers) > NAMED else "")
    raise Refused(
        "case_open",
        f"Work on it goes on: open are {named}. Close them first.",
        rule="X1",
        about={"cases": numbers},
    )
