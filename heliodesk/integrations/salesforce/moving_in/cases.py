"""Cases of the export, judged by what the rules hold together (H, N, Q1, S, X2)."""

from __future__ import annotations

from heliodesk.integrations.salesforce.moving_in.archive import Archive
from heliodesk.integrations.salesforce.moving_in.case_verdicts import verdicts
from heliodesk.integrations.salesforce.moving_in.judging import (
    GOOD,
    NEW,
    Judgement,
    judge,
    known,
    person,
    remember,
    write,
)
from heliodesk.integrations.salesforce.sets import run

ADDRESS = """concat_ws(', ', NULLIF({0}.street, ''), NULLIF({0}.city, ''),
    NULLIF(concat_ws(' ', NULLIF({0}.state, ''), NULLIF({0}.postal_code, '')), ''))"""
STANDING = "('open', 'accepted')"

JOINS = f"""
LEFT JOIN directory_contact k ON k.external_id = i.contact AND i.contact <> ''
LEFT JOIN import_contracts nn ON nn.said = upper(i.contract)
LEFT JOIN directory_contract n ON n.id = nn.id
LEFT JOIN directory_account said ON said.external_id = i.account AND i.account <> ''
LEFT JOIN directory_account a ON a.id = COALESCE(said.id,
    CASE WHEN i.account = '' THEN COALESCE(n.account_id, k.account_id) END)
LEFT JOIN LATERAL (SELECT COALESCE(NULLIF(i.case_type, ''),
    CASE a.kind WHEN 'installer' THEN 'installer' ELSE 'homeowner' END) AS type) w ON true
LEFT JOIN import_signers signer ON signer.account_id = n.account_id AND i.contact = ''
LEFT JOIN import_orgs org ON org.said = upper(i.installer)
LEFT JOIN directory_contact ik ON ik.external_id = i.installer_contact
    AND i.installer_contact <> ''
LEFT JOIN import_types ty ON ty.said = lower(i.request_type)
LEFT JOIN import_subtypes st ON st.type_id = ty.id AND st.said = lower(i.request_subtype)
LEFT JOIN import_sources so ON so.said = lower(i.source)
{person("u", "i.owner")}
{known("group", "g", "i.owner")}
LEFT JOIN people_queue qu ON qu.id = g.target_id
{person("cu", "COALESCE(NULLIF(i.created_by, ''), 'unknown')")}
{person("mu", "i.modified_by")}
{person("ru", "i.reviewed_by")}
{known("case", "pv", "i.previous")}
LEFT JOIN import_standing stand ON stand."case" = i.external_id
"""

