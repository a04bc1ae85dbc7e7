"""Queues and public groups of the export, and who is in them (Q3, A4)."""

from __future__ import annotations

from typing import NamedTuple

from django.utils.text import slugify

from heliodesk.core.refusal import Refused
from heliodesk.integrations.salesforce.directory import rows
from heliodesk.integrations.salesforce.moving_in.rows import Dictionary
from heliodesk.integrations.salesforce.moving_in.values import refused
from heliodesk.integrations.salesforce.sets import column, run

NO_NAME = refused("name_missing", "The queue has no name.", "name", "Q3")
LONG = refused("too_long", "The queue's name has more than 120 characters.", "name", "Q3")


class Group(NamedTuple):
    """A row of Group as it is staged."""

    external_id: str
    name: str
    developer_name: str
    sort: str
    active: bool | None
    case_type: str
    position: int | None
    description: str
    refusal: str


def bring_in_queues(words: Dictionary) -> None:
    """Queues by the map, by name, or made; groups that are departments by the map or by name."""
    counts = dict.fromkeys(("read", "created", "changed", "unchanged", "refused", "left_out"), 0)
    listed = ", ".join(Group._fields)
    for row in rows(f"SELECT {listed} FROM import_group ORDER BY file, line"):
        counts["read"] += 1
        try:
            counts[_one(Group(*row), words)] += 1
        except Refused as reason:
            counts["refused"] += 1
            refuse_row("group", row[0], reason)
    run("INSERT INTO import_counted VALUES ('group', %s, %s, %s, %s, %s, %s)", *counts.values())
    run(
        """INSERT INTO import_refused SELECT 'group', file, line, external_id, wrong, message, rule
        FROM import_group WHERE refusal <> ''"""
    )


def _one(group: Group, words: Dictionary) -> str:
    """What became of one row."""
    if group.refusal:
        return "refused"
    is_queue = group.sort.casefold() == "queue"
    if not group.name and not is_queue:
        return "left_out"  # Salesforce's own groups, of a role or of everybody, have no name
    if not group.name:
        raise NO_NAME
    if len(group.name) > 120:
        raise LONG
    known = words.words("group", "queues" if is_queue else "departments")
    said = [group.name, group.developer_name, group.external_id]
    named = next(filter(None, map(known.meaning, said)), group.name)
    if not is_queue:
        return "unchanged" if _is_department(group.external_id, named) else "left_out"
    if not _for_cases(group.external_id):
        return "left_out"
    return "created" if _queue(group, named) else "unchanged"


def _for_cases(external_id: str) -> bool:
    """Whether the queue is one for cases; where the export does not say, all are."""
    told = column(
        """SELECT bool_or(queue = %s AND lower(sobject) = 'case') FROM import_queue_sobject
        WHERE refusal = '' HAVING count(*) > 0""",
        external_id,
    )
    return not told or bool(told[0])


def _queue(group: Group, name: str) -> bool:
    """The queue that it became before, or the one of that name, or a new one: true for that."""
    found = column(
        """SELECT q.id FROM people_queue q LEFT JOIN salesforce_imported m
            ON m.subject = 'group' AND m.external_id = %s AND m.target_id = q.id
        WHERE m.id IS NOT NULL OR lower(q.name) = lower(%s) ORDER BY m.id NULLS LAST LIMIT 1""",
        group.external_id, name,
    )  # fmt: skip
    made = not found
    if made:
        slug = (slugify(group.developer_name) or slugify(name))[:60]
        if not slug or column("SELECT id FROM people_queue WHERE slug = %s", slug):
            slug = f"queue-{group.external_id.lower()}"[:60]
        taken = column("SELECT 1 FROM people_queue WHERE case_type = %s", group.case_type)
        found = column(
            """INSERT INTO people_queue (name, slug, case_type, is_active, position, description)
            VALUES (%s, %s, %s, %s, %s, %s) RETURNING id""",
            name, slug, "" if taken else group.case_type, group.active is not False,
            group.position or 0, group.description,
        )  # fmt: skip
    keep("group", group.external_id, found[0])
    return made


def _is_department(external_id: str, name: str) -> bool:
    found = column("SELECT id FROM people_department WHERE lower(name) = lower(%s)", name)
    if found:
        keep("department", external_id, found[0])
    return bool(found)


def keep(subject: str, external_id: str, target: int) -> None:
    """Which record became which row."""
    run(
        """INSERT INTO salesforce_imported (subject, external_id, target_id, digest)
        VALUES (%s, %s, %s, 0) ON CONFLICT (subject, external_id) DO NOTHING""",
        subject, external_id, target,
    )  # fmt: skip


def refuse_row(subject: str, external_id: str, reason: Refused) -> None:
    """List a row of a small object as refused."""
    run(
        f"""INSERT INTO import_refused SELECT %s, file, line, external_id, %s, %s, %s
        FROM import_{subject} WHERE external_id = %s""",
        subject, reason.field or "", reason.message, reason.rule, external_id,
    )  # fmt: skip


def bring_in_members() -> None:
    """Who is in a queue or department. Nobody is taken out: the desk goes on by itself."""
    made = 0
    for subject, table, of in (
        ("group", "people_queuemembership", "queue_id"),
        ("department", "people_departmentmembership", "department_id"),
    ):
        made += run(
            f"""INSERT INTO {table} (user_id, {of})
            SELECT DISTINCT u.id, g.target_id FROM import_group_member i
            JOIN people_user u ON u.external_id = i.member AND u.external_id <> ''
            JOIN salesforce_imported g ON g.subject = '{subject}' AND g.external_id = i."group"
            WHERE NOT EXISTS (SELECT FROM {table} m
                              WHERE m.user_id = u.id AND m.{of} = g.target_id)
            ORDER BY 1, 2"""
        )
    run(
        """INSERT INTO import_counted
        SELECT 'group_member', count(*), %s, 0,
            count(*) FILTER (WHERE is_known) - %s,
            count(*) FILTER (WHERE refusal <> ''),
            count(*) FILTER (WHERE refusal = '' AND NOT is_known)
        FROM (SELECT i.refusal, EXISTS (
            SELECT FROM people_user u WHERE u.external_id = i.member AND u.external_id <> ''
        ) AND EXISTS (
            SELECT FROM salesforce_imported g WHERE g.external_id = i."group"
                AND g.subject IN ('group', 'department')) AND i.refusal = '' AS is_known
            FROM import_group_member i) s""",
        made, made,
    )  # fmt: skip
