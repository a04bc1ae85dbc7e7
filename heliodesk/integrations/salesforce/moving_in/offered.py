"""What the desk offers to choose from, for the rows to find; what only history has, as retired."""

from __future__ import annotations

from heliodesk.integrations.salesforce.sets import run

NOT_RECORDED = "Not recorded"
#: Cases whose words history may add: closed, and not known already.
CLOSED = "i.status = 'closed' AND i.refusal = ''"


def gather() -> None:
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


def retire() -> dict[str, int]:
    """Types, subtypes, sources and reasons that only closed cases have are added as retired:
    history keeps its words, and nobody is offered them. Gives how many of each."""
    _say_what_was_not_recorded()
    made = {
        "Customer Request Types": _retire_types(),
        "Customer Request Subtypes": _retire_subtypes(),
        "Case Sources": _retire_names("cases_casesource", "source", "channel", "''"),
        "Closed Reasons": _retire_names(
            "cases_closedreason", "closed_reason", "is_case_voided, set_by_system", "false, false"
        ),
    }
    gather()
    return {what: count for what, count in made.items() if count}


def _say_what_was_not_recorded() -> None:
    """What a closed case of the export leaves empty."""
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


def _retire_types() -> int:
    return run(
        f"""INSERT INTO cases_requesttype
            (name, for_homeowner, for_installer, is_active, position)
        SELECT DISTINCT ON (lower(name)) name, true, true, false, 0 FROM (
            SELECT left(i.request_type, 120) AS name FROM import_case i WHERE {CLOSED}) s
        WHERE NOT EXISTS (SELECT FROM cases_requesttype t WHERE lower(t.name) = lower(s.name))
        ORDER BY lower(name), name"""
    )


def _retire_subtypes() -> int:
    """Not where the type is offered, and a subtype of that name is too: there the case named the
    wrong type."""
    return run(
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
    )


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
