"""Finding an account while the phone rings: one field for contract ID, phone, email, name and
address; what is exact comes first, and accents and typing errors are forgiven (D2, V4).

Each way of finding is an arm of one statement that an index serves and that stops at its limit, so
that no text is slow, however many people there are.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from heliodesk.cases.access import visible_cases
from heliodesk.directory.phones import digits
from heliodesk.directory.queries.spelling import is_spelled, meant
from heliodesk.people.access import Actor

MOST = 50  # accounts that one search shows
LONGEST = 100  # characters
FEW, MANY = 201, 2_001  # an arm's rows: where one may see all, and where one may see few of them
LAST = chr(0x10FFFF)  # sorts behind every other letter

_NAME = "desk_folded(name)"
_ADDRESS = "desk_folded(street || ' ' || city || ' ' || postal_code)"
_DIGITS = r"regexp_replace(phone, '\D', '', 'g')"
_WORD = re.compile(r"[^\W_]+")

BY_ID = """
    SELECT account_id AS id, 0 AS rank, 'Contract ' || contract_id AS hit
    FROM directory_contract WHERE upper(contract_id) = %(upper)s
    UNION ALL
    (SELECT account_id, 2, 'Contract ' || contract_id FROM directory_contract
     WHERE upper(contract_id) LIKE %(begins)s ORDER BY upper(contract_id) LIMIT 51)
"""
BY_JOB = """
    SELECT c.account_id AS id, 0 AS rank, 'Job ' || j.job_id AS hit
    FROM directory_job j JOIN directory_contract c ON c.id = j.contract_id
    WHERE upper(j.job_id) = %(upper)s
"""
BY_PHONE = f"""
    (SELECT id, 1 AS rank, phone AS hit FROM directory_account
     WHERE {_DIGITS} LIKE %(digits)s LIMIT {{limit}})
    UNION ALL
    (SELECT account_id, 1, name || ', ' || phone FROM directory_contact
     WHERE {_DIGITS} LIKE %(digits)s LIMIT {{limit}})
"""  # noqa: S608 - only constants are put in
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
     WHERE {_NAME} ~>=~ desk_folded(%(upper)s) AND {_NAME} ~<~ (desk_folded(%(upper)s) || %(z)s)
     ORDER BY {_NAME} USING ~<~ LIMIT {{limit}})
"""  # noqa: S608
BY_NAME = """
    (SELECT id, {rank} AS rank, '' AS hit FROM directory_account WHERE {names} LIMIT {limit})
    UNION ALL
    (SELECT account_id, {rank} + 1, name FROM directory_contact WHERE {names} LIMIT {limit})
"""
BY_ADDRESS = """
    (SELECT account_id AS id, 6 AS rank, contract_id || ', ' || street AS hit
     FROM directory_contract WHERE {addresses} LIMIT {limit})
    UNION ALL
    (SELECT id, 6, street FROM directory_account WHERE {addresses} LIMIT {limit})
"""
BEST = """
    SELECT b.id, b.rank, b.hit FROM (
        SELECT DISTINCT ON (id) id, rank, hit FROM ({hits}) hits ORDER BY id, rank
    ) b JOIN directory_account a ON a.id = b.id WHERE {seen}
    ORDER BY b.rank, a.name, a.id LIMIT %(most)s
"""


@dataclass(frozen=True, slots=True)
class Hit:
    """An account that was found, what it was found by, and how good that is (0 is best)."""

    account_id: int
    rank: int
    by: str


def find(text: str, *, by: Actor | None = None, most: int = MOST + 1) -> list[Hit]:
    """The accounts that `text` may mean, best first, at most `most`; those that `by` may see, where
    somebody asks (K6). One SQL statement.

    Names and addresses that are spelled otherwise are looked for where nothing else is found: two
    more statements.
    """
    text = plain(text)
    words = _WORD.findall(text.upper())
    if not words:
        return []
    hits = _select(arms(text, words), _values(text), by, most)
    if hits:
        return hits
    otherwise = meant(words)
    choices = [otherwise.get(word, []) if is_spelled(word) else [word] for word in words]
    if not all(choices) or choices == [[word] for word in words]:
        return []
    return _select([_spelled(choices)], {}, by, most)


def plain(text: str) -> str:
    """What was typed in one line, in one form, without what PostgreSQL cannot hold."""
    text = unicodedata.normalize("NFC", text.replace("\x00", " ")[: 4 * LONGEST])
    return " ".join(text.encode("utf-8", "ignore").decode().split())[:LONGEST]


Arm = tuple[str, dict[str, Any]]


