"""The orders of a list of cases: each column both ways, ties broken by the case's ID (Q3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Self

from heliodesk.worklists.queries.cursors import Value

ORDER_OF_WORK = "priority"


def _name(table: str, key: str) -> str:
    return f"(SELECT n.name FROM {table} n WHERE n.id = c.{key})"  # noqa: S608 - constants


CONTRACT = (
    "coalesce((SELECT k.contract_id FROM directory_contract k WHERE k.id = c.contract_id), '')"
)
CONTACT = "coalesce((SELECT lower(p.name) FROM directory_contact p WHERE p.id = c.contact_id), '')"
STATUS = (
    "array_position(ARRAY['new', 'awaiting_support', 'awaiting_customer', 'internal_referral', "
    "'closed'], c.status::text)"
)

#: Column to what it is sorted by, in SQL, with the kind of each value.
COLUMNS: dict[str, tuple[tuple[str, type], ...]] = {
    "priority": (("c.priority", int), ("c.created_at", datetime)),
    "number": (("c.number", int),),
    "type": (
        (_name("cases_requesttype", "request_type_id"), str),
        (_name("cases_requestsubtype", "request_subtype_id"), str),
    ),
    "customer": (("lower(c.customer_name)", str),),
    "place": (("lower(c.property_address)", str),),
    "contract": ((CONTRACT, str),),
    "contact": ((CONTACT, str),),
    "job": (("c.job_id", str),),
    "status": ((STATUS, int),),
    "created": (("c.created_at", datetime),),
    "modified": (("c.last_modified_at", datetime),),
    "source": ((_name("cases_casesource", "source_id"), str),),
    "opener": ((_name("people_user", "created_by_id"), str),),
    "due": (("c.review_due_from", datetime),),
}


@dataclass(frozen=True, slots=True)
class Order:
    """A column and a direction; `Order.named("-number")` descends.

    A list of other rows than cases has its own `columns`, its `usual` order and the `key` that
    breaks ties.
    """

    column: str
    descends: bool

    columns: ClassVar[dict[str, tuple[tuple[str, type], ...]]] = COLUMNS
    usual: ClassVar[str] = ORDER_OF_WORK
    key: ClassVar[str] = "c.id"

    @classmethod
    def named(cls, name: str) -> Self:
        """The order of that name; the usual one where there is none of it."""
        column = name.removeprefix("-")
        known = column in cls.columns
        return cls(column if known else cls.usual, known and name.startswith("-"))

    @property
    def name(self) -> str:
        """As it stands in an address."""
        return ("-" if self.descends else "") + self.column

    @property
    def kinds(self) -> tuple[type, ...]:
        """The kinds of a cursor's values."""
        return (*(kind for _, kind in self.columns[self.column]), int)

    @property
    def keys(self) -> str:
        """What is sorted by, for comparing with a cursor."""
        return ", ".join(self._parts)

    @property
    def shown_keys(self) -> str:
        """The same for SELECT, as a cursor keeps it: times as text."""
        columns = self.columns[self.column]
        shown = (f"{key}::text" if kind is datetime else key for key, kind in columns)
        return ", ".join((*shown, self.key))

    def by(self, *, back: bool = False) -> str:
        """What stands after ORDER BY; `back` reads towards the beginning."""
        way = " DESC" if self.descends != back else ""
        return ", ".join(f"{key}{way}" for key in self._parts)

    def beyond(self, values: list[Value], *, back: bool = False) -> str:
        """The condition for rows after (`back`: before) a cursor with as many values."""
        compare = "<" if self.descends != back else ">"
        return f"AND ({self.keys}) {compare} ({', '.join(['%s'] * len(values))})"

    @property
    def _parts(self) -> list[str]:
        return [*(key for key, _ in self.columns[self.column]), self.key]
