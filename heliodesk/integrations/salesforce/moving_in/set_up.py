"""Set-up data: what a desk's own export carries, what the map names, and what history needs."""

from __future__ import annotations

from heliodesk.integrations.salesforce.sets import column, run

NOT_RECORDED = "Not recorded"

#: What `Desk_Setup__c` makes where it is missing: kind, table, column of the parent, the parent's
#: ID found by its name `i.parent`, and further columns with their defaults.
FLAG, NUMBER, TEXT = "boolean", "integer", "text"


def bring_in_set_up() -> None:
    """Add what a desk's export has and this desk has not. What is there stays as it is."""
    made = 0
    made += _add(
        "department", "people_department", "",
        {"slug": (TEXT, "''"), "description": (TEXT, "''"), "is_active": (FLAG, "true"),
         "position": (NUMBER, "0"), "wants_managers": (FLAG, "false"),
         "voids_case": (FLAG, "false"), "follow_up_all": (FLAG, "true")},
    )  # fmt: skip
    common = {"is_active": (FLAG, "true"), "position": (NUMBER, "0")}
    department = "SELECT id FROM people_department WHERE name = i.parent"
    made += _add("topic", "people_topic", "department_id", common, department)
    made += _add("referral_reason", "people_referralreason", "department_id", common, department)
    made += _add(
        "referral_subtype", "people_referralsubtype", "reason_id", common,
        """SELECT r.id FROM people_referralreason r JOIN people_department d
            ON d.id = r.department_id WHERE d.name || ': ' || r.name = i.parent""",
    )  # fmt: skip
    made += _add(
        "request_type", "cases_requesttype", "",
        {"for_homeowner": (FLAG, "true"), "for_installer": (FLAG, "true")} | common,
    )  # fmt: skip
    made += _add(
        "request_subtype", "cases_requestsubtype", "request_type_id",
        common | {"sop_text": (TEXT, "''")},
        "SELECT id FROM cases_requesttype WHERE name = i.parent",
    )  # fmt: skip
    made += _add("case_source", "cases_casesource", "", common | {"channel": (TEXT, "''")})
    made += _add(
        "closed_reason", "cases_closedreason", "",
        common | {"is_case_voided": (FLAG, "false"), "set_by_system": (FLAG, "false")},
    )  # fmt: skip
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


