"""Finding contracts for their list: by ID, homeowner and address (D2)."""

from __future__ import annotations

from django.db import connection

from heliodesk.directory.queries import finding_sql as sql
from heliodesk.directory.queries import finding_words as asking
from heliodesk.directory.queries.finding_typed import typed

FITTING = f"""
    (SELECT id FROM directory_contract WHERE {sql.ID_BEGINS}
     ORDER BY upper(contract_id) USING ~<~ LIMIT 51)
    UNION
    (SELECT id FROM directory_contract WHERE %(id_digits)s <> ''
     AND {sql.ID_DIGITS} ~>=~ %(id_digits)s AND {sql.ID_DIGITS} ~<=~ %(id_last)s
     AND {sql.ID_BARE} LIKE %(id_bare)s ORDER BY {sql.ID_DIGITS} USING ~<~ LIMIT 51)
    UNION
    (SELECT c.id FROM (
        SELECT id FROM directory_account WHERE {sql.OF_ACCOUNT.format(asked="%(anywhere)s")}
        LIMIT 201
     ) a JOIN directory_contract c ON c.account_id = a.id LIMIT 51)
    UNION
    (SELECT id FROM directory_contract WHERE {sql.OF_CONTRACT.format(asked="%(placed)s")} LIMIT 51)
"""  # noqa: S608 - only constants are put in


def find_contracts(text: str) -> list[int]:
    """The IDs of contracts by the beginning of the contract ID, or by the words of the homeowner's
    name and address. One SQL statement."""
    given = typed(text)
    if not given.words:
        return []
    questions = {"anywhere": asking.anywhere(given.words), "placed": asking.placed(given.words)}
    with connection.cursor() as cursor:
        cursor.execute(FITTING, given.values() | questions)
        return [row[0] for row in cursor.fetchall()]
