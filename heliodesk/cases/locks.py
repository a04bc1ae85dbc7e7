"""Locking the rows of cases: one, or several at once where each is then changed by its own rule."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar

from heliodesk.cases.models import Case
from heliodesk.core import rows

OWNERS = ("owner_agent", "owner_queue")

_ahead: ContextVar[dict[int, Case] | None] = ContextVar("locked_ahead", default=None)


def lock_row(case_id: int) -> Case | None:
    """The case's row, locked until the transaction ends, as it is now; None where there is none."""
    known = _ahead.get()
    if known and case_id in known:
        return known.pop(case_id)
    return rows.find(Case, "id = %s", [case_id], lock="FOR UPDATE")


def lock_rows(case_ids: Sequence[int], *, waiting: bool) -> dict[int, Case]:
    """The rows of these cases, locked until the transaction ends, as they are now, by their IDs and
    with their owners read along; without `waiting` those that somebody else holds are left out."""
    lock = "FOR UPDATE OF t" if waiting else "FOR UPDATE OF t SKIP LOCKED"
    found = rows.find_all(
        Case, "t.id = ANY(%s::bigint[]) ORDER BY t.id", [list(case_ids)], related=OWNERS, lock=lock
    )
    return {case.pk: case for case in found}


@contextmanager
def locked_ahead(cases: Mapping[int, Case]) -> Iterator[None]:
    """Inside, a rule that locks one of these gets the row that this transaction has locked and read
    with `lock_rows`, the first time. For rules that change no case but their own."""
    token = _ahead.set(dict(cases))
    try:
        yield
    finally:
        _ahead.reset(token)
