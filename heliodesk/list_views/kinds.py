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
    """A field of a case.

    `sql` is what is compared; where it stands in another table, `within` is the condition around
    it, with `{}` for the comparison. `shown` is what a column selects, `sql` unless it is given.
    `of` names the set of a choice's values (see `choices.py`), `lookup` the address that proposes
    values where they are too many for a list. `may_be_empty` offers the operator `empty`; `empty`
    is the SQL that holds when there is nothing, `sql IS NULL` unless it is given. `section` groups
    the fields in the builder. `cast` is the type
    of its whole numbers, which an index knows no other. `upper` is a text
    in capitals, as an index has it. `by_words` is a text
    that is found by its words only: the condition, with `{}` for the words.
    """

    name: str
    label: str
    kind: Kind
    sql: str
    section: str
    within: str = "{}"
    shown: str = ""
    of: str = ""
    lookup: str = ""
    may_be_empty: bool = False
    empty: str = ""
    by_words: str = ""
    unit: str = ""
    cast: str = "bigint"
    upper: str = ""

    @property
    def column(self) -> str:
        """What a column selects."""
        return self.shown or self.sql