#: The desk's columns of a case, and what each is made of.
VALUES = {
    "number": "CASE WHEN i.number ~ '^[0-9]{1,12}$' THEN i.number::bigint END",
    "case_type": "w.type",
    "status": """CASE WHEN i.status = 'closed' THEN 'closed'
        WHEN stand."case" IS NOT NULL THEN 'internal_referral'
        WHEN i.status = 'internal_referral' THEN 'awaiting_support' ELSE i.status END""",
    "priority": "CASE i.priority WHEN 'high' THEN 1 ELSE 2 END",
    "account_id": "a.id",
    "contact_id": "CASE WHEN i.contract_gap <> 'not_on_record' THEN COALESCE(k.id, signer.id) END",
    "contract_id": "CASE WHEN w.type = 'homeowner' THEN n.id END",
    "contract_gap": """CASE
        WHEN w.type = 'homeowner' AND n.id IS NULL THEN
            CASE i.contract_gap WHEN 'not_on_record' THEN 'not_on_record' ELSE 'history' END
        WHEN w.type = 'installer' AND k.id IS NULL
            AND (i.sales_rep_name = '' OR i.sales_rep_email = '') THEN 'history'
        ELSE '' END""",
    "installer_id": """CASE WHEN w.type = 'installer' THEN a.id
        WHEN i.installer <> '' THEN org.id
        ELSE COALESCE(n.installer_id, a.parent_id,
            CASE WHEN a.kind = 'installer' THEN a.id END) END""",
    "installer_contact_id": "ik.id",
    "job_id": "i.job",
    "customer_name": """CASE WHEN i.contract_gap = 'not_on_record' THEN left(i.customer_name, 200)
        ELSE a.name END""",
    "property_address": f"""CASE WHEN w.type = 'installer' THEN left(i.property_address, 400)
        WHEN n.id IS NOT NULL THEN {ADDRESS.format("n")}
        WHEN i.property_address <> '' THEN left(i.property_address, 400)
        WHEN a.kind = 'homeowner' THEN {ADDRESS.format("a")} ELSE '' END""",
    "customer_phone": "left(i.customer_phone, 40)",
    "customer_email": "i.customer_email",
    "sales_rep_name": "left(i.sales_rep_name, 160)",
    "sales_rep_email": "i.sales_rep_email",
    "request_type_id": "ty.id",
    "request_subtype_id": "st.id",
    "source_id": "so.id",
    "description": "i.description",
    "owner_agent_id": "CASE WHEN qu.id IS NULL THEN u.id END",
    "owner_queue_id": "qu.id",
    "previous_case_id": "pv.target_id",
    "created_at": "i.created_at",
    "created_by_id": "cu.id",
    "last_modified_at": "COALESCE(i.modified_at, i.created_at)",
    "last_modified_by_id": "mu.id",
    "closed_at": """CASE WHEN i.status = 'closed'
        THEN COALESCE(i.closed_at, i.modified_at, i.created_at) END""",
    "reviewed_at": "CASE WHEN i.review_comments <> '' THEN i.reviewed_at END",
    "reviewed_by_id": "CASE WHEN i.reviewed_at IS NOT NULL THEN ru.id END",
    "review_comments": "CASE WHEN i.reviewed_at IS NULL THEN '' ELSE i.review_comments END",
    "review_due_from": "COALESCE(i.review_due_from, i.reviewed_at, i.created_at)",
    "follow_up_at": "CASE WHEN i.follow_up_for <> '' THEN i.follow_up_at END",
    "follow_up_for": "CASE WHEN i.follow_up_at IS NULL THEN '' ELSE left(i.follow_up_for, 200) END",
}
HELPS = {
    "said_account": "i.account",
    "said_contact": "i.contact",
    "said_contract": "i.contract",
    "said_installer": "i.installer",
    "said_installer_contact": "i.installer_contact",
    "said_type": "i.request_type",
    "said_subtype": "i.request_subtype",
    "said_source": "i.source",
    "said_job": "i.job",
    "kind": "a.kind",
    "contract_account": "n.account_id",
    "contact_account": "k.account_id",
    "org_kind": "COALESCE(org.kind, 'none')",
    "installer_contact_account": "ik.account_id",
    "type_offered": "CASE w.type WHEN 'installer' THEN ty.for_installer ELSE ty.for_homeowner END",
    "subtype_offered": "st.is_offered",
    "subtype_elsewhere": """EXISTS (SELECT FROM import_subtypes x
        WHERE x.said = lower(i.request_subtype) AND x.is_offered)""",
    "source_offered": "so.is_offered",
    "owner_able": """CASE WHEN qu.id IS NOT NULL THEN qu.is_active AND EXISTS (
            SELECT FROM people_queuemembership m JOIN people_user p ON p.id = m.user_id
            WHERE m.queue_id = qu.id AND p.is_active)
        ELSE u.is_active AND u.role <> '' END""",
    "stands": 'stand."case" IS NOT NULL',
    "closed_reason": "i.closed_reason",
    "closed_note": "i.closed_note",
    "closed_by": "i.closed_by",
    "parent": "i.parent",
}


def judgement(archive: Archive, *, native: bool) -> Judgement:
    """How cases are judged."""
    return Judgement("case", "cases_case", JOINS, VALUES, verdicts(archive, native=native), HELPS)


def judge_cases(archive: Archive, *, native: bool) -> Judgement:
    """Judge all cases. The good ones are known from now on, and not yet on the desk."""
    one = judgement(archive, native=native)
    standing()
    look_up()
    judge(one)
    # What is H4 of a homeowner case is N3 of an installer case.
    run(
        f"""UPDATE import_refused r SET rule = 'N3' FROM {one.table} j
        WHERE r.subject = 'case' AND r.rule = 'H4' AND j.case_type = 'installer'
            AND r.file = j.file AND r.line = j.line"""
    )
    remember(one)
    run("ANALYZE salesforce_imported")
    return one


