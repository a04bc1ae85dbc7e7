"""What a field of a case is to list views (V3).

Each is said once: its label, its kind, the SQL that is compared and the SQL that is shown, on the
case `c`. What depends on who asks and when stands in it by name: `%(me)s` and `%(now)s`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a field holds, which decides its operators."""

    CHOICE = "choice"
    PERSON = "person"
    MOMENT = "moment"
    TEXT = "text"
    NUMBER = "number"
    FLAG = "flag"


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a case."""

    name: str
    label: str
    kind: Kind
    #: What is compared.
    sql: str
    #: What the builder groups it under.
    section: str
    #: The condition around a comparison in another table, with `{}` for the comparison.
    within: str = "{}"
    #: What a column selects, where it is not `sql`.
    shown: str = ""
    #: The set of a choice's values (`choices.py`).
    of: str = ""
    #: The address that proposes values, where they are too many for a list.
    lookup: str = ""
    #: Whether the operator `empty` is offered.
    may_be_empty: bool = False
    #: What holds when there is nothing, where it is not `sql IS NULL`.
    empty: str = ""
    #: The condition of a text that is found by its words only, with `{}` for the words.
    by_words: str = ""
    #: What its numbers count, such as hours.
    unit: str = ""
    #: The type of its whole numbers, for an index knows no other.
    cast: str = "bigint"
    #: The text in capitals, as an index has it.
    upper: str = ""

    @property
    def column(self) -> str:
        """What a column selects."""
        return self.shown or self.sql
