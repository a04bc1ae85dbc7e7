"""What a row is as JSON, written by PostgreSQL itself, so that fifty cost little in Python.

`schemas.py` says the same for the document; a test holds the two together.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Shape:
    """The JSON of a row, the tables it is read from, and what lists of it are sorted by."""

    json: str
    tables: str
    keys: tuple[str, ...]
    descends: bool = False


def _object(**parts: str) -> str:
    return f"json_build_object({', '.join(f'{_text(name)}, {sql}' for name, sql in parts.items())})"


def _text(text: str) -> str:
    return f"'{text}'"


def _if(key: str, made: str) -> str:
    """What is made, or null where the reference is empty."""
    return f"CASE WHEN {key} IS NOT NULL THEN {made} END"


def _named(table: str) -> str:
    return _object(id=f"{table}.id", name=f"{table}.name")


def _number(sql: str) -> str:
    return f"lpad(({sql})::text, 8, '0')"


def _closure(made: str) -> str:
    """What is made of the closing that holds, its reason and who closed; null for an open case."""
    return f"""CASE WHEN c.closed_at IS NOT NULL THEN (SELECT {made} FROM cases_closure y
        JOIN cases_closedreason z ON z.id = y.reason_id
        LEFT JOIN people_user u ON u.id = y.closed_by_id
        WHERE y.case_id = c.id AND y.reopened_at IS NULL) END"""  # noqa: S608 - constants


ADDRESS = {part: f"{{0}}.{part}" for part in ("street", "city", "state", "postal_code", "country")}


def _address(table: str) -> str:
    return _object(**{part: sql.format(table) for part, sql in ADDRESS.items()})


CASE = Shape(
    json=_object(
        number=_number("c.number"),
        case_type="c.case_type",
        status="c.status",
        priority="CASE c.priority WHEN 1 THEN 'high' ELSE 'normal' END",
        account=_object(id="a.id", name="a.name", external_id="a.external_id"),
        contact=_if(
            "p.id",
            _object(id="p.id", name="p.name", email="p.email", phone="p.phone", role="p.role"),
        ),
        contract=_if("k.id", _object(contract_id="k.contract_id", status="k.status")),
        contract_gap="c.contract_gap",
        installer=_if("o.id", _named("o")),
        installer_contact=_if("q.id", _named("q")),
        job_id="c.job_id",
        customer_name="c.customer_name",
        property_address="c.property_address",
        customer_phone="c.customer_phone",
        customer_email="c.customer_email",
        sales_rep_name="c.sales_rep_name",
        sales_rep_email="c.sales_rep_email",
        request_type=_named("t"),
        request_subtype=_named("s"),
        source=_named("r"),
        description="c.description",
        owner=f"CASE WHEN c.owner_agent_id IS NOT NULL THEN"
        f" {_object(kind=_text('agent'), id='g.id', slug='NULL::text', name='g.name')}"
        f" ELSE {_object(kind=_text('queue'), id='w.id', slug='w.slug', name='w.name')} END",
        previous_case=f"(SELECT {_number('b.number')} FROM cases_case b"  # noqa: S608 - constants
        " WHERE b.id = c.previous_case_id)",
        created_at="c.created_at",
        created_by=_named("m"),
        last_modified_at="c.last_modified_at",
        last_modified_by=_if("l.id", _named("l")),
        closed_at="c.closed_at",
        closed_reason=_closure(_named("z")),
        closed_by=_closure(_if("u.id", _named("u"))),
        merged_into=f"(SELECT {_number('i.number')} FROM cases_merge d"  # noqa: S608 - constants
        " JOIN cases_case i ON i.id = d.into_id WHERE d.case_id = c.id AND d.undone_at IS NULL)",
        reviewed_at="c.reviewed_at",
        reviewed_by=_if("v.id", _named("v")),
        review_comments="c.review_comments",
        follow_up_at="c.follow_up_at",
        follow_up_for="c.follow_up_for",
    ),
    tables="""
        cases_case c
        JOIN directory_account a ON a.id = c.account_id
        LEFT JOIN directory_contact p ON p.id = c.contact_id
        LEFT JOIN directory_contract k ON k.id = c.contract_id
        LEFT JOIN directory_account o ON o.id = c.installer_id
        LEFT JOIN directory_contact q ON q.id = c.installer_contact_id
        JOIN cases_requesttype t ON t.id = c.request_type_id
        JOIN cases_requestsubtype s ON s.id = c.request_subtype_id
        JOIN cases_casesource r ON r.id = c.source_id
        LEFT JOIN people_user g ON g.id = c.owner_agent_id
        LEFT JOIN people_queue w ON w.id = c.owner_queue_id
        JOIN people_user m ON m.id = c.created_by_id
        LEFT JOIN people_user l ON l.id = c.last_modified_by_id
        LEFT JOIN people_user v ON v.id = c.reviewed_by_id
    """,
    keys=("c.created_at", "c.id"),
    descends=True,
)

ACCOUNT = Shape(
    json=_object(
        id="a.id",
        kind="a.kind",
        name="a.name",
        parent=_if("o.id", _named("o")),
        account_manager=_if("m.id", _named("m")),
        sales_manager=_if("s.id", _named("s")),
        phone="a.phone",
        email="a.email",
        address=_address("a"),
        external_id="a.external_id",
        created_at="a.created_at",
    ),
    tables="""
        directory_account a
        LEFT JOIN directory_account o ON o.id = a.parent_id
        LEFT JOIN people_user m ON m.id = a.account_manager_id
        LEFT JOIN people_user s ON s.id = a.sales_manager_id
    """,
    keys=("a.id",),
)

CONTACT = Shape(
    json=_object(
        id="p.id",
        account=_named("a"),
        name="p.name",
        role="p.role",
        email="p.email",
        phone="p.phone",
        is_active="p.is_active",
        external_id="p.external_id",
        created_at="p.created_at",
    ),
    tables="directory_contact p JOIN directory_account a ON a.id = p.account_id",
    keys=("p.id",),
)

CONTRACT = Shape(
    json=_object(
        contract_id="k.contract_id",
        status="k.status",
        account=_named("a"),
        installer=_named("o"),
        address=_address("k"),
        signed_on="k.signed_on",
        system_size_kw="k.system_size_kw::text",
        external_id="k.external_id",
        created_at="k.created_at",
    ),
    tables="""
        directory_contract k
        JOIN directory_account a ON a.id = k.account_id
        JOIN directory_account o ON o.id = k.installer_id
    """,
    keys=("k.id",),
)

JOB = Shape(
    json=_object(
        job_id="j.job_id",
        name="j.name",
        phase="j.phase",
        installer=_named("o"),
        contract_id="(SELECT k.contract_id FROM directory_contract k WHERE k.id = j.contract_id)",
        created_at="j.created_at",
    ),
    tables="directory_job j JOIN directory_account o ON o.id = j.installer_id",
    keys=("j.id",),
)

ASSIGNMENT = Shape(
    json=_object(
        number="'CA-' || lpad(x.id::text, 5, '0')",
        case_number=_number("c.number"),
        department=_object(id="d.id", slug="d.slug", name="d.name"),
        topic=_if("u.id", _named("u")),
        referral_reason=_named("r"),
        referral_subtype=_if("s.id", _named("s")),
        referral_comments="x.comments",
        account_manager=_if("m.id", _named("m")),
        sales_manager=_if("n.id", _named("n")),
        status="x.status",
        assignee=_if("e.id", _named("e")),
        outcome="x.outcome",
        created_at="x.created_at",
        created_by=_named("b"),
        accepted_at="x.accepted_at",
        acted_at="x.acted_at",
        ended_at="x.ended_at",
        ended_by=_if("f.id", _named("f")),
    ),
    tables="""
        assignments_caseassignment x
        JOIN cases_case c ON c.id = x.case_id
        JOIN people_department d ON d.id = x.department_id
        JOIN people_referralreason r ON r.id = x.reason_id
        LEFT JOIN people_referralsubtype s ON s.id = x.subtype_id
        LEFT JOIN people_topic u ON u.id = x.topic_id
        LEFT JOIN people_user m ON m.id = x.account_manager_id
        LEFT JOIN people_user n ON n.id = x.sales_manager_id
        LEFT JOIN people_user e ON e.id = x.assignee_id
        JOIN people_user b ON b.id = x.created_by_id
        LEFT JOIN people_user f ON f.id = x.ended_by_id
    """,
    keys=("x.id",),
    descends=True,
)

FILE = Shape(
    json=_object(
        id="f.id",
        name="f.name",
        size="f.size",
        content_type="f.content_type",
        sha256="f.sha256",
        uploaded_at="f.at",
        uploaded_by=_named("u"),
    ),
    tables="files_casefile f JOIN people_user u ON u.id = f.by_id",
    keys=("f.at", "f.id"),
    descends=True,
)

NOTICE = Shape(
    json=_object(
        id="n.id",
        kind="n.kind",
        case_number=_number("c.number"),
        item="n.item_id",
        by="u.name",
        at="n.at",
        read_at="n.read_at",
    ),
    tables="""
        notices_notice n
        JOIN cases_case c ON c.id = n.case_id
        LEFT JOIN feed_feeditem i ON i.id = n.item_id
        LEFT JOIN people_user u ON u.id = i.author_id
    """,
    keys=("n.at", "n.id"),
    descends=True,
)

HISTORY = Shape(
    json=_object(
        id="h.id",
        at="h.at",
        by="u.name",
        origin="h.origin",
        kind="h.kind",
        changes="h.changes",
    ),
    tables="core_auditentry h LEFT JOIN people_user u ON u.id = h.by_id",
    keys=("h.id",),
    descends=True,
)
