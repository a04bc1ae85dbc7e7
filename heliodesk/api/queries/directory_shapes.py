"""What accounts, contacts, contracts and jobs are as JSON; `directory_schemas.py` says the same for
the document."""

from __future__ import annotations

from heliodesk.api.queries.shape import Shape, json_of, named, unless_empty

ADDRESS = {part: f"{{0}}.{part}" for part in ("street", "city", "state", "postal_code", "country")}


def _address(table: str) -> str:
    return json_of(**{part: sql.format(table) for part, sql in ADDRESS.items()})


ACCOUNT = Shape(
    json=json_of(
        id="a.id",
        kind="a.kind",
        name="a.name",
        parent=unless_empty("o.id", named("o")),
        account_manager=unless_empty("m.id", named("m")),
        sales_manager=unless_empty("s.id", named("s")),
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
    json=json_of(
        id="p.id",
        account=named("a"),
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
    json=json_of(
        contract_id="k.contract_id",
        status="k.status",
        account=named("a"),
        installer=named("o"),
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
    json=json_of(
        job_id="j.job_id",
        name="j.name",
        phase="j.phase",
        installer=named("o"),
        contract_id="(SELECT k.contract_id FROM directory_contract k WHERE k.id = j.contract_id)",
        created_at="j.created_at",
    ),
    tables="directory_job j JOIN directory_account o ON o.id = j.installer_id",
    keys=("j.id",),
)
