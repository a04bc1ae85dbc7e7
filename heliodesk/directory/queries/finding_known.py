"""The account that is known by its key, as an address of the desk has it (V4)."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection

from heliodesk.directory.queries.finding import Hit, seeing
from heliodesk.directory.queries.finding_sql import EXACT
from heliodesk.people.access import Actor

ACCOUNT = "SELECT a.id FROM directory_account a WHERE a.id = %(key)s AND {seen}"
CONTACT = (
    "SELECT a.id FROM directory_contact p JOIN directory_account a ON a.id = p.account_id"
    " WHERE p.id = %(key)s AND {seen}"
)


@dataclass(frozen=True, slots=True)
class Customer:
    """An account or a contact by its key."""

    kind: str
    key: int


def known(at: Customer, *, by: Actor) -> list[Hit]:
    """The account, or that of the contact, where `by` may see it (K6); one statement."""
    seen, params = seeing(by)
    statement = ACCOUNT if at.kind == "account" else CONTACT
    with connection.cursor() as cursor:
        cursor.execute(statement.replace("{seen}", seen), params | {"key": at.key})
        return [Hit(key, EXACT, "") for (key,) in cursor.fetchall()]