def _add(
    kind: str, table: str, parent: str, facts: dict[str, tuple[str, str]], found: str = ""
) -> int:
    """Add the rows of one kind that are not there by name."""
    names = ["name", *([parent] if parent else []), *facts]
    given = [
        f"COALESCE((NULLIF(i.facts, '')::jsonb ->> '{name}')::{sort}, {default})"
        for name, (sort, default) in facts.items()
    ]
    if "channel" in facts:  # one source a channel
        given[list(facts).index("channel")] = (
            "CASE WHEN EXISTS (SELECT FROM cases_casesource s WHERE s.channel = "
            "i.facts::jsonb ->> 'channel') THEN '' "
            "ELSE COALESCE(NULLIF(i.facts, '')::jsonb ->> 'channel', '') END"
        )
    if "is_case_voided" in facts:
        given[list(facts).index("is_case_voided")] = (
            "COALESCE((NULLIF(i.facts, '')::jsonb ->> 'is_case_voided')::boolean, false) "
            "AND NOT EXISTS (SELECT FROM cases_closedreason WHERE is_case_voided)"
        )
    parents = [f"({found})"] if parent else []
    same = f" AND t.{parent} = ({found})" if parent else ""
    needed = f" AND ({found}) IS NOT NULL" if parent else ""
    return run(
        f"""INSERT INTO {table} ({", ".join(names)})
        SELECT {", ".join(["i.name", *parents, *given])} FROM import_desk_setup i
        WHERE i.kind = '{kind}' AND i.name <> '' AND i.refusal = ''{needed}
            AND NOT EXISTS (SELECT FROM {table} t WHERE t.name = i.name{same})
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


def offered() -> None:
    """What the desk offers now, by name in lower case, for the rows to find."""
    run("DROP TABLE IF EXISTS import_types, import_subtypes, import_sources, import_reasons")
    run(
        """CREATE TEMP TABLE import_types AS SELECT DISTINCT ON (lower(name)) lower(name) AS said,
            id, for_homeowner AND is_active AS for_homeowner,
            for_installer AND is_active AS for_installer
        FROM cases_requesttype ORDER BY lower(name), is_active DESC, id"""
    )
    run(
        """CREATE TEMP TABLE import_subtypes AS
        SELECT DISTINCT ON (request_type_id, lower(name)) request_type_id AS type_id,
            lower(name) AS said, id, is_active AS is_offered
        FROM cases_requestsubtype ORDER BY request_type_id, lower(name), is_active DESC, id"""
    )
    for name, table in (("sources", "cases_casesource"), ("reasons", "cases_closedreason")):
        run(
            f"""CREATE TEMP TABLE import_{name} AS SELECT DISTINCT ON (lower(name))
                lower(name) AS said, id, is_active AS is_offered
            FROM {table} ORDER BY lower(name), is_active DESC, id"""
        )


#: Cases whose words history may add: closed, and not known already.
CLOSED = "i.status = 'closed' AND i.refusal = ''"


def retire() -> dict[str, int]:
    """Types, subtypes, sources and reasons that only closed cases have are added as retired:
    history keeps its words, and nobody is offered them. Gives how many of each."""
    run(
        f"""UPDATE import_case i SET
            request_type = CASE i.request_type WHEN '' THEN '{NOT_RECORDED}' ELSE request_type END,
            request_subtype = CASE i.request_subtype WHEN '' THEN '{NOT_RECORDED}'
                ELSE request_subtype END,
            source = CASE i.source WHEN '' THEN '{NOT_RECORDED}' ELSE source END,
            closed_reason = CASE WHEN i.closed_reason = ''
                AND NOT EXISTS (SELECT FROM import_closure) THEN '{NOT_RECORDED}'
                ELSE closed_reason END
        WHERE {CLOSED} AND '' IN (i.request_type, i.request_subtype, i.source, i.closed_reason)"""
    )
    made = {
        "Customer Request Types": run(
            f"""INSERT INTO cases_requesttype
                (name, for_homeowner, for_installer, is_active, position)
            SELECT DISTINCT ON (lower(name)) name, true, true, false, 0 FROM (
                SELECT left(i.request_type, 120) AS name FROM import_case i WHERE {CLOSED}) s
            WHERE NOT EXISTS (SELECT FROM cases_requesttype t WHERE lower(t.name) = lower(s.name))
            ORDER BY lower(name), name"""
        ),
        "Customer Request Subtypes": run(
            f"""INSERT INTO cases_requestsubtype
                (request_type_id, name, is_active, position, sop_text)
            SELECT DISTINCT ON (t.id, lower(s.name)) t.id, s.name, false, 0, '' FROM (
                SELECT DISTINCT left(i.request_type, 120) AS kind,
                    left(i.request_subtype, 120) AS name FROM import_case i WHERE {CLOSED}) s
            JOIN cases_requesttype t ON lower(t.name) = lower(s.kind)
            WHERE NOT EXISTS (SELECT FROM cases_requestsubtype x
                    WHERE x.request_type_id = t.id AND lower(x.name) = lower(s.name))
                AND (NOT t.is_active OR NOT EXISTS (SELECT FROM cases_requestsubtype x
                    WHERE x.is_active AND lower(x.name) = lower(s.name)))
            ORDER BY t.id, lower(s.name), s.name"""
        ),
        "Case Sources": _retire_names("cases_casesource", "source", "channel", "''"),
        "Closed Reasons": _retire_names(
            "cases_closedreason", "closed_reason", "is_case_voided, set_by_system", "false, false"
        ),
    }
    offered()
    return {what: count for what, count in made.items() if count}


def _retire_names(table: str, field: str, besides: str, values: str) -> int:
    closings = "UNION SELECT left(reason, 80) FROM import_closure"
    return run(
        f"""INSERT INTO {table} (name, is_active, position, {besides})
        SELECT DISTINCT ON (lower(name)) name, false, 0, {values} FROM (
            SELECT left(i.{field}, 80) AS name FROM import_case i WHERE {CLOSED}
            {closings if field == "closed_reason" else ""}
        ) s WHERE name <> ''
            AND NOT EXISTS (SELECT FROM {table} t WHERE lower(t.name) = lower(s.name))
        ORDER BY lower(name), name"""
    )


#: Lists of the map whose left side names something on the desk: table and what it is called.
TARGETS = {
    ("case", "sources"): ("cases_casesource", "name"),
    ("case", "request_types"): ("cases_requesttype", "name"),
    ("case", "closed_reasons"): ("cases_closedreason", "name"),
    ("assignment", "departments"): ("people_department", "name"),
    ("group", "departments"): ("people_department", "name"),
}


def names_on_the_desk(subject: str, group: str) -> list[str]:
    """What a list of the map may name on its left side."""
    if (subject, group) == ("case", "request_subtypes"):
        return column(
            """SELECT t.name || ': ' || s.name FROM cases_requestsubtype s
            JOIN cases_requesttype t ON t.id = s.request_type_id ORDER BY 1"""
        )
    table, name = TARGETS[subject, group]
    return column(f"SELECT {name} FROM {table} ORDER BY 1")