def arms(text: str, words: Sequence[str]) -> list[Arm]:
    """The ways in which such a text can be found."""
    found: list[Arm] = [(BY_ID, {}), (BY_BEGINNING, {})]
    if any(map(str.isdigit, text)):
        found.append((BY_JOB, {}))
    if len(digits(text)) >= 4 and not re.search(r"[^\W\d_]|@", text):
        found.append((BY_PHONE, {}))
    if " " not in text and len(text) >= 3:
        found.append((BY_EMAIL, {}))
    each = [[word] for word in words]
    found.append(_arm(BY_NAME.replace("{rank}", "4"), "names", _NAME, each))
    if any(len(word) >= 3 for word in words):
        found.append(_arm(BY_ADDRESS, "addresses", _ADDRESS, each))
    return found


def _spelled(words: Sequence[Sequence[str]]) -> Arm:
    names, values = having(_NAME, words, "n")
    addresses, more = having(_ADDRESS, words, "a")
    statement = f"{BY_NAME} UNION ALL {BY_ADDRESS}".replace("{rank}", "7")
    statement = statement.replace("{names}", names).replace("{addresses}", addresses)
    return statement, {**values, **more}


def _arm(statement: str, name: str, of: str, words: Sequence[Sequence[str]]) -> Arm:
    condition, values = having(of, words, name[0])
    return statement.replace("{" + name + "}", condition), values


def having(of: str, words: Sequence[Sequence[str]], prefix: str) -> Arm:
    """The condition that `of` has, for each place, one of its words. One or two letters, which no
    trigram holds, count as the beginning of a word."""
    conditions, values = [], {}
    for at, alternatives in enumerate(words):
        either = []
        for number, word in enumerate(alternatives):
            key = f"{prefix}{at}_{number}"
            patterns = [f"%{word}%"] if len(word) >= 3 else [f"{word}%", f"% {word}%"]
            for which, pattern in enumerate(patterns):
                values[f"{key}_{which}"] = pattern
                either.append(f"{of} LIKE desk_folded(%({key}_{which})s)")
        conditions.append(f"({' OR '.join(either)})")
    return " AND ".join(conditions), values


def _values(text: str) -> dict[str, Any]:
    """The text as the statements compare it."""
    upper, lower, number = text.upper(), text.lower(), digits(text)
    national = number.removeprefix("1") if len(number) == 11 else number
    return {
        "upper": upper,
        "lower": lower,
        "last": lower + LAST,
        "z": LAST,
        "begins": re.sub(r"([\\%_])", r"\\\1", upper) + "%",
        "digits": f"%{national}%",
    }


def _select(found: Sequence[Arm], values: dict[str, Any], by: Actor | None, most: int) -> list[Hit]:
    seen, params = seeing(by)
    limit = FEW if by is None or by.is_support else MANY
    hits = " UNION ALL ".join(statement.replace("{limit}", str(limit)) for statement, _ in found)
    values = values | params | {"most": most}
    for _, more in found:
        values |= more
    with connection.cursor() as cursor:
        cursor.execute(BEST.format(hits=hits, seen=seen), values)
        return [Hit(*row) for row in cursor.fetchall()]


def seeing(by: Actor | None) -> Arm:
    """The condition on the account `a` that `by` may see a case of it (K6)."""
    if by is None or by.is_support:
        return "true", {}
    sql, params = visible_cases(by).values("pk").query.sql_with_params()
    names = [f"k6_{at}" for at in range(len(params))]
    named = sql % tuple(f"%({name})s" for name in names)
    case = f"SELECT 1 FROM cases_case k WHERE k.{{}} = a.id AND k.id IN ({named})"  # noqa: S608
    condition = f"(EXISTS ({case.format('account_id')}) OR EXISTS ({case.format('installer_id')}))"
    return condition, dict(zip(names, params, strict=True))


def contracts_fitting(text: str) -> tuple[str, list[Any]]:
    """A statement, with its parameters, for the IDs of contracts by the beginning of the contract
    ID, the homeowner's name or the address."""
    text = plain(text)
    words = [[word] for word in _WORD.findall(text.upper())] or [[LAST]]
    names, named = having("desk_folded(a.name)", words, "n")
    addresses, places = having(_ADDRESS, words, "a")
    statement = f"""
        (SELECT id FROM directory_contract WHERE upper(contract_id) LIKE %(begins)s
         ORDER BY upper(contract_id) LIMIT 51)
        UNION
        (SELECT c.id FROM directory_account a JOIN directory_contract c ON c.account_id = a.id
         WHERE {names} LIMIT 51)
        UNION
        (SELECT id FROM directory_contract WHERE {addresses} LIMIT 51)
    """  # noqa: S608
    values = _values(text) | named | places
    order = re.findall(r"%\((\w+)\)s", statement)
    return re.sub(r"%\(\w+\)s", "%s", statement), [values[name] for name in order]


def find_contracts(text: str) -> list[int]:
    """The IDs of contracts by the beginning of the contract ID, homeowner's name or address."""
    with connection.cursor() as cursor:
        cursor.execute(*contracts_fitting(text))
        return [row[0] for row in cursor.fetchall()]
