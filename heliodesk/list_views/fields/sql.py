"""Pieces of SQL that the fields of a case are made of, on the case `c`."""

from __future__ import annotations

from heliodesk.people.models import DeskSettings

NEVER = "'9999-01-01 00:00:00+00'::timestamptz"  # not yet: behind everything else
CLOSED_AT = f"coalesce(c.closed_at, {NEVER})"
# By code points, whatever the database's locale, so that an index knows how a name begins.
CUSTOMER = '(upper(c.customer_name) COLLATE "C")'
ADDRESS = '(upper(c.property_address) COLLATE "C")'
CLOSURE = (
    "EXISTS (SELECT FROM cases_closure o WHERE o.case_id = c.id AND o.reopened_at IS NULL AND {})"
)
REOPENED = (
    "EXISTS (SELECT FROM cases_closure o"
    " WHERE o.case_id = c.id AND o.reopened_at IS NOT NULL AND {})"
)
# An installer's case has no contract (a constraint of cases): said, so that PostgreSQL looks none
# up where only these are wanted.
CONTRACT = (
    "(c.case_type = 'homeowner'"
    " AND EXISTS (SELECT FROM directory_contract k WHERE k.id = c.contract_id AND {}))"
)
ASSIGNED = "EXISTS (SELECT FROM assignments_caseassignment a WHERE a.case_id = c.id AND {})"
STANDING = ASSIGNED.format("a.status IN ('open', 'accepted') AND {}")
PREVIOUS = "EXISTS (SELECT FROM cases_case b WHERE b.id = c.previous_case_id AND {})"

AGE = "(floor(extract(epoch FROM coalesce(c.closed_at, %(now)s) - c.created_at) / 3600)::bigint)"
MERGED = "EXISTS (SELECT FROM cases_merge m WHERE m.case_id = c.id AND m.undone_at IS NULL)"
FOLLOWED = "EXISTS (SELECT FROM cases_follower w WHERE w.case_id = c.id AND w.user_id = %(me)s)"


def of_closure(column: str) -> str:
    """A column of the closure that stands, NULL while the case is open."""
    return (
        f"(SELECT o.{column} FROM cases_closure o"  # noqa: S608 - constants only
        " WHERE o.case_id = c.id AND o.reopened_at IS NULL)"
    )


def name_of(table: str, key: str, column: str = "name") -> str:
    """A column of the row that the case refers to by `key`."""
    return f"(SELECT n.{column} FROM {table} n WHERE n.id = c.{key})"  # noqa: S608 - constants


def hours(setting: str) -> str:
    """An interval that is one of the desk's settings."""
    usual = getattr(DeskSettings(), setting)
    return (
        f"make_interval(hours => coalesce((SELECT {setting} FROM people_desksettings"  # noqa: S608 - constants
        f" WHERE id = 1), {usual}))"
    )


def departments(which: str) -> str:
    """The names of the departments that the case is or was assigned to."""
    return (
        "(SELECT string_agg(DISTINCT d.name, ', ') FROM assignments_caseassignment a"  # noqa: S608 - constants
        f" JOIN people_department d ON d.id = a.department_id WHERE a.case_id = c.id{which})"
    )


DUE_FOR_REVIEW = (
    f"(c.status <> 'closed' AND c.review_due_from < %(now)s - {hours('review_interval_hours')})"
)
COUNT = (
    "(SELECT count(*) FROM assignments_caseassignment a"
    " WHERE a.case_id = c.id AND a.status IN ('open', 'accepted'))"
)

# The words of descriptions and reviews are kept by full text (V4); those of a description with the
# customer's name and the job, under four times the case's ID.
DESCRIPTION_WORDS = (
    "EXISTS (SELECT FROM search_searchtext t WHERE t.id = c.id * 4 AND t.case_id = c.id"
    " AND t.words @@ ({} && '=description'))"
)
REVIEW_WORDS = (
    "(EXISTS (SELECT FROM search_searchtext t WHERE t.case_id = c.id"
    " AND t.words @@ ({} && '=review'))"
    " AND to_tsvector('desk_english', desk_plain(c.review_comments)) @@ {})"
)
