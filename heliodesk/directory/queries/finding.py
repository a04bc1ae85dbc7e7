"""Finding an account while the phone rings: one field for contract ID, phone, email, name and
address; what is exact comes first, and accents and typing errors are forgiven (D2, V4).

Each way of finding is an arm of one statement that an index serves and that stops at its limit, so
that no text is slow, however many people there are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from heliodesk.cases.access import visible_cases
from heliodesk.directory.queries import finding_sql as sql
from heliodesk.directory.queries import finding_words as asking
from heliodesk.directory.queries.finding_letters import having
from heliodesk.directory.queries.finding_typed import Typed, typed
from heliodesk.directory.queries.finding_words import words_of
from heliodesk.directory.queries.spelling import is_spelled, meant
from heliodesk.people.access import Actor

MOST = 50  # accounts that one search shows
WHOLE_FROM = 3  # letters of which a whole word says something
LETTERS_FROM = 4  # letters that are looked for within words too
FEW, MANY = 201, 2_001  # an arm's rows: where one may see all, and where one may see few of them


@dataclass(frozen=True, slots=True)
class Hit:
    """An account that was found, what it was found by, and how good that is (0 is best)."""

    account_id: int
    rank: int
    by: str


def find(
    text: str, *, by: Actor | None = None, most: int = MOST + 1, surest: bool = False
) -> list[Hit]:
    """The accounts that `text` may mean, best first, at most `most`; those that `by` may see, where
    somebody asks (K6). One SQL statement.

    Names and addresses that are spelled otherwise are looked for where nothing else is found: two
    more statements. `surest`: only what has the text, or begins so, which takes next to no time.
    """
    given = typed(text)
    if not given.words:
        return []
    ways = levels(given)
    hits = _select(ways[:1] if surest else ways, given.values(), by, most)
    if hits or surest:
        return hits
    ways = otherwise(given.words)
    return _select(ways, {}, by, most) if ways else []


Arm = tuple[str, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Level:
    """Ways of finding that are gone together, where those before them found fewer than `few`."""

    arms: Sequence[Arm]
    few: str = "%(most)s"


def levels(given: Typed) -> list[Level]:
    """The ways in which such a text can be found, the surest first: what has it, or begins so, in
    the order of an index; then names whose words begin so; then addresses, and what is said of
    somebody together; then names with these letters within."""
    words = given.words
    named = [_named(sql.WORDS_SO, asking.named(words), "named")]
    if given.number:
        named.append((sql.BY_PHONE, {}))
    found = [Level(_surest(given)), Level(named)]
    if given.is_house or given.has_place:
        place = Level([_placed(words, sql.PLACE), *_of_mail(given)])
        half = Level([_placed(words, sql.PLACE, half=True)], few="1")
        if given.is_house:
            found[1:1] = [Level([(sql.BY_ADDRESS_BEGINNING, {})]), Level(place.arms, few="1")]
        else:
            found.append(place)
        found += [half] if len(words) > 1 else []
    before = words_of(given.mail.partition("@")[0]) if "@" in given.mail else []
    if before:
        asked = asking.whole([asking.PLACE + word for word in before])
        found.append(Level([_asking(sql.BY_EMAIL_WITHIN, asked=asked, key="mail")], few="1"))
    if min(map(len, words)) >= LETTERS_FROM:
        letters = having(sql.NAME, [[word] for word in words], "n")
        found.append(Level([_arm(sql.BY_LETTERS, "names", letters)], few="1"))
    return found


def _surest(given: Typed) -> list[Arm]:
    """What has the text, or begins so."""
    found: list[Arm] = [(sql.BY_ID, {}), (sql.BY_BEGINNING, {})]
    if len(given.text) >= WHOLE_FROM:
        found.append(_named(sql.WORDS, asking.whole(given.words), "whole"))
    # What begins a mail address is more often a name that somebody begins to type.
    mail = sql.REACHED if "@" in given.mail else sql.BEGINS_SO + 1
    wanted = {
        sql.BY_ID_DIGITS: given.id_digits,
        sql.BY_JOB: given.has_digits,
        sql.BY_PHONE_BEGINNING: given.number,
        sql.BY_EMAIL.replace("{rank}", str(mail)): given.mail,
        sql.BY_DOMAIN: given.domain,
    }
    return found + [(way, {}) for way, applies in wanted.items() if applies]


def otherwise(words: Sequence[str]) -> list[Level]:
    """The ways in which somebody else may be meant: by words that are spelled alike, without what
    people write around a name, and then without initials."""
    said = asking.said(words)
    alike = meant(said)
    choices = [alike.get(word, []) if is_spelled(word) else [word] for word in said]
    longer = [each for each in choices if len(each) != 1 or len(each[0]) > 1]
    tries = [choices, longer] if 0 < len(longer) < len(choices) else [choices]
    if not all(choices) or tries == [[[word] for word in words]]:
        return []
    return [_alike(each, f"alike{at}") for at, each in enumerate(tries)]


def _alike(choices: Sequence[Sequence[str]], key: str) -> Level:
    """One or two letters alone are in so many addresses that they mean a name."""
    found = [_named(sql.ALIKE, asking.among(choices), key)]
    if max(len(word) for each in choices for word in each) >= WHOLE_FROM:
        asked = asking.among(choices, ("", asking.PLACE))
        placed = asking.among(choices, (asking.PLACE,))
        found.append(_asking(_of_place(sql.ALIKE + 2), placed=placed, asked=asked, key=f"{key}_at"))
    return Level(found, few="1")


def _named(rank: int, asked: str, key: str) -> Arm:
    return _asking(sql.BY_NAME.replace("{rank}", str(rank)), asked=asked, key=key)


def _placed(words: Sequence[str], rank: int, *, half: bool = False) -> Arm:
    placed, asked = asking.placed(words, half=half), asking.anywhere(words, half=half)
    return _asking(_of_place(rank), placed=placed, asked=asked, key="half" if half else "place")


def _of_mail(given: Typed) -> list[Arm]:
    """One word may be a part of a contact's mail address, too."""
    if " " in given.text:
        return []
    return [_asking(sql.BY_EMAIL_PART, asked=asking.anywhere(given.words), key="part")]


def _of_place(rank: int) -> str:
    return sql.BY_PLACE.replace("{rank}", str(rank))


def _asking(statement: str, *, key: str, **questions: str) -> Arm:
    values = {f"{key}_{name}": question for name, question in questions.items()}
    for name in questions:
        statement = statement.replace(f"{{{name}}}", f"%({key}_{name})s")
    return statement, values


def _arm(statement: str, name: str, condition: Arm) -> Arm:
    return statement.replace("{" + name + "}", condition[0]), condition[1]


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
        known += f" + (SELECT count(*) FROM level{at})"  # noqa: S608 - a number of our own, or constants
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
    case = f"SELECT 1 FROM cases_case k WHERE k.{{}} = a.id AND k.id IN ({named})"  # noqa: S608 - a number of our own, or constants
    condition = f"(EXISTS ({case.format('account_id')}) OR EXISTS ({case.format('installer_id')}))"
    return condition, dict(zip(names, params, strict=True))
