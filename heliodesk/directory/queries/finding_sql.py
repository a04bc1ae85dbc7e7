"""The statement behind `finding`: the ways of finding an account, each served by an index and
ended by a limit (D2, V4).

No condition is indexed by the kind of text it is given: the same plan serves whatever is typed.
"""

from __future__ import annotations

NAME = "desk_folded(name)"
ADDRESS = "desk_folded(street || ' ' || city || ' ' || postal_code)"
DIGITS = r"regexp_replace(phone, '\D', '', 'g')"
ID_DIGITS = r"regexp_replace(contract_id, '\D', '', 'g')"
ID_BARE = "regexp_replace(upper(contract_id), '[^A-Z0-9]', '', 'g')"
DOMAIN = "split_part(lower(email), '@', 2)"
#: Behind a point of the domain; what search 0006 makes an index of.
DOMAIN_WITHIN = r"email ~ '@[^.]*\.[^.]*\.' AND desk_domains(email) @@ %(domain_within)s::tsquery"
ID_BEGINS = "upper(contract_id) ~>=~ %(upper)s AND upper(contract_id) ~<~ (%(upper)s || %(z)s)"
#: What search 0005 makes an index of, for each of the three tables.
_REACHED = "phone || ' ' || split_part(email, '@', 1)"
_PLACE = "street || ' ' || city || ' ' || state || ' ' || postal_code"
OF_ACCOUNT = (
    f"desk_findable(name, {_PLACE} || ' ' || {_REACHED}) @@ desk_folded({{asked}})::tsquery"
)
OF_CONTACT = f"desk_findable(name, {_REACHED}) @@ desk_folded({{asked}})::tsquery"
OF_CONTRACT = f"desk_findable('', {_PLACE}) @@ desk_folded({{asked}})::tsquery"

#: The rank of what is found; the least is the best.
EXACT, REACHED, ID_SO, BEGINS, WORDS, BEGINS_SO, WORDS_SO, STREET, PLACE, LETTERS, ALIKE = range(
    0, 22, 2
)

