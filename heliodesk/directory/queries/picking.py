"""Managers, Orgs and contacts to choose from while one types (D1, A2, H4)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db import connection

from heliodesk.core.addresses import address
from heliodesk.core.numbers import whole
from heliodesk.core.picking import SHOWN, Choice
from heliodesk.directory.models import Account, AccountKind, Contact, ContactRole
from heliodesk.people.queries.picking import (
    Likely,
    People,
    colleagues_first,
    members_first,
    words_of,
)

#: Who manages an Org already: the Orgs are few, and found by their kind.
USED = Likely(
    """u.id IN (SELECT account_manager_id FROM directory_account WHERE kind = 'installer'
        UNION SELECT sales_manager_id FROM directory_account WHERE kind = 'installer')"""
)
OF_ORG = """u.id IN (SELECT unnest(ARRAY[account_manager_id, sales_manager_id])
    FROM directory_account WHERE id = %(org)s)"""

ORGS = """
    SELECT a.id, a.name, concat_ws(', ', nullif(a.city, ''), nullif(a.state, ''))
    FROM directory_account a
    WHERE a.kind = 'installer' AND {words} ORDER BY {begins}, a.name, a.id LIMIT {most}
"""
CONTACTS = """
    SELECT c.id, c.name, c.role, coalesce(nullif(c.phone, ''), c.email), c.is_active
    FROM directory_contact c WHERE c.account_id = %(account)s AND {words}
    ORDER BY NOT c.is_active, c.role <> 'primary_signer', {begins}, c.name, c.id LIMIT {most}
"""


def managers(
    *, department_id: int = 0, org_id: int = 0, my_queues: Iterable[int] = (),
    standing: int | None = None,
) -> People:  # fmt: skip
    """Who may be an Account Manager or Sales Manager: those of the Org first, then the members of
    the department that asks for them, then those who manage an Org, then who works my queues."""
    asked = {name: key for name, key in (("department", department_id), ("org", org_id)) if key}
    likely = [Likely(OF_ORG, {"org": org_id})] if org_id else []
    likely += [members_first(department_id)] if department_id else []
    likely += [USED, colleagues_first(my_queues)]
    where = address("manager_options") + (f"?{urlencode(asked)}" if asked else "")
    return People(where, tuple(likely), standing=standing)


@dataclass(frozen=True, slots=True)
class Orgs:
    """All Orgs, those whose name begins with what was typed first."""

    nothing: str = "No Org is called “{}”. Type a part of the name, and choose."

    @property
    def address(self) -> str:
        """Where they are found while one types."""
        return address("org_options")

    def find(self, typed: str) -> list[Choice]:
        """Whose name has every word; one statement."""
        rows = _read(ORGS, typed, "upper(unaccent(a.name)) LIKE {pattern}", "a.name")
        return [Choice(str(pk), name, place) for pk, name, place in rows]

    def get(self, value: str) -> Choice | None:
        """The Org with this ID; one statement. An account of another kind is none."""
        orgs = Account.objects.filter(kind=AccountKind.INSTALLER)
        found = orgs.filter(pk=whole(value) or 0).first()
        return Choice(value, found.name, found.city, "", found) if found else None


@dataclass(frozen=True, slots=True)
class Contacts:
    """The contacts of one account, the primary signer first. Who is not active any more is found,
    and refused, but for the one who stands there (`standing`, a key)."""

    account_id: int
    standing: int | None = None
    nothing: str = "No contact of this account is called “{}”. Type a part of the name, and choose."

    @property
    def address(self) -> str:
        """Where they are found while one types."""
        return f"{address('contact_options')}?account={self.account_id}"

    def find(self, typed: str) -> list[Choice]:
        """Whose name, email or phone has every word; one statement."""
        words = "upper(unaccent(c.name || ' ' || c.email || ' ' || c.phone)) LIKE {pattern}"
        rows = _read(CONTACTS, typed, words, "c.name", account=self.account_id)
        return [
            Choice(str(pk), name, " · ".join(filter(None, (_role(role), reached))),
                   self._why(pk, name, is_active))
            for pk, name, role, reached, is_active in rows
        ]  # fmt: skip

    def get(self, value: str) -> Choice | None:
        """The contact with this ID; one statement. One of another account is none."""
        found = Contact.objects.filter(account_id=self.account_id, pk=whole(value) or 0).first()
        if found is None:
            return None
        why = self._why(found.pk, found.name, found.is_active)
        return Choice(value, found.name, _role(found.role), why, found)

    def _why(self, pk: int, name: str, is_active: bool) -> str:
        if is_active or pk == self.standing:
            return ""
        return f"{name} is not active any more. Choose somebody else, or add a contact."


def _role(role: str) -> str:
    return "" if role == ContactRole.OTHER else str(ContactRole(role).label)


def _read(statement: str, typed: str, condition: str, name: str, **params: Any) -> list[Any]:
    words, begins = words_of(typed, condition, name, params)
    with connection.cursor() as cursor:
        cursor.execute(statement.format(words=words, begins=begins, most=SHOWN + 1), params)
        return list(cursor.fetchall())
