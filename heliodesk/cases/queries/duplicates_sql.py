# ruff: noqa: S608 - only constants of this module are put in
"""The statement behind `queries.duplicates` (B4), made of the arms that an issue needs.

Every arm is read from one index and bounded, so that it stays quick whatever the size of the
desk: a homeowner's or contact's cases, the newest of an Org, those not on record. Which of an Org's
are of the type says the index too, as their rows lie far from each other. Trigrams are
compared on these few only. Planning a join costs more here than running it, so what is not asked
for (names, where only the gate of B6 wants to know) is not joined.

What the Org has in common counts differently. A homeowner's issue is never another homeowner's,
however alike the words: of the Org only its own cases may be the same, in subtype and words. An
installer's issue may be any of the Org's: its own by subtype or words, its homeowners' by both.
"""

from __future__ import annotations

#: From this trigram similarity on (0 to 1) two descriptions, or two names, count as alike.
ALIKE, SAME_NAME = 0.3, 0.5
#: How many cases of a customer, and of an Org, are looked at.
OF_CUSTOMER, OF_ORG = 60, 200

COLUMNS = """id, number, status, case_type, customer_name, description, created_at, account_id,
    contact_id, contract_id, contract_gap, request_type_id, request_subtype_id, owner_agent_id,
    owner_queue_id"""
OPEN_FIRST = f"ORDER BY status = 'closed', created_at DESC, id DESC LIMIT {OF_CUSTOMER}"

OF_ACCOUNT = f"SELECT {COLUMNS} FROM cases_case WHERE account_id = %(account)s {OPEN_FIRST}"
OF_CONTACT = f"SELECT {COLUMNS} FROM cases_case WHERE contact_id = %(contact)s {OPEN_FIRST}"
OF_NAME = f"""SELECT {COLUMNS} FROM cases_case
    WHERE contract_gap = 'not_on_record' AND account_id = %(org)s
        AND similarity(customer_name, %(name)s) >= {SAME_NAME} {OPEN_FIRST}"""
OF_ORG_ITSELF, OF_WHOLE_ORG = (
    f"""SELECT {COLUMNS} FROM cases_case WHERE id IN (
        SELECT id FROM (
            SELECT id, request_type_id FROM cases_case WHERE {column} = %(org)s
            ORDER BY created_at DESC, id DESC LIMIT {OF_ORG}
        ) newest WHERE request_type_id = %(type)s
    )"""
    for column in ("account_id", "installer_id")
)

TO_HOMEOWNER = "same_subtype AND alike"
TO_INSTALLER = """same_subtype AND alike
    OR of_org_itself AND same_type AND (same_subtype AND open OR alike)"""

LIKELY = f"""
SELECT *,
    same_contract OR same_customer OR same_contact OR same_name AS of_customer,
    likeness >= {ALIKE} AS alike,
    2 * (same_contract::int + same_customer::int + same_contact::int + same_name::int)
        + same_type::int + 2 * same_subtype::int + 4 * likeness AS score
FROM (
    SELECT near.*,
        status <> 'closed' AS open,
        coalesce(contract_id = %(contract)s, false) AS same_contract,
        coalesce(account_id = %(account)s, false) AS same_customer,
        coalesce(contact_id = %(contact)s, false) AS same_contact,
        contract_gap = 'not_on_record' AND %(name)s <> ''
            AND similarity(customer_name, %(name)s) >= {SAME_NAME} AS same_name,
        coalesce(account_id = %(org)s, false) AS of_org_itself,
        coalesce(request_type_id = %(type)s, false) AS same_type,
        coalesce(request_subtype_id = %(subtype)s, false) AS same_subtype,
        CASE WHEN %(description)s = '' THEN 0
            ELSE similarity(left(description, 600), %(description)s) END AS likeness
    FROM (/*arms*/) near
    /*visible*/
) compared
"""
BEST = f"""
SELECT * FROM ({LIKELY}) likely WHERE of_customer OR /*same at org*/
ORDER BY open DESC, score DESC, created_at DESC, id DESC LIMIT %(limit)s
"""
GIVEN = """b.id AS pk, b.number, b.status, b.case_type, b.customer_name AS customer,
    left(b.description, 240) AS description, b.created_at, b.same_contract, b.same_customer,
    b.same_contact, b.same_name, NOT b.of_customer AS same_org, b.same_type, b.same_subtype, b.alike
"""
BARE = f"SELECT {GIVEN} FROM ({BEST}) b"
NAMED = f"""
SELECT {GIVEN}, coalesce(k.contract_id, '') AS contract, t.name || ' · ' || s.name AS request,
    coalesce(u.name, q.name) AS owner
FROM ({BEST}) b
JOIN cases_requesttype t ON t.id = b.request_type_id
JOIN cases_requestsubtype s ON s.id = b.request_subtype_id
LEFT JOIN directory_contract k ON k.id = b.contract_id
LEFT JOIN people_user u ON u.id = b.owner_agent_id
LEFT JOIN people_queue q ON q.id = b.owner_queue_id
ORDER BY b.open DESC, b.score DESC, b.created_at DESC, b.id DESC
"""


def statement(arms: list[str], *, of_homeowner: bool, named: bool, visible: str) -> str:
    """The statement for these arms; `visible` selects the IDs of the cases one may see, empty
    where that is all. A case that two arms find comes twice."""
    near = "\nUNION ALL\n".join(f"({arm})" for arm in arms)
    seen = f"WHERE id IN ({visible})" if visible else ""
    return (
        (NAMED if named else BARE)
        .replace("/*arms*/", near)
        .replace("/*visible*/", seen)
        .replace("/*same at org*/", TO_HOMEOWNER if of_homeowner else TO_INSTALLER)
    )
