"""The fields of a case, as list views filter by them and show them as columns (V3).

Each is said once: its label, its kind, the SQL that is compared and the SQL that is shown, on the
case `c`. What depends on who asks and when stands in it by name: `%(me)s`, `%(now)s` and
`%(review_due)s`, the moment before which a review is due (L7).
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
    the fields in the builder. `by_words` is a text that is found by its words only.
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
    by_words: bool = False
    unit: str = ""

    @property
    def column(self) -> str:
        """What a column selects."""
        return self.shown or self.sql


CASE, CUSTOMER, OWNER, TIMES, REVIEW, TEAMS = (
    "Case", "Customer", "Owner", "Dates and people", "Review and follow-up", "Departments",
)  # fmt: skip

LOOKUP = "/cases/options/{}/"  # of the values of a field, by its name
_CLOSURE = (
    "EXISTS (SELECT FROM cases_closure o WHERE o.case_id = c.id AND o.reopened_at IS NULL AND {})"  # noqa: E501
)
_REOPENED = "EXISTS (SELECT FROM cases_closure o WHERE o.case_id = c.id AND o.reopened_at IS NOT NULL AND {})"  # noqa: E501
_CONTRACT = "EXISTS (SELECT FROM directory_contract k WHERE k.id = c.contract_id AND {})"
_ASSIGNED = "EXISTS (SELECT FROM assignments_caseassignment a WHERE a.case_id = c.id AND {})"
_STANDING = _ASSIGNED.format("a.status IN ('open', 'accepted') AND {}")
_PREVIOUS = "EXISTS (SELECT FROM cases_case b WHERE b.id = c.previous_case_id AND {})"


def _of_closure(column: str) -> str:
    return (
        f"(SELECT o.{column} FROM cases_closure o"  # noqa: S608 - constants only
        " WHERE o.case_id = c.id AND o.reopened_at IS NULL)"
    )


def _name(table: str, key: str, column: str = "name") -> str:
    return f"(SELECT n.{column} FROM {table} n WHERE n.id = c.{key})"  # noqa: S608 - constants


def _departments(which: str) -> str:
    return (
        "(SELECT string_agg(DISTINCT d.name, ', ') FROM assignments_caseassignment a"  # noqa: S608
        f" JOIN people_department d ON d.id = a.department_id WHERE a.case_id = c.id{which})"
    )


_COUNT = (
    "(SELECT count(*) FROM assignments_caseassignment a"
    " WHERE a.case_id = c.id AND a.status IN ('open', 'accepted'))"
)

_ALL = (
    Field("number", "Case number", Kind.NUMBER, "c.number", CASE),
    Field("case_type", "Case type", Kind.CHOICE, "c.case_type", CASE, of="case_type"),
    Field("status", "Status", Kind.CHOICE, "c.status", CASE, of="status"),
    Field("open", "Open", Kind.FLAG, "c.status <> 'closed'", CASE),
    Field("priority", "Priority", Kind.CHOICE, "c.priority", CASE, of="priority"),
    Field("request_type", "Request type", Kind.CHOICE, "c.request_type_id", CASE, of="type"),
    Field("request_subtype", "Request subtype", Kind.CHOICE, "c.request_subtype_id", CASE, of="subtype"),
    Field("source", "Case source", Kind.CHOICE, "c.source_id", CASE, of="source"),
    Field("description", "Case description", Kind.TEXT, "c.description", CASE, by_words=True),
    Field("age", "Case age", Kind.NUMBER, "(extract(epoch FROM coalesce(c.closed_at, %(now)s) - c.created_at) / 3600)", CASE, unit="hours", shown="floor(extract(epoch FROM coalesce(c.closed_at, %(now)s) - c.created_at) / 3600)::bigint"),
    Field("previous_case", "Opened from case", Kind.NUMBER, "b.number", CASE, within=_PREVIOUS, shown=_name("cases_case", "previous_case_id", "number"), may_be_empty=True, empty="c.previous_case_id IS NULL"),
    Field("merged", "Merged into another", Kind.FLAG, "EXISTS (SELECT FROM cases_merge m WHERE m.case_id = c.id AND m.undone_at IS NULL)", CASE),
    Field("customer", "Customer", Kind.TEXT, "c.customer_name", CUSTOMER),
    Field("property_address", "Property address", Kind.TEXT, "c.property_address", CUSTOMER, may_be_empty=True, empty="c.property_address = ''"),
    Field("account", "Account", Kind.CHOICE, "c.account_id", CUSTOMER, of="account", lookup=LOOKUP.format("account"), shown=_name("directory_account", "account_id")),
    Field("contact", "Contact", Kind.CHOICE, "c.contact_id", CUSTOMER, of="contact", lookup=LOOKUP.format("contact"), shown=_name("directory_contact", "contact_id"), may_be_empty=True),
    Field("contract", "Contract ID", Kind.TEXT, "k.contract_id", CUSTOMER, within=_CONTRACT, shown=_name("directory_contract", "contract_id", "contract_id"), may_be_empty=True, empty="c.contract_id IS NULL"),
    Field("contract_status", "Contract status", Kind.CHOICE, "k.status", CUSTOMER, within=_CONTRACT, of="contract_status", shown=_name("directory_contract", "contract_id", "status"), may_be_empty=True, empty="c.contract_id IS NULL"),
    Field("contract_gap", "Without a contract", Kind.CHOICE, "c.contract_gap", CUSTOMER, of="contract_gap"),
    Field("installer", "Associated Installer", Kind.CHOICE, "c.installer_id", CUSTOMER, of="installer", lookup=LOOKUP.format("installer"), shown=_name("directory_account", "installer_id"), may_be_empty=True),
    Field("job_id", "Job ID", Kind.TEXT, "c.job_id", CUSTOMER, may_be_empty=True, empty="c.job_id = ''"),
    Field("owner_agent", "Owner (agent)", Kind.PERSON, "c.owner_agent_id", OWNER, of="person", may_be_empty=True),
    Field("owner_queue", "Owner (queue)", Kind.CHOICE, "c.owner_queue_id", OWNER, of="queue", may_be_empty=True),
    Field("created_at", "Created", Kind.MOMENT, "c.created_at", TIMES),
    Field("created_by", "Created by", Kind.PERSON, "c.created_by_id", TIMES, of="person"),
    Field("last_modified_at", "Last Modified", Kind.MOMENT, "c.last_modified_at", TIMES),
    Field("last_modified_by", "Last Modified by", Kind.PERSON, "c.last_modified_by_id", TIMES, of="person", may_be_empty=True),
    Field("closed_at", "Closed", Kind.MOMENT, "c.closed_at", TIMES, may_be_empty=True),
    Field("closed_by", "Closed by", Kind.PERSON, "o.closed_by_id", TIMES, within=_CLOSURE, of="person", shown=_of_closure("closed_by_id"), may_be_empty=True, empty=f"({_of_closure('closed_by_id')} IS NULL)"),
    Field("closed_reason", "Closed Reason", Kind.CHOICE, "o.reason_id", TIMES, within=_CLOSURE, of="closed_reason", shown=_of_closure("reason_id"), may_be_empty=True, empty="c.status <> 'closed'"),
    Field("reopened", "Reopened", Kind.FLAG, _REOPENED.format("true"), TIMES),
    Field("reopened_at", "Reopened at", Kind.MOMENT, "o.reopened_at", TIMES, within=_REOPENED, shown="(SELECT max(o.reopened_at) FROM cases_closure o WHERE o.case_id = c.id)", may_be_empty=True, empty=f"(NOT {_REOPENED.format('true')})"),
    Field("due_for_review", "Due for review", Kind.FLAG, "(c.status <> 'closed' AND c.review_due_from < %(review_due)s)", REVIEW),
    Field("reviewed_at", "Latest review", Kind.MOMENT, "c.reviewed_at", REVIEW, may_be_empty=True),
    Field("reviewed_by", "Reviewed by", Kind.PERSON, "c.reviewed_by_id", REVIEW, of="person", may_be_empty=True),
    Field("review_comments", "Review comments", Kind.TEXT, "c.review_comments", REVIEW, may_be_empty=True, empty="c.review_comments = ''", by_words=True),
    Field("follow_up_at", "Follow-up date", Kind.MOMENT, "c.follow_up_at", REVIEW, may_be_empty=True),
    Field("follow_up_for", "Follow-up for", Kind.TEXT, "c.follow_up_for", REVIEW, may_be_empty=True, empty="c.follow_up_for = ''"),
    Field("followed_by_me", "Followed by me", Kind.FLAG, "EXISTS (SELECT FROM cases_follower w WHERE w.case_id = c.id AND w.user_id = %(me)s)", REVIEW),
    Field("department", "Waiting on department", Kind.CHOICE, "a.department_id", TEAMS, within=_STANDING, of="department", shown=_departments(" AND a.status IN ('open', 'accepted')"), may_be_empty=True, empty=f"(NOT {_STANDING.format('true')})"),
    Field("assigned_department", "Assigned department (any time)", Kind.CHOICE, "a.department_id", TEAMS, within=_ASSIGNED, of="department", shown=_departments(""), may_be_empty=True, empty=f"(NOT {_ASSIGNED.format('true')})"),
    Field("open_assignments", "Open assignments", Kind.NUMBER, _COUNT, TEAMS),
    Field("overdue_assignment", "Overdue assignment", Kind.FLAG, _STANDING.format("a.acted_at <= %(overdue)s"), TEAMS),
)  # fmt: skip

#: Every field by its name, in the order in which it is offered.
FIELDS: dict[str, Field] = {field.name: field for field in _ALL}
