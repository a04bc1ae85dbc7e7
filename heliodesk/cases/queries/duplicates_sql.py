"""The statement behind `queries.duplicates` (B4).

Every arm of `near` is read from one index and bounded, so that it stays quick whatever the size
of the desk: a homeowner's or contact's cases, the newest of an Org, those not on record. Trigrams
are compared on these few only. `likeness` says in what a case is like the issue.

What the Org has in common counts differently. A homeowner's issue is never another homeowner's,
however alike the words: of the Org only its own cases may be the same, in subtype and words. An
installer's issue may be any of the Org's: its own by subtype or words, its homeowners' by both.
"""

from __future__ import annotations

#: From this trigram similarity on (0 to 1) two descriptions, or two names, count as alike.
ALIKE, SAME_NAME = 0.3, 0.5
#: How many cases of a customer, and of an Org, are looked at.
OF_CUSTOMER, OF_ORG = 60, 200

_TEMPLATE = f"""
WITH near AS (
    (SELECT id FROM cases_case WHERE account_id = %(account)s
     ORDER BY status = 'closed', created_at DESC, id DESC LIMIT {OF_CUSTOMER})
    UNION
    (SELECT id FROM cases_case WHERE contact_id = %(contact)s
     ORDER BY status = 'closed', created_at DESC, id DESC LIMIT {OF_CUSTOMER})
    UNION
    (SELECT id FROM (
        SELECT id, request_type_id FROM cases_case WHERE /*of org*/ = %(org)s
        ORDER BY created_at DESC, id DESC LIMIT {OF_ORG}
     ) newest WHERE request_type_id = %(type)s)
    UNION
    (SELECT id FROM cases_case
     WHERE contract_gap = 'not_on_record' AND account_id = %(org)s AND %(name)s <> ''
     AND similarity(customer_name, %(name)s) >= {SAME_NAME}
     ORDER BY status = 'closed', id DESC LIMIT {OF_CUSTOMER})
), compared AS (
    SELECT c.*,
        c.status <> 'closed' AS open,
        coalesce(c.contract_id = %(contract)s, false) AS same_contract,
        coalesce(c.account_id = %(account)s, false) AS same_customer,
        coalesce(c.contact_id = %(contact)s, false) AS same_contact,
        c.contract_gap = 'not_on_record' AND %(name)s <> ''
            AND similarity(c.customer_name, %(name)s) >= {SAME_NAME} AS same_name,
        coalesce(c.account_id = %(org)s, false) AS of_org_itself,
        coalesce(c.request_type_id = %(type)s, false) AS same_type,
        coalesce(c.request_subtype_id = %(subtype)s, false) AS same_subtype,
        CASE WHEN %(description)s = '' THEN 0
            ELSE similarity(left(c.description, 600), %(description)s) END AS likeness
    FROM near JOIN cases_case c USING (id)
    WHERE c.id IN (/*visible*/)
), likely AS (
    SELECT *,
        same_contract OR same_customer OR same_contact OR same_name AS of_customer,
        likeness >= {ALIKE} AS alike,
        2 * (same_contract::int + same_customer::int + same_contact::int + same_name::int)
            + same_type::int + 2 * same_subtype::int + 4 * likeness AS score
    FROM compared
), best AS (
    SELECT * FROM likely
    WHERE of_customer
        OR /*same at org*/
    ORDER BY open DESC, score DESC, created_at DESC, id DESC
    LIMIT %(limit)s
)
SELECT b.id AS pk, b.number, b.status, b.case_type, b.customer_name AS customer,
    coalesce(k.contract_id, '') AS contract,
    t.name || ' · ' || s.name AS request,
    left(b.description, 240) AS description,
    coalesce(u.name, q.name) AS owner, b.created_at,
    b.same_contract, b.same_customer, b.same_contact, b.same_name,
    NOT b.of_customer AS same_org, b.same_type, b.same_subtype, b.alike
FROM best b
JOIN cases_requesttype t ON t.id = b.request_type_id
JOIN cases_requestsubtype s ON s.id = b.request_subtype_id
LEFT JOIN directory_contract k ON k.id = b.contract_id
LEFT JOIN people_user u ON u.id = b.owner_agent_id
LEFT JOIN people_queue q ON q.id = b.owner_queue_id
ORDER BY b.open DESC, b.score DESC, b.created_at DESC, b.id DESC
"""  # noqa: S608 - only numbers of this module are put in

HOMEOWNERS = _TEMPLATE.replace("/*of org*/", "account_id").replace(
    "/*same at org*/", "same_subtype AND alike"
)
INSTALLERS = _TEMPLATE.replace("/*of org*/", "installer_id").replace(
    "/*same at org*/",
    "same_subtype AND alike OR of_org_itself AND same_type AND (same_subtype AND open OR alike)",
)