BY_ID = f"""
    SELECT account_id AS id, {EXACT} AS rank, 'Contract ' || contract_id AS hit
    FROM directory_contract WHERE upper(contract_id) = ANY(%(ids)s::text[])
    UNION ALL
    (SELECT account_id, {ID_SO}, 'Contract ' || contract_id FROM directory_contract
     WHERE {ID_BEGINS} ORDER BY upper(contract_id) USING ~<~ LIMIT 51)
"""  # noqa: S608 - only constants are put in
BY_ID_DIGITS = f"""
    (SELECT account_id AS id, {ID_SO} AS rank, 'Contract ' || contract_id AS hit
     FROM directory_contract WHERE {ID_DIGITS} ~>=~ %(id_digits)s
     AND {ID_DIGITS} ~<=~ %(id_last)s AND {ID_BARE} LIKE %(id_bare)s
     ORDER BY {ID_DIGITS} USING ~<~ LIMIT 51)
"""  # noqa: S608 - only constants are put in
BY_JOB = f"""
    SELECT c.account_id AS id, {EXACT} AS rank, 'Job ' || j.job_id AS hit
    FROM directory_job j JOIN directory_contract c ON c.id = j.contract_id
    WHERE upper(j.job_id) = ANY(%(ids)s::text[])
"""  # noqa: S608 - only constants are put in
BY_PHONE_BEGINNING = f"""
    (SELECT id, {REACHED} AS rank, phone AS hit FROM directory_account
     WHERE {DIGITS} ~>=~ %(number)s AND {DIGITS} ~<~ (%(number)s || %(z)s) AND phone <> ''
     ORDER BY {DIGITS} USING ~<~ LIMIT {{limit}})
    UNION ALL
    (SELECT account_id, {REACHED}, name || ', ' || phone FROM directory_contact
     WHERE {DIGITS} ~>=~ %(number)s AND {DIGITS} ~<~ (%(number)s || %(z)s) AND phone <> ''
     ORDER BY {DIGITS} USING ~<~ LIMIT {{limit}})
"""  # noqa: S608 - only constants are put in
BY_PHONE = f"""
    (SELECT id, {REACHED} AS rank, phone AS hit FROM directory_account
     WHERE {DIGITS} LIKE %(digits)s LIMIT {{limit}})
    UNION ALL
    (SELECT account_id, {REACHED}, name || ', ' || phone FROM directory_contact
     WHERE {DIGITS} LIKE %(digits)s LIMIT {{limit}})
"""  # noqa: S608 - only constants are put in
BY_EMAIL = """
    (SELECT id, {rank} AS rank, email AS hit FROM directory_account
     WHERE lower(email) BETWEEN %(mail)s AND %(mail)s || %(z)s AND email <> ''
     ORDER BY lower(email) LIMIT 51)
    UNION ALL
    (SELECT account_id, {rank}, name || ', ' || email FROM directory_contact
     WHERE lower(email) BETWEEN %(mail)s AND %(mail)s || %(z)s AND email <> ''
     ORDER BY lower(email) LIMIT 51)
"""
BY_DOMAIN = f"""
    (SELECT id, {REACHED} AS rank, email AS hit FROM directory_account
     WHERE {DOMAIN} ~>=~ %(domain)s AND {DOMAIN} ~<~ (%(domain)s || %(z)s) AND email <> ''
     ORDER BY {DOMAIN} USING ~<~ LIMIT {{limit}})
    UNION ALL
    (SELECT account_id, {REACHED}, name || ', ' || email FROM directory_contact
     WHERE {DOMAIN} ~>=~ %(domain)s AND {DOMAIN} ~<~ (%(domain)s || %(z)s) AND email <> ''
     ORDER BY {DOMAIN} USING ~<~ LIMIT {{limit}})
    UNION ALL
    (SELECT id, {REACHED}, email FROM directory_account WHERE {DOMAIN_WITHIN} LIMIT {{limit}})
    UNION ALL
    (SELECT account_id, {REACHED}, name || ', ' || email FROM directory_contact
     WHERE {DOMAIN_WITHIN} LIMIT {{limit}})
"""  # noqa: S608 - only constants are put in
BY_BEGINNING = f"""
    (SELECT id, CASE WHEN starts_with({NAME} || ' ', desk_folded(%(upper)s) || ' ')
        THEN {BEGINS} ELSE {BEGINS_SO} END AS rank, '' AS hit FROM directory_account
     WHERE {NAME} ~>=~ desk_folded(%(upper)s) AND {NAME} ~<~ (desk_folded(%(upper)s) || %(z)s)
     ORDER BY {NAME} USING ~<~ LIMIT {{limit}})
"""  # noqa: S608 - only constants are put in
#: Names that have the words: of accounts, and of their contacts.
BY_NAME = f"""
    (SELECT id, {{rank}} AS rank, '' AS hit FROM directory_account
     WHERE {OF_ACCOUNT} LIMIT {{limit}})
    UNION ALL
    (SELECT account_id, {{rank}} + 1, name FROM directory_contact
     WHERE {OF_CONTACT} LIMIT {{limit}})
"""  # noqa: S608 - only constants are put in
BY_LETTERS = f"""
    (SELECT id, {LETTERS} AS rank, '' AS hit FROM directory_account WHERE {{names}} LIMIT {{limit}})
    UNION ALL
    (SELECT account_id, {LETTERS} + 1, name FROM directory_contact WHERE {{names}} LIMIT {{limit}})
"""  # noqa: S608 - only constants are put in
BY_ADDRESS_BEGINNING = f"""
    (SELECT account_id AS id, {STREET} AS rank, contract_id || ', ' || street AS hit
     FROM directory_contract WHERE {ADDRESS} ~>=~ desk_folded(%(upper)s)
     AND {ADDRESS} ~<~ (desk_folded(%(upper)s) || %(z)s)
     ORDER BY {ADDRESS} USING ~<~ LIMIT {{limit}})
    UNION ALL
    (SELECT id, {STREET}, street FROM directory_account WHERE {ADDRESS} ~>=~ desk_folded(%(upper)s)
     AND {ADDRESS} ~<~ (desk_folded(%(upper)s) || %(z)s) AND street <> ''
     ORDER BY {ADDRESS} USING ~<~ LIMIT {{limit}})
"""  # noqa: S608 - only constants are put in
#: The property's address first; then name, address, phone and mail address together.
BY_PLACE = f"""
    (SELECT account_id AS id, {{rank}} AS rank, contract_id || ', ' || street AS hit
     FROM directory_contract WHERE {OF_CONTRACT.format(asked="{placed}")} LIMIT {{limit}})
    UNION ALL
    (SELECT id, {{rank}} + 1, street FROM directory_account
     WHERE {OF_ACCOUNT} LIMIT {{limit}})
"""  # noqa: S608 - only constants are put in
#: Contacts whose mail address has the word before its @.
BY_EMAIL_PART = f"""
    (SELECT account_id AS id, {PLACE} + 1 AS rank, name || ', ' || email AS hit
     FROM directory_contact WHERE {OF_CONTACT} LIMIT {{limit}})
"""  # noqa: S608 - only constants are put in
#: A mail address without what stands before a point: by the words before its @, then read.
BY_EMAIL_WITHIN = f"""
    (SELECT id, {REACHED} AS rank, email AS hit FROM directory_account
     WHERE {OF_ACCOUNT} AND lower(email) LIKE %(mail_within)s LIMIT {{limit}})
    UNION ALL
    (SELECT account_id, {REACHED}, name || ', ' || email FROM directory_contact
     WHERE {OF_CONTACT} AND lower(email) LIKE %(mail_within)s LIMIT {{limit}})
"""  # noqa: S608 - only constants are put in
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
