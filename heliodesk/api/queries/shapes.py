"""What a row is as JSON, written by PostgreSQL itself, so that fifty cost little in Python.

`schemas.py` says the same for the document; a test holds the two together. Those of the directory
stand in `directory_shapes.py`.
"""

from __future__ import annotations

from heliodesk.api.queries.shape import Shape, case_number, json_of, named, text, unless_empty


def _closure(made: str) -> str:
    """What is made of the closing that holds, its reason and who closed; null for an open case."""
    return f"""CASE WHEN c.closed_at IS NOT NULL THEN (SELECT {made} FROM cases_closure y
        JOIN cases_closedreason z ON z.id = y.reason_id
        LEFT JOIN people_user u ON u.id = y.closed_by_id
        WHERE y.case_id = c.id AND y.reopened_at IS NULL) END"""  # noqa: S608 - constants


CASE = Shape(
    json=json_of(
        number=case_number("c.number"),
        case_type="c.case_type",
        status="c.status",
        priority="CASE c.priority WHEN 1 THEN 'high' ELSE 'normal' END",
        account=json_of(id="a.id", name="a.name", external_id="a.external_id"),
        contact=unless_empty(
            "p.id",
            json_of(id="p.id", name="p.name", email="p.email", phone="p.phone", role="p.role"),
        ),
        contract=unless_empty("k.id", json_of(contract_id="k.contract_id", status="k.status")),
        contract_gap="c.contract_gap",
        installer=unless_empty("o.id", named("o")),
        installer_contact=unless_empty("q.id", named("q")),
        job_id="c.job_id",
        customer_name="c.customer_name",
        property_address="c.property_address",
        customer_phone="c.customer_phone",
        customer_email="c.customer_email",
        sales_rep_name="c.sales_rep_name",
        sales_rep_email="c.sales_rep_email",
        request_type=named("t"),
        request_subtype=named("s"),
        source=named("r"),
        description="c.description",
        owner=f"CASE WHEN c.owner_agent_id IS NOT NULL THEN"
        f" {json_of(kind=text('agent'), id='g.id', slug='NULL::text', name='g.name')}"
        f" ELSE {json_of(kind=text('queue'), id='w.id', slug='w.slug', name='w.name')} END",
        previous_case=f"(SELECT {case_number('b.number')} FROM cases_case b"  # noqa: S608 - constants
        " WHERE b.id = c.previous_case_id)",
        created_at="c.created_at",
        created_by=named("m"),
        last_modified_at="c.last_modified_at",
        last_modified_by=unless_empty("l.id", named("l")),
        closed_at="c.closed_at",
        closed_reason=_closure(named("z")),
        closed_by=_closure(unless_empty("u.id", named("u"))),
        merged_into=f"(SELECT {case_number('i.number')} FROM cases_merge d"  # noqa: S608 - constants
        " JOIN cases_case i ON i.id = d.into_id WHERE d.case_id = c.id AND d.undone_at IS NULL)",
        reviewed_at="c.reviewed_at",
        reviewed_by=unless_empty("v.id", named("v")),
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

#: Each link stands on both of its cases: once with each as the one that the other is related to.
RELATED_CASE = Shape(
    json=json_of(
        number=case_number("c.number"),
        status="c.status",
        customer_name="c.customer_name",
        request_type=named("t"),
        request_subtype=named("s"),
        linked_at="r.at",
        linked_by=named("u"),
    ),
    tables="""
        (
            SELECT id, at, by_id, case_id AS of_id, other_id AS to_id FROM cases_relatedcase
            UNION ALL
            SELECT id, at, by_id, other_id, case_id FROM cases_relatedcase
        ) r
        JOIN cases_case c ON c.id = r.to_id
        JOIN cases_requesttype t ON t.id = c.request_type_id
        JOIN cases_requestsubtype s ON s.id = c.request_subtype_id
        JOIN people_user u ON u.id = r.by_id
    """,
    keys=("r.id",),
    descends=True,
)

ASSIGNMENT = Shape(
    json=json_of(
        number="'CA-' || lpad(x.id::text, 5, '0')",
        case_number=case_number("c.number"),
        department=json_of(id="d.id", slug="d.slug", name="d.name"),
        topic=unless_empty("u.id", named("u")),
        referral_reason=named("r"),
        referral_subtype=unless_empty("s.id", named("s")),
        referral_comments="x.comments",
        account_manager=unless_empty("m.id", named("m")),
        sales_manager=unless_empty("n.id", named("n")),
        status="x.status",
        assignee=unless_empty("e.id", named("e")),
        outcome="x.outcome",
        created_at="x.created_at",
        created_by=named("b"),
        accepted_at="x.accepted_at",
        acted_at="x.acted_at",
        ended_at="x.ended_at",
        ended_by=unless_empty("f.id", named("f")),
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
    json=json_of(
        id="f.id",
        name="f.name",
        size="f.size",
        content_type="f.content_type",
        sha256="f.sha256",
        uploaded_at="f.at",
        uploaded_by=named("u"),
    ),
    tables="files_casefile f JOIN people_user u ON u.id = f.by_id",
    keys=("f.at", "f.id"),
    descends=True,
)

NOTICE = Shape(
    json=json_of(
        id="n.id",
        kind="n.kind",
        case_number=case_number("c.number"),
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
    json=json_of(
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