def look_up() -> None:
    """What cases may refer to by one of two names, and whom H5 fills in: small tables that a whole
    set is joined with at once."""
    run("ANALYZE directory_account, directory_contact, directory_contract, people_user")
    run("DROP TABLE IF EXISTS import_contracts, import_signers, import_orgs")
    run(
        """CREATE TEMP TABLE import_contracts AS SELECT DISTINCT ON (said) said, id FROM (
            SELECT upper(external_id) AS said, id, 1 AS place FROM directory_contract
            WHERE external_id <> ''
            UNION ALL SELECT upper(contract_id), id, 2 FROM directory_contract) s
        ORDER BY said, place, id"""
    )
    run(
        """CREATE TEMP TABLE import_signers AS SELECT DISTINCT ON (account_id) account_id, id
        FROM directory_contact WHERE role = 'primary_signer'
        ORDER BY account_id, is_active DESC, id"""
    )
    run(
        """CREATE TEMP TABLE import_orgs AS SELECT DISTINCT ON (said) said, id, kind FROM (
            SELECT upper(external_id) AS said, id, kind, 1 AS place FROM directory_account
            WHERE external_id <> ''
            UNION ALL SELECT upper(name), id, kind, 2 FROM directory_account
            WHERE kind = 'installer') s
        ORDER BY said, place, id"""
    )
    run("ANALYZE import_contracts, import_signers, import_orgs")


def standing() -> None:
    """The cases of the export with an assignment that has not ended (S1, X2)."""
    run("DROP TABLE IF EXISTS import_standing")
    run(
        f"""CREATE TEMP TABLE import_standing AS SELECT DISTINCT "case" FROM import_assignment
        WHERE status IN {STANDING} AND refusal = ''"""
    )
    run("ANALYZE import_standing")


def put_cases(one: Judgement) -> None:
    """Put the good ones on the desk. One that continues another finds it in a second pass."""
    write(one, constant={"is_followed": "false"})
    run(
        f"""UPDATE cases_case c SET previous_case_id = p.target_id
        FROM {one.table} j JOIN import_case i ON i.file = j.file AND i.line = j.line
        JOIN salesforce_imported p ON p.subject = 'case' AND p.external_id = i.previous
        WHERE c.id = j.target_id AND {GOOD} AND i.previous <> '' AND p.target_id <> c.id
            AND c.previous_case_id IS DISTINCT FROM p.target_id"""
    )
    run(
        """SELECT setval('cases_case_number', GREATEST(
            (SELECT last_value FROM cases_case_number), (SELECT max(number) FROM cases_case)))
        FROM (SELECT max(number) AS top FROM cases_case) t
        WHERE t.top > (SELECT last_value FROM cases_case_number)"""
    )


def link_parents(one: Judgement) -> None:
    """A case of another case is related to it (W2)."""
    run(
        f"""INSERT INTO cases_relatedcase (case_id, other_id, at, by_id)
        SELECT DISTINCT ON (LEAST(j.target_id, p.target_id), GREATEST(j.target_id, p.target_id))
            j.target_id, p.target_id, j.created_at, j.created_by_id
        FROM {one.table} j JOIN salesforce_imported p
            ON p.subject = 'case' AND p.external_id = j.parent
        WHERE {GOOD} AND j.parent <> '' AND p.target_id <> j.target_id
            AND NOT EXISTS (SELECT FROM cases_relatedcase r
                WHERE LEAST(r.case_id, r.other_id) = LEAST(j.target_id, p.target_id)
                  AND GREATEST(r.case_id, r.other_id) = GREATEST(j.target_id, p.target_id))"""
    )


def say_created(one: Judgement) -> None:
    """The first line of each new case's feed, where the export has no feed of the desk's own."""
    run(
        f"""INSERT INTO feed_feeditem (case_id, kind, author_id, at, body, body_html, data)
        SELECT j.target_id, 'created', j.created_by_id, j.created_at, '', '', '{{}}'
        FROM {one.table} j WHERE {NEW} ORDER BY j.file, j.line"""
    )
