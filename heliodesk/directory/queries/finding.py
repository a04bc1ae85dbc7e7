"""Finding an account while the phone rings: one field for contract ID, phone, email, name and
address; what is exact comes first, and accents and typing errors in names are forgiven (D2)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

from heliodesk.directory.phones import digits

MOST = 50  # accounts that one search shows
CLOSE_ENOUGH = 0.42  # word similarity; `Delgdo` finds `Delgado` at 0.57

_ADDRESS = "desk_folded(street || ' ' || city || ' ' || postal_code)"
_DIGITS = r"regexp_replace(phone, '\D', '', 'g')"

BY_ID = """
    SELECT account_id AS id, 0 AS rank, 'Contract ' || contract_id AS hit
    FROM directory_contract WHERE upper(contract_id) = %(upper)s
    UNION ALL
    (SELECT account_id, 2, 'Contract ' || contract_id FROM directory_contract
     WHERE upper(contract_id) LIKE %(begins)s ORDER BY upper(contract_id) LIMIT 51)
"""
BY_PHONE = f"""
    (SELECT id, 1 AS rank, phone AS hit FROM directory_account
     WHERE {_DIGITS} LIKE %(digits)s LIMIT 51)
    UNION ALL
    (SELECT account_id, 1, name || ', ' || phone FROM directory_contact
     WHERE {_DIGITS} LIKE %(digits)s LIMIT 51)
"""  # noqa: S608 - only constants are put in
BY_EMAIL = """
    (SELECT id, 1 AS rank, email AS hit FROM directory_account
     WHERE lower(email) = %(lower)s AND email <> '' LIMIT 51)
    UNION ALL
    (SELECT account_id, 1, name || ', ' || email FROM directory_contact
     WHERE lower(email) = %(lower)s AND email <> '' LIMIT 51)
"""
BY_WORDS = f"""
    (SELECT id, CASE WHEN desk_folded(name) LIKE desk_folded(%(begins)s) THEN 3 ELSE 4 END AS rank,
        '' AS hit
     FROM directory_account WHERE desk_folded(name) LIKE desk_folded(%(holds)s) LIMIT 201)
    UNION ALL
    (SELECT account_id, 5, name FROM directory_contact
     WHERE desk_folded(name) LIKE desk_folded(%(holds)s) LIMIT 201)
    UNION ALL
    (SELECT account_id, 6, contract_id || ', ' || street FROM directory_contract
     WHERE {_ADDRESS} LIKE desk_folded(%(holds)s) LIMIT 101)
    UNION ALL
    (SELECT id, 6, street FROM directory_account
     WHERE {_ADDRESS} LIKE desk_folded(%(holds)s) LIMIT 101)
"""  # noqa: S608
BY_SOUND = """
    (SELECT id, 7 AS rank, '' AS hit,
        word_similarity(desk_folded(%(upper)s), desk_folded(name)) AS close
     FROM directory_account WHERE desk_folded(name) %%> desk_folded(%(upper)s)
     ORDER BY 4 DESC LIMIT 101)
    UNION ALL
    (SELECT account_id, 7, name, word_similarity(desk_folded(%(upper)s), desk_folded(name))
     FROM directory_contact WHERE desk_folded(name) %%> desk_folded(%(upper)s)
     ORDER BY 4 DESC LIMIT 101)
"""
BEST = """
    SELECT DISTINCT ON (id) id, rank, hit, {close} AS close FROM ({hits}) hits
    ORDER BY id, rank, close DESC
"""


@dataclass(frozen=True, slots=True)
class Hit:
    """An account that was found, what it was found by, and how good that is (0 is best)."""

    account_id: int
    rank: int
    by: str


def find(text: str) -> list[Hit]:
    """The accounts that `text` may mean, best first, at most `MOST` + 1.

    Names that only sound alike are looked for where nothing else is found.
    """
    text = " ".join(text.replace("\x00", " ").split())[:100]
    if not text:
        return []
    arms = [BY_ID, BY_WORDS]
    number = digits(text)
    if len(number) >= 4 and not re.search(r"[A-Za-z@]", text):
        arms.append(BY_PHONE)
    if "@" in text:
        arms.append(BY_EMAIL)
    values = patterns(text)
    hits = _select(BEST.format(hits=" UNION ALL ".join(arms), close="0"), values)
    if hits or len(text) < 3:
        return hits
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('pg_trgm.word_similarity_threshold', %s, true)", [str(CLOSE_ENOUGH)]
        )
        return _select(BEST.format(hits=BY_SOUND, close="close"), values)


def patterns(text: str) -> dict[str, Any]:
    """The text as the statements compare it."""
    upper = text.upper()
    plain = re.sub(r"([\\%_])", r"\\\1", upper)
    national = digits(text).removeprefix("1") if len(digits(text)) == 11 else digits(text)
    return {
        "upper": upper,
        "lower": text.lower(),
        "begins": f"{plain}%",
        "holds": f"%{plain}%",
        "digits": f"%{national}%",
    }


def _select(best: str, values: dict[str, Any]) -> list[Hit]:
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT b.id, b.rank, b.hit FROM ({best}) b "  # noqa: S608 - only constants
            f"JOIN directory_account a ON a.id = b.id "
            f"ORDER BY b.rank, b.close DESC, a.name, a.id LIMIT {MOST + 1}",
            values,
        )
        return [Hit(*row) for row in cursor.fetchall()]


CONTRACTS = f"""
    (SELECT id FROM directory_contract WHERE upper(contract_id) LIKE %(begins)s
     ORDER BY upper(contract_id) LIMIT 51)
    UNION
    (SELECT c.id FROM directory_account a JOIN directory_contract c ON c.account_id = a.id
     WHERE desk_folded(a.name) LIKE desk_folded(%(holds)s) LIMIT 51)
    UNION
    (SELECT id FROM directory_contract WHERE {_ADDRESS} LIKE desk_folded(%(holds)s) LIMIT 51)
"""  # noqa: S608


def contracts_fitting(text: str) -> tuple[str, list[Any]]:
    """A statement, with its parameters, for the IDs of contracts by the beginning of the contract
    ID, the homeowner's name or the address."""
    values = patterns(" ".join(text.replace("\x00", " ").split())[:100])
    names = re.findall(r"%\((\w+)\)s", CONTRACTS)
    return re.sub(r"%\(\w+\)s", "%s", CONTRACTS), [values[name] for name in names]


def find_contracts(text: str) -> list[int]:
    """The IDs of contracts by the beginning of the contract ID, homeowner's name or address."""
    with connection.cursor() as cursor:
        cursor.execute(*contracts_fitting(text))
        return [row[0] for row in cursor.fetchall()]
