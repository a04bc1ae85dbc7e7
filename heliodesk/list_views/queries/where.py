"""A filter as SQL on `cases_case c`, with what one may see in it (V3, K6)."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from heliodesk.cases.access import mentioned_on, visible_cases
from heliodesk.core import clock
from heliodesk.core.numbers import LARGEST
from heliodesk.list_views.fields import FIELDS, Field, Kind
from heliodesk.list_views.fields.choices import others, stored
from heliodesk.list_views.fields.sql import CLOSED_AT, NEVER
from heliodesk.list_views.filters import Condition, Filter, Group, moments
from heliodesk.list_views.filters.operators import EMPTY
from heliodesk.list_views.filters.values import WORDS
from heliodesk.people.access import Actor
from heliodesk.worklists.queries.written import with_names

_NAME = re.compile(r"%\((\w+)\)s")


@dataclass
class Values:
    """The values of a statement, by the names under which they stand in it."""

    by: Actor
    named: dict[str, Any] = field(default_factory=dict)

    def put(self, value: Any, cast: str = "") -> str:
        """The value's place in the statement."""
        name = f"v{len(self.named)}"
        self.named[name] = value
        return f"%({name})s{cast}"

    def known(self, name: str) -> Any:
        """What depends on who asks and when (see `fields/kinds.py`)."""
        if name in self.named:
            return self.named[name]
        return _KNOWN[name](self.by)


_KNOWN: dict[str, Callable[[Actor], Any]] = {
    "me": lambda by: by.user_id,
    "now": lambda by: clock.now(),
}


def where(filter: Filter, *, by: Actor) -> tuple[str, list[Any]]:
    """The condition on the case `c`, and its values: the filter, and that `by` may see the case."""
    values = Values(by)
    parts = [_seen(values), *(_group(group, values) for group in filter.groups)]
    return in_order(" AND ".join(part for part in parts if part) or "true", values)


def in_order(sql: str, values: Values) -> tuple[str, list[Any]]:
    """The SQL with nameless places, and the values in their order."""
    found: list[Any] = []

    def place(match: re.Match[str]) -> str:
        found.append(values.known(match[1]))
        return "%s"

    return _NAME.sub(place, sql), found


def _seen(values: Values) -> str:
    if values.by.is_support:
        return ""
    cases = visible_cases(values.by, mentioned=mentioned_on(values.by))
    sql, named = with_names(cases.values("pk"), "seen")
    values.named |= named
    # The one predicate (K6), of the case at hand instead of a list of all that one may see.
    return f"({sql.partition(' WHERE ')[2]})".replace('"cases_case".', "c.")


def _group(group: Group, values: Values) -> str:
    tests = [_condition(condition, values) for condition in group.conditions]
    if group.mode == "all":
        return " AND ".join(tests)
    either = f"({' OR '.join(tests)})"
    return either if group.mode == "any" else f"{either} IS NOT TRUE"


def _condition(condition: Condition, values: Values) -> str:
    what = FIELDS[condition.field]
    value = condition.values[0]
    if condition.operator == EMPTY:
        empty = what.empty or f"{what.sql} IS NULL"
        return empty if value == "yes" else f"(NOT {empty})"
    if what.kind == Kind.FLAG:
        return f"({what.sql})" if value == "yes" else f"(({what.sql}) IS NOT TRUE)"
    return _TESTS[what.kind](what, condition, values)


def _within(what: Field, test: str, *, holds: bool = True) -> str:
    whole = what.within.format(f"({test})")
    return whole if holds else f"({whole} IS NOT TRUE)"


def _choice(what: Field, condition: Condition, values: Values) -> str:
    keys = [stored(what, value, me=values.by.user_id) for value in condition.values]
    kind = "text" if isinstance(keys[0], str) else what.cast
    if len(keys) == 1:
        if rest := others(what, keys[0]):
            test = f"{what.sql} <> ALL({values.put(rest, f'::{kind}[]')})"
        else:
            test = f"{what.sql} = {values.put(keys[0], f'::{kind}')}"
    else:
        test = f"{what.sql} = ANY({values.put(keys, f'::{kind}[]')})"
    return _within(what, test, holds=condition.operator == "is")


def _moment(what: Field, condition: Condition, values: Values) -> str:
    first, end = moments.span(condition.operator, condition.values[0])
    tests = []
    if first:
        tests.append(f"{what.sql} >= {values.put(first)}")
    if end is None and what.sql == CLOSED_AT:
        tests.append(f"{what.sql} < {NEVER}")
    if end:
        tests.append(f"{what.sql} < {values.put(end)}")
    return _within(what, " AND ".join(tests))


def _text(what: Field, condition: Condition, values: Values) -> str:
    text = condition.values[0]
    if condition.operator == "words":
        return what.by_words.replace("{}", WORDS.format(values.put(text)))
    found = what.upper or f"upper({what.sql})"
    if condition.operator in {"is", "is_not"}:
        test = f"{found} = upper({values.put(text)})"
        return _within(what, test, holds=condition.operator == "is")
    if condition.operator == "begins":
        return _within(what, f"{found} ^@ upper({values.put(text)})")
    like = re.sub(r"([\\%_])", r"\\\1", text)
    return _within(what, f"{found} LIKE upper({values.put(f'%{like}%')})")


def _number(what: Field, condition: Condition, values: Values) -> str:
    first, _, last = condition.values[0].partition("..")
    low, high = int(first), min(int(last or first), LARGEST)
    tests = {
        "is": f"{what.sql} = {values.put(low, '::bigint')}",
        "more": f"{what.sql} > {values.put(low, '::bigint')}",
        "less": f"{what.sql} < {values.put(low, '::bigint')}",
        "between": f"{what.sql} BETWEEN {values.put(low, '::bigint')} "
        f"AND {values.put(high, '::bigint')}",
    }
    return _within(what, tests[condition.operator])


_TESTS: dict[Kind, Callable[[Field, Condition, Values], str]] = {
    Kind.CHOICE: _choice,
    Kind.PERSON: _choice,
    Kind.MOMENT: _moment,
    Kind.TEXT: _text,
    Kind.NUMBER: _number,
}
