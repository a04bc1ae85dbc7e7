"""People of the export: users, queues and departments with their members (M1, Q3, K7)."""

from __future__ import annotations

from collections.abc import Iterable

from heliodesk.integrations.salesforce.moving_in.archive import Archive
from heliodesk.integrations.salesforce.moving_in.judging import (
    GOOD,
    Judgement,
    count,
    judge,
    remember,
)
from heliodesk.integrations.salesforce.moving_in.rows import Dictionary
from heliodesk.integrations.salesforce.moving_in.values import refused
from heliodesk.integrations.salesforce.sets import column, run

UNKNOWN = "unknown"  # the external ID of whom nothing names
EMAIL = r"^[^@\s]+@[^@\s]+\.[^@\s]+$"
# Customers and partners of a portal, guests, and Salesforce's own programs: they wrote, and nobody
# comes in to the desk as one of them (K1).
OUTSIDER = "lower(btrim(i.user_type)) NOT IN ('', 'standard')"
NO_NAME = refused("name_missing", "The person has no name. Export Name or LastName.", "name", "K1")
NO_EMAIL = refused("email_invalid", "This is not an email address. Correct it.", "email", "K1")
LONG = refused("too_long", "The name or username is too long. Shorten it.", "name", "K1")

USERS = Judgement(
    "user",
    "people_user",
    # An ID that the desk has, or else the same username or email: the person is there already.
    f"""LEFT JOIN people_user t ON t.id = (
        SELECT u.id FROM people_user u WHERE (u.external_id = i.external_id)
            OR (u.external_id = '' AND NOT {OUTSIDER}
                AND (lower(u.username) = lower(NULLIF(i.username, ''))
                    OR lower(u.email) = lower(NULLIF(i.email, ''))))
        ORDER BY (u.external_id = i.external_id) DESC, u.id LIMIT 1)""",
    {
        "external_id_": "i.external_id",
        "name": """COALESCE(NULLIF(i.name, ''),
            NULLIF(btrim(concat_ws(' ', i.first_name, i.last_name)), ''))""",
        "email": f"CASE WHEN {OUTSIDER} THEN '' ELSE i.email END",
        "is_active": f"COALESCE(i.active, true) AND NOT {OUTSIDER}",
        "role": "i.role",
        "username": "COALESCE(NULLIF(i.username, ''), NULLIF(i.email, ''), i.external_id)",
        "mail_wanted": "COALESCE(NULLIF(i.mail_wanted, ''), 'none')",
        "joined_at": "i.created_at",
    },
    [
        ("d.name IS NULL", NO_NAME),
        ("length(d.name) > 120 OR length(d.username) > 150 OR length(d.email) > 254", LONG),
        (f"d.email <> '' AND d.email !~ '{EMAIL}'", NO_EMAIL),
    ],
    {"there": "t.id", "was_role": "t.role", "by_id": "t.external_id = i.external_id"},
)


def bring_in_users(archive: Archive, words: Dictionary) -> None:
    """People by their ID, username or email; who is not active comes along for what they wrote."""
    judge(USERS)
    _know_by_the_id()
    _bring_up_to_date()
    _add_new(words.names["user"]["roles"])
    remember(USERS)
    run("DELETE FROM import_counted WHERE subject = 'user'")
    count(USERS)


def _know_by_the_id() -> None:
    """Somebody who is there already is known by the ID from now on."""
    run(
        f"""UPDATE judged_user j SET target_id = j.there, known = j.there
        WHERE j.there IS NOT NULL AND {GOOD}"""
    )
    run(
        """UPDATE people_user u SET external_id = j.external_id FROM judged_user j
        WHERE u.id = j.there AND u.external_id = '' AND j.verdict IS NULL"""
    )


def _bring_up_to_date() -> None:
    """Name and mail address of those whom an earlier import brought in; no administrator's."""
    run(
        f"""UPDATE people_user u SET name = j.name, email = CASE WHEN EXISTS (
                SELECT FROM people_user o WHERE lower(o.email) = lower(j.email) AND o.id <> u.id)
                THEN u.email ELSE j.email END
        FROM judged_user j WHERE u.id = j.target_id AND j.known IS NOT NULL AND {GOOD}
            AND j.was_role NOT IN ('administrator') AND u.external_id = j.external_id
            AND EXISTS (SELECT FROM salesforce_imported m WHERE m.subject = 'user'
                        AND m.external_id = j.external_id)"""
    )


