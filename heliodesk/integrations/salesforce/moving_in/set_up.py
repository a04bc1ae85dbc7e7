"""Set-up data that a desk's own export carries: what this desk has not is added (M1)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from heliodesk.integrations.salesforce.sets import run

FLAG, NUMBER, TEXT = "boolean", "integer", "text"
COMMON = {"is_active": (FLAG, "true"), "position": (NUMBER, "0")}
OF_DEPARTMENT = "SELECT id FROM people_department WHERE name = i.parent"


@dataclass(frozen=True, slots=True)
class Kind:
    """Rows of one kind in `Desk_Setup__c`, and the table that they go to.

    `facts` are the columns besides the name, with type and default. `parent` is the column of what
    they belong to, whose ID `found` gives by its name `i.parent`. `instead` is the SQL of a column
    that is not just taken over.
    """

    name: str
    table: str
    facts: Mapping[str, tuple[str, str]]
    parent: str = ""
    found: str = ""
    instead: Mapping[str, str] = field(default_factory=dict)


KINDS = (
    Kind(
        "department",
        "people_department",
        {
            "slug": (TEXT, "''"),
            "description": (TEXT, "''"),
            "wants_managers": (FLAG, "false"),
            "voids_case": (FLAG, "false"),
            "follow_up_all": (FLAG, "true"),
        }
        | COMMON,
    ),
    Kind("topic", "people_topic", COMMON, "department_id", OF_DEPARTMENT),
    Kind("referral_reason", "people_referralreason", COMMON, "department_id", OF_DEPARTMENT),
    Kind(
        "referral_subtype",
        "people_referralsubtype",
        COMMON,
        "reason_id",
        """SELECT r.id FROM people_referralreason r JOIN people_department d
            ON d.id = r.department_id WHERE d.name || ': ' || r.name = i.parent""",
    ),
    Kind(
        "request_type",
        "cases_requesttype",
        {"for_homeowner": (FLAG, "true"), "for_installer": (FLAG, "true")} | COMMON,
    ),
    Kind(
        "request_subtype",
        "cases_requestsubtype",
        {"sop_text": (TEXT, "''")} | COMMON,
        "request_type_id",
        "SELECT id FROM cases_requesttype WHERE name = i.parent",
    ),
    Kind(
        "case_source",
        "cases_casesource",
        {"channel": (TEXT, "''")} | COMMON,
        # One source a channel.
        instead={
            "channel": "CASE WHEN EXISTS (SELECT FROM cases_casesource s WHERE s.channel = "
            "i.facts::jsonb ->> 'channel') THEN '' "
            "ELSE COALESCE(NULLIF(i.facts, '')::jsonb ->> 'channel', '') END"
        },
    ),
    Kind(
        "closed_reason",
        "cases_closedreason",
        {"is_case_voided": (FLAG, "false"), "set_by_system": (FLAG, "false")} | COMMON,
        # One reason is *Case Voided*.
        instead={
            "is_case_voided": "COALESCE((NULLIF(i.facts, '')::jsonb ->> 'is_case_voided')::boolean,"
            " false) AND NOT EXISTS (SELECT FROM cases_closedreason WHERE is_case_voided)"
        },
    ),
)


def bring_in_set_up() -> None:
    """Add what a desk's export has and this desk has not. What is there stays as it is."""
    made = sum(_add(kind) for kind in KINDS)
    suggest()
    made += contacts()
    run(
        """INSERT INTO import_counted SELECT 'desk_setup', count(*), %s, 0,
            count(*) FILTER (WHERE refusal = '') - %s, count(*) FILTER (WHERE refusal <> ''), 0
        FROM import_desk_setup""",
        made, made,
    )  # fmt: skip
    run(
        """INSERT INTO import_refused SELECT 'desk_setup', file, line, external_id, wrong, message,
            rule FROM import_desk_setup WHERE refusal <> ''"""
    )


def _add(kind: Kind) -> int:
    """Add the rows of one kind that are not there by name; gives how many."""
    names = ["name", *([kind.parent] if kind.parent else []), *kind.facts]
    given = [
        kind.instead.get(
            name, f"COALESCE((NULLIF(i.facts, '')::jsonb ->> '{name}')::{sort}, {default})"
        )
        for name, (sort, default) in kind.facts.items()
    ]
    found = f"({kind.found})"
    parents = [found] if kind.parent else []
    same = f" AND t.{kind.parent} = {found}" if kind.parent else ""
    needed = f" AND {found} IS NOT NULL" if kind.parent else ""
    return run(
        f"""INSERT INTO {kind.table} ({", ".join(names)})
        SELECT {", ".join(["i.name", *parents, *given])} FROM import_desk_setup i
        WHERE i.kind = '{kind.name}' AND i.name <> '' AND i.refusal = ''{needed}
            AND NOT EXISTS (SELECT FROM {kind.table} t WHERE t.name = i.name{same})
        ORDER BY i.file, i.line"""
    )


def suggest() -> None:
    """What the subtypes that were just made suggest (A1)."""
    run(
        """UPDATE cases_requestsubtype s SET suggested_department_id = d.id,
            suggested_reason_id = (SELECT r.id FROM people_referralreason r
                WHERE r.department_id = d.id AND r.name = i.facts::jsonb ->> 'suggested_reason')
        FROM import_desk_setup i JOIN cases_requesttype t ON t.name = i.parent
        JOIN people_department d ON d.name = i.facts::jsonb ->> 'suggested_department'
        WHERE i.kind = 'request_subtype' AND i.refusal = '' AND s.name = i.name
            AND s.request_type_id = t.id AND s.suggested_department_id IS NULL"""
    )


def contacts() -> int:
    """Whom a follow-up tags (F1)."""
    return run(
        """INSERT INTO people_followupcontact (department_id, topic_id, user_id, position)
        SELECT d.id, t.id, u.id, COALESCE((NULLIF(i.facts, '')::jsonb ->> 'position')::int, 0)
        FROM import_desk_setup i
        JOIN people_department d ON d.name = i.parent OR starts_with(i.parent, d.name || ': ')
        LEFT JOIN people_topic t ON t.department_id = d.id
            AND i.parent = d.name || ': ' || t.name
        JOIN people_user u ON u.external_id = i.name
        WHERE i.kind = 'follow_up_contact' AND i.refusal = ''
            AND (i.parent = d.name OR t.id IS NOT NULL)
            AND NOT EXISTS (SELECT FROM people_followupcontact c WHERE c.department_id = d.id
                AND c.topic_id IS NOT DISTINCT FROM t.id AND c.user_id = u.id)
        ORDER BY i.file, i.line"""
    )
