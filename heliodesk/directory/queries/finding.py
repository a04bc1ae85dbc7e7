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
from heliodesk.directory.queries import finding_sql as sql
from heliodesk.directory.queries.spelling import is_spelled, meant
from heliodesk.people.access import Actor

MOST = 50  # accounts that one search shows
LONGEST = 100  # characters
PHONE_FROM = 4  # digits
SELECTIVE = 5  # letters of a word that few have
FEW, MANY = 201, 2_001  # an arm's rows: where one may see all, and where one may see few of them
LAST = chr(0x10FFFF)  # sorts behind every other letter

_WORD = re.compile(r"[^\W_]+")


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
    hits = _select(levels(text, words), _values(text), by, most)
    if hits:
        return hits
    otherwise = meant(words)
    choices = [otherwise.get(word, []) if is_spelled(word) else [word] for word in words]
    if not all(choices) or choices == [[word] for word in words]:
        return []
    return _select([Level([_spelled(choices)])], {}, by, most)


def plain(text: str) -> str:
    """What was typed in one line, in one form, without what PostgreSQL cannot hold."""
    text = unicodedata.normalize("NFC", text.replace("\x00", " ")[: 4 * LONGEST])
    return " ".join(text.encode("utf-8", "ignore").decode().split())[:LONGEST]