def _add_new(known_roles: Iterable[str]) -> None:
    """Those whom the desk does not have, without a password. A username or mail address that is
    somebody's already stays theirs."""
    roles = ", ".join(f"'{role}'" for role in known_roles)
    run(
        f"""INSERT INTO people_user (id, external_id, username, name, email, role, is_active,
            mail_wanted, mail_refused, password, joined_at)
        SELECT j.target_id, j.external_id,
            CASE WHEN row_number() OVER (PARTITION BY lower(j.username) ORDER BY j.line) = 1
                AND NOT EXISTS (SELECT FROM people_user u
                                WHERE lower(u.username) = lower(j.username))
                THEN j.username ELSE j.external_id END,
            j.name,
            CASE WHEN row_number() OVER (PARTITION BY lower(j.email)
                     ORDER BY j.is_active DESC, j.line) = 1
                AND NOT EXISTS (SELECT FROM people_user u WHERE lower(u.email) = lower(j.email))
                THEN j.email ELSE '' END,
            CASE WHEN j.role IN ({roles}) THEN j.role ELSE '' END, j.is_active,
            j.mail_wanted, '', '!', COALESCE(j.joined_at, now())
        FROM judged_user j WHERE j.known IS NULL AND {GOOD}"""
    )


def follow_activity() -> int:
    """Who has left since the last export is deactivated once nothing hangs on them (Q5), and who is
    back is active; gives how many stay active because they own open cases or work a queue alone."""
    gone = f"""j.target_id = u.id AND {GOOD} AND j.by_id AND NOT j.is_active AND u.is_active
        AND u.role <> 'administrator'"""
    needed = """EXISTS (SELECT FROM cases_case c
            WHERE c.owner_agent_id = u.id AND c.status <> 'closed')
        OR EXISTS (SELECT FROM people_queuemembership mine JOIN cases_case c
                ON c.owner_queue_id = mine.queue_id AND c.status <> 'closed'
            WHERE mine.user_id = u.id AND NOT EXISTS (
                SELECT FROM people_queuemembership m JOIN people_user p ON p.id = m.user_id
                WHERE m.queue_id = mine.queue_id AND p.is_active AND p.id <> u.id))"""
    run(
        f"""UPDATE people_user u SET is_active = true FROM judged_user j
        WHERE j.target_id = u.id AND {GOOD} AND j.by_id AND j.is_active AND NOT u.is_active"""
    )
    run(
        f"UPDATE people_user u SET is_active = false FROM judged_user j "
        f"WHERE {gone} AND NOT ({needed})"
    )
    return int(column(f"SELECT count(*) FROM people_user u, judged_user j WHERE {gone}")[0])


def unknown_people(referred: dict[str, list[str]]) -> list[str]:
    """Whoever is referred to and is not there becomes an inactive person by that ID: what they
    wrote keeps its author. Gives their IDs."""
    each = " UNION ".join(
        f"SELECT COALESCE(NULLIF(\"{field}\", ''), '{UNKNOWN}') FROM import_{subject}"
        if field == "created_by"
        else f"SELECT NULLIF(\"{field}\", '') FROM import_{subject}"
        for subject, fields in referred.items()
        for field in fields
    )
    return column(
        f"""INSERT INTO people_user (external_id, username, name, email, role, is_active,
            mail_wanted, mail_refused, password, joined_at)
        SELECT r.id, r.id, left('unknown user ' || r.id, 120), '', '', false, 'none', '', '!', now()
        FROM (SELECT DISTINCT left(id, 40) AS id FROM ({each}) named (id)) r
        WHERE r.id IS NOT NULL AND NOT EXISTS (
                SELECT FROM people_user u WHERE u.external_id = r.id)
            AND NOT EXISTS (SELECT FROM people_user u WHERE u.username = r.id)
            AND NOT EXISTS (SELECT FROM salesforce_imported m
                            WHERE m.subject IN ('group', 'department') AND m.external_id = r.id)
        ORDER BY r.id RETURNING external_id"""
    )


def give_owners_their_role(role: str) -> int:
    """Active people who own cases of the export and have no role are in Support (Q1); gives how
    many were given the role."""
    if role not in {"frontline", "back_office"}:
        return 0
    return run(
        """UPDATE people_user u SET role = %s
        WHERE u.role = '' AND u.is_active AND u.external_id <> ''
            AND NOT EXISTS (SELECT FROM people_departmentmembership m WHERE m.user_id = u.id)
            AND u.external_id IN (SELECT external_id FROM judged_user
                                  WHERE verdict IS NULL AND role = '')
            AND u.external_id IN (SELECT owner FROM import_case)""",
        role,
    )
