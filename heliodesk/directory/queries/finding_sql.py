"""The statement behind `finding`: the ways of finding an account, each served by an index and
ended by a limit (D2, V4).

No condition is indexed by the kind of text it is given: the same plan serves whatever is typed.
"""

from __future__ import annotations

NAME = "desk_folded(name)"
ADDRESS = "desk_folded(street || ' ' || city || ' ' || postal_code)"
DIGITS = r"regexp_replace(phone, '\D', '', 'g')"
#: Each word behind a space, also the first, and the parts of O'Brien and Smith-Jones.
PARTED = "(' ' || translate({}, '''-.,/', '     '))"
ID_BEGINS = "upper(contract_id) ~>=~ %(upper)s AND upper(contract_id) ~<~ (%(upper)s || %(z)s)"

BY_ID = f"""
    SELECT account_id AS id, 0 AS rank, 'Contract ' || contract_id AS hit
    FROM directory_contract WHERE upper(contract_id) = %(upper)s
    UNION ALL
    (SELECT account_id, 2, 'Contract ' || contract_id FROM directory_contract
     WHERE {ID_BEGINS} ORDER BY upper(contract_id) USING ~<~ LIMIT 51)
"""  # noqa: S608 - only constants are put in
BY_JOB = """
    SELECT c.account_id AS id, 0 AS rank, 'Job ' || j.job_id AS hit
    FROM directory_job j JOIN directory_contract c ON c.id = j.contract_id
    WHERE upper(j.job_id) = %(upper)s
"""
BY_PHONE_BEGINNING = f"""
    (SELECT id, 1 AS rank, phone AS hit FROM directory_account
     WHERE {DIGITS} ~>=~ %(number)s AND {DIGITS} ~<~ (%(number)s || %(z)s) AND phone <> ''
     ORDER BY {DIGITS} USING ~<~ LIMIT {{limit}})
    UNION ALL
    (SELECT account_id, 1, name || ', ' || phone FROM directory_contact
     WHERE {DIGITS} ~>=~ %(number)s AND {DIGITS} ~<~ (%(number)s || %(z)s) AND phone <> ''
     ORDER BY {DIGITS} USING ~<~ LIMIT {{limit}})
"""  # noqa: S608
BY_PHONE = f"""
    (SELECT id, 1 AS rank, phone AS hit FROM directory_account
     WHERE {DIGITS} LIKE %(digits)s LIMIT {{limit}})
    UNION ALL
    (SELECT account_id, 1, name || ', ' || phone FROM directory_contact
     WHERE {DIGITS} LIKE %(digits)s LIMIT {{limit}})
"""  # noqa: S608
BY_EMAIL = """
    (SELECT id, 1 AS rank, email AS hit FROM directory_account
     WHERE lower(email) BETWEEN %(lower)s AND %(last)s AND email <> ''
     ORDER BY lower(email) LIMIT 51)
    UNION ALL
    (SELECT account_id, 1, name || ', ' || email FROM directory_contact
     WHERE lower(email) BETWEEN %(lower)s AND %(last)s AND email <> ''
     ORDER BY lower(email) LIMIT 51)
"""
BY_BEGINNING = f"""
    (SELECT id, 3 AS rank, '' AS hit FROM directory_account
     WHERE {NAME} ~>=~ desk_folded(%(upper)s) AND {NAME} ~<~ (desk_folded(%(upper)s) || %(z)s)
     ORDER BY {NAME} USING ~<~ LIMIT {{limit}})
"""  # noqa: S608
BY_NAME = """
    (SELECT id, {rank} AS rank, '' AS hit FROM directory_account WHERE {names} LIMIT {limit})
    UNION ALL
    (SELECT account_id, {rank} + 1, name FROM directory_contact WHERE {names} LIMIT {limit})
"""
BY_ADDRESS_BEGINNING = f"""
    (SELECT account_id AS id, 6 AS rank, contract_id || ', ' || street AS hit
     FROM directory_contract WHERE {ADDRESS} ~>=~ desk_folded(%(upper)s)
     AND {ADDRESS} ~<~ (desk_folded(%(upper)s) || %(z)s)
     ORDER BY {ADDRESS} USING ~<~ LIMIT {{limit}})
    UNION ALL
    (SELECT id, 6, street FROM directory_account WHERE {ADDRESS} ~>=~ desk_folded(%(upper)s)
     AND {ADDRESS} ~<~ (desk_folded(%(upper)s) || %(z)s) AND street <> ''
     ORDER BY {ADDRESS} USING ~<~ LIMIT {{limit}})
"""  # noqa: S608
BY_HOUSE = f"""
    (SELECT account_id AS id, 7 AS rank, contract_id || ', ' || street AS hit
     FROM directory_contract WHERE {ADDRESS} ~>=~ %(house)s
     AND {ADDRESS} ~<~ (%(house)s || %(z)s) AND {{others}} LIMIT {{limit}})
    UNION ALL
    (SELECT id, 7, street FROM directory_account WHERE {ADDRESS} ~>=~ %(house)s
     AND {ADDRESS} ~<~ (%(house)s || %(z)s) AND street <> '' AND {{others}} LIMIT {{limit}})
"""  # noqa: S608
BY_ADDRESS = """
    (SELECT account_id AS id, {rank} AS rank, contract_id || ', ' || street AS hit
     FROM directory_contract WHERE {addresses} LIMIT {limit})
    UNION ALL
    (SELECT id, {rank}, street FROM directory_account WHERE {addresses} LIMIT {limit})
"""
#: The best of one level; not asked at all where it is not wanted.
LEVEL = """
level{at} AS MATERIALIZED (
    SELECT b.id, b.rank, b.hit, a.name FROM (
        SELECT DISTINCT ON (id) id, rank, hit FROM ({hits}) hits WHERE {wanted} ORDER BY id, rank
    ) b JOIN directory_account a ON a.id = b.id WHERE {seen}
    ORDER BY b.rank, a.name, a.id LIMIT %(most)s
)"""
BEST = """
WITH {levels}
SELECT id, rank, hit FROM (
    SELECT DISTINCT ON (id) id, rank, hit, name FROM ({every}) levels ORDER BY id, rank
) best ORDER BY rank, name, id LIMIT %(most)s
"""