Arm = tuple[str, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Level:
    """Ways of finding that are gone together, where those before them found fewer than `few`."""

    arms: Sequence[Arm]
    few: str = "%(most)s"


def levels(text: str, words: Sequence[str]) -> list[Level]:
    """The ways in which such a text can be found, the surest first: what has it, or begins so, in
    the order of an index; then what has its letters; then addresses."""
    surest: list[Arm] = [(sql.BY_ID, {}), (sql.BY_BEGINNING, {})]
    each = [[word] for word in words]
    named = [_arm(sql.BY_NAME.replace("{rank}", "4"), "names", having(sql.NAME, each, "n"))]
    if any(map(str.isdigit, text)):
        surest.append((sql.BY_JOB, {}))
    has_letters = re.search(r"[^\W\d_]|@", text)
    if len(digits(text)) >= PHONE_FROM and not has_letters:
        surest.append((sql.BY_PHONE_BEGINNING, {}))
        named.append((sql.BY_PHONE, {}))
    if " " not in text and len(text) >= 3:
        surest.append((sql.BY_EMAIL, {}))
    found = [Level(surest), Level(named)]
    places = _arm(
        sql.BY_ADDRESS.replace("{rank}", "7"), "addresses", having(sql.ADDRESS, each, "a")
    )
    if has_letters and words[0].isdecimal() and text[0].isdecimal() and " " in text:
        house = _arm(sql.BY_HOUSE, "others", _filter(sql.ADDRESS, words[1:], "h"))
        at_house = {**house[1], "house": f"{words[0]} "}
        found.insert(1, Level([(sql.BY_ADDRESS_BEGINNING, {}), (house[0], at_house)]))
        found.append(Level([places], few="1"))
    elif any(len(word) >= 3 for word in words):
        found.append(Level([places]))
    return found


def _spelled(words: Sequence[Sequence[str]]) -> Arm:
    names = _arm(sql.BY_NAME.replace("{rank}", "8"), "names", having(sql.NAME, words, "n"))
    places = having(sql.ADDRESS, words, "a")
    addresses = _arm(sql.BY_ADDRESS.replace("{rank}", "10"), "addresses", places)
    return f"{names[0]} UNION ALL {addresses[0]}", {**names[1], **addresses[1]}


def _arm(statement: str, name: str, condition: Arm) -> Arm:
    return statement.replace("{" + name + "}", condition[0]), condition[1]


def having(of: str, words: Sequence[Sequence[str]], prefix: str) -> Arm:
    """The condition that `of` has, for each place, one of its words. One or two letters count as
    the beginning of a word: nearly every row has such, so that the index is not asked for them
    where it need not be."""
    conditions: list[str] = []
    values: dict[str, Any] = {}
    indexed = _indexed(words)
    for at, alternatives in enumerate(words):
        either = []
        for number, word in enumerate(alternatives):
            key = f"{prefix}{at}_{number}"
            if len(word) < 3 and word not in indexed:
                condition, value = _filter(of, [word], key)
                either.append(condition)
                values |= value
                continue
            patterns = [f"%{word}%"] if len(word) >= 3 else [f"{word}%", f"% {word}%"]
            for which, pattern in enumerate(patterns):
                values[f"{key}_{which}"] = pattern
                either.append(f"{of} LIKE desk_folded(%({key}_{which})s)")
        conditions.append(f"({' OR '.join(either)})")
    return " AND ".join(conditions), values


def _filter(of: str, words: Sequence[str], prefix: str) -> Arm:
    """The condition that words of `of` begin so, for which no index is asked."""
    values = {f"{prefix}_{at}": f"% {word}%" for at, word in enumerate(words)}
    parted = sql.PARTED.format(of)
    conditions = [f"{parted} LIKE desk_folded(%({key})s)" for key in values]
    return " AND ".join(conditions) or "true", values


def _indexed(words: Sequence[Sequence[str]]) -> Sequence[str]:
    """The one short word that the index is asked for: a number, or what narrows where the others
    are short too."""
    every = sorted((word for each in words for word in each), key=len, reverse=True)
    short = [word for word in every if len(word) < 3]
    numbers = [word for word in short if word.isdecimal() and len(word) == 2]
    return (numbers or (short if max(map(len, every), default=0) < SELECTIVE else []))[:1]


def _values(text: str) -> dict[str, Any]:
    """The text as the statements compare it."""
    upper, lower, number = text.upper(), text.lower(), digits(text)
    national = number.removeprefix("1") if len(number) == 11 else number
    return {
        "upper": upper,
        "lower": lower,
        "last": lower + LAST,
        "z": LAST,
        "number": national,
        "digits": f"%{national}%",
    }


def _select(
    levels: Sequence[Level], values: dict[str, Any], by: Actor | None, most: int
) -> list[Hit]:
    """The best hits of all levels; each is asked only where those before it had too few."""
    seen, params = seeing(by)
    limit = FEW if by is None or by.is_support else MANY
    values = values | params | {"most": most}
    parts, known = [], "0"
    for at, level in enumerate(levels):
        hits = " UNION ALL ".join(arm.replace("{limit}", str(limit)) for arm, _ in level.arms)
        parts.append(sql.LEVEL.format(at=at, hits=hits, wanted=f"{known} < {level.few}", seen=seen))
        known += f" + (SELECT count(*) FROM level{at})"  # noqa: S608
        for _, more in level.arms:
            values |= more
    every = " UNION ALL ".join(f"TABLE level{at}" for at in range(len(levels)))
    with connection.cursor() as cursor:
        cursor.execute(sql.BEST.format(levels=", ".join(parts), every=every), values)
        return [Hit(*row) for row in cursor.fetchall()]


def seeing(by: Actor | None) -> Arm:
    """The condition on the account `a` that `by` may see a case of it (K6)."""
    if by is None or by.is_support:
        return "true", {}
    visible, params = visible_cases(by).values("pk").query.sql_with_params()
    names = [f"k6_{at}" for at in range(len(params))]
    named = visible % tuple(f"%({name})s" for name in names)
    case = f"SELECT 1 FROM cases_case k WHERE k.{{}} = a.id AND k.id IN ({named})"  # noqa: S608
    condition = f"(EXISTS ({case.format('account_id')}) OR EXISTS ({case.format('installer_id')}))"
    return condition, dict(zip(names, params, strict=True))


def contracts_fitting(text: str) -> tuple[str, list[Any]]:
    """A statement, with its parameters, for the IDs of contracts by the beginning of the contract
    ID, the homeowner's name or the address."""
    text = plain(text)
    words = [[word] for word in _WORD.findall(text.upper())] or [[LAST]]
    names, named = having("desk_folded(a.name)", words, "n")
    addresses, places = having(sql.ADDRESS, words, "a")
    statement = f"""
        (SELECT id FROM directory_contract WHERE {sql.ID_BEGINS}
         ORDER BY upper(contract_id) USING ~<~ LIMIT 51)
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
