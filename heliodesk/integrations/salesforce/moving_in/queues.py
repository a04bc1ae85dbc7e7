"""Queues and public groups of the export, and who is in them (Q3, A4)."""

from __future__ import annotations

from typing import Any

from django.utils.text import slugify

from heliodesk.core.refusal import Refused
from heliodesk.integrations.salesforce.directory import rows
from heliodesk.integrations.salesforce.moving_in.rows import Dictionary
from heliodesk.integrations.salesforce.moving_in.values import refused
from heliodesk.integrations.salesforce.sets import column, run

NO_NAME = refused("name_missing", "The queue has no name.", "name", "Q3")
LONG = refused("too_long", "The queue's name has more than 120 characters.", "name", "Q3")


def bring_in_queues(words: Dictionary) -> None:
    """Queues by the map, by name, or made; groups that are departments by the map or by name."""
    counts = dict.fromkeys(("read", "created", "changed", "unchanged", "refused", "left_out"), 0)
    queues, departments = words.words("group", "queues"), words.words("group", "departments")
    for row in _staged():
        external_id, name, developer_name, sort, active, case_type, position, refusal = row
        counts["read"] += 1
        said = [name, developer_name, external_id]
        try:
            if refusal:
                counts["refused"] += 1
                continue
            if not name:
                raise NO_NAME
            if len(name) > 120:
                raise LONG
            if sort.casefold() != "queue":
                named = next(filter(None, map(departments.meaning, said)), name)
                counts["unchanged" if _is_department(external_id, named) else "left_out"] += 1
                continue
            named = next(filter(None, map(queues.meaning, said)), name)
            made = _queue(external_id, named, developer_name, active, case_type, position)
            counts["created" if made else "unchanged"] += 1
        except Refused as reason:
            counts["refused"] += 1
            refuse_row("group", external_id, reason)
    run("INSERT INTO import_counted VALUES ('group', %s, %s, %s, %s, %s, %s)", *counts.values())
    run(
        """INSERT INTO import_refused SELECT 'group', file, line, external_id, wrong, message, rule
        FROM import_group WHERE refusal <> ''"""
    )


def _staged() -> list[tuple[Any, ...]]:
    return rows(
        """SELECT external_id, name, developer_name, sort, active, case_type, position, refusal
        FROM import_group ORDER BY file, line"""
    )


def _queue(
    external_id: str, name: str, slug: str, active: bool | None, case_type: str, position: int
) -> bool:
    """The queue of that name, made where there is none; true where it was made."""
    found = column("SELECT id FROM people_queue WHERE lower(name) = lower(%s)", name)
    if not found:
        slug = (slugify(slug) or slugify(name) or f"queue-{external_id.lower()}")[:60]
        if column("SELECT id FROM people_queue WHERE slug = %s", slug):
            slug = f"queue-{external_id.lower()}"[:60]
        free = not column("SELECT 1 FROM people_queue WHERE case_type = %s", case_type)
        found = column(
            """INSERT INTO people_queue (name, slug, case_type, is_active, position)
            VALUES (%s, %s, %s, %s, %s) RETURNING id""",
            name, slug, case_type if free else "", active is not False, position or 0,
        )  # fmt: skip
        keep("group", external_id, found[0])
        return True
    keep("group", external_id, found[0])
    return False


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
