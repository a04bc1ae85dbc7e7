"""What somebody meant who typed a name with an error: the words that people are called, close to
what was typed (D2, V4)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from django.db import connection

MEANT = 4  # words at most that one typed word may mean
SHORTEST = 3  # letters
SHORT = 6  # letters: trigrams of shorter words have too little in common with an error between

#: The words that are alike to each that was typed, the closest first; those that begin so; and
#: those that begin as the word would without one error.
ALIKE = """
SELECT typed.word, desk_folded(typed.word), alike.word
FROM unnest(%(words)s::text[]) typed (word), LATERAL (
    (SELECT w.word, similarity(w.word, desk_folded(typed.word)) AS how FROM directory_nameword w
     WHERE w.word %% desk_folded(typed.word) ORDER BY 2 DESC, 1 LIMIT 24)
    UNION ALL
    (SELECT w.word, 0 FROM directory_nameword w
     WHERE w.word ~>=~ desk_folded(typed.word) AND w.word ~<~ (desk_folded(typed.word) || %(last)s)
     ORDER BY w.word USING ~<~ LIMIT 1)
    UNION ALL
    (SELECT w.word, 0 FROM unnest(%(of)s::text[], %(from)s::text[], %(like)s::text[])
        AS meant (typed, beginning, pattern), LATERAL (
            SELECT w.word FROM directory_nameword w WHERE w.word ~>=~ desk_folded(meant.beginning)
            AND w.word ~<~ (desk_folded(meant.beginning) || %(last)s)
            AND w.word LIKE desk_folded(meant.pattern) ORDER BY w.word USING ~<~ LIMIT 4) w
     WHERE meant.typed = typed.word)
) alike ORDER BY typed.word, alike.how DESC
"""
LAST = chr(0x10FFFF)  # sorts behind every other letter


def meant(words: Sequence[str]) -> dict[str, list[str]]:
    """For each word, in capitals, the words of names that it may mean, the closest first: itself
    where somebody's name has it or begins so. One SQL statement."""
    longer = [word for word in words if is_spelled(word)]
    if not longer:
        return {}
    ways = [
        (word, beginning, beginning + rest) for word in longer for beginning, rest in slips(word)
    ]
    values = {name: [way[at] for way in ways] for at, name in enumerate(("of", "from", "like"))}
    with connection.cursor() as cursor:
        cursor.execute(ALIKE, {**values, "words": longer, "last": LAST})
        rows = cursor.fetchall()
    alike = {typed: list(found) for typed, found in groupby(rows, lambda row: row[0])}
    return {
        typed: close(found[0][1], list(dict.fromkeys(each[2] for each in found)))
        for typed, found in alike.items()
    }


def slips(word: str) -> list[tuple[str, str]]:
    """How the word may begin where two neighbours changed places, and in short words also where a
    letter is wrong or missing: the beginning that is sure, and a pattern for all behind it."""
    last = len(word) - 1
    found = [(word[:at] + word[at + 1] + word[at] + word[at + 2 :], "%") for at in range(last)]
    if len(word) <= SHORT:
        found += [(word[:at], f"_{word[at + 1 :]}%") for at in range(1, last)]
        found += [(word[:at], f"_{word[at:]}%") for at in range(1, len(word))]
    return found


def is_spelled(word: str) -> bool:
    """Whether the word is long enough, and of letters, so that it can be spelled with an error."""
    return len(word) >= SHORTEST and word.isalpha()


def close(typed: str, words: Sequence[str]) -> list[str]:
    """Those of `words` that are `typed` with an error or two, which may be only their beginning."""
    allowed = 1 if len(typed) < 5 else 2
    far = {word: errors(typed, word) for word in words}
    near = sorted((n, word) for word, n in far.items() if n <= allowed)
    return list(dict.fromkeys(word for _, word in near))[:MEANT]


def errors(typed: str, word: str) -> int:
    """How many letters are wrong, missing, too many or changed with their neighbour in `typed`, as
    a beginning of `word` or the whole of it."""
    before: list[int] = []
    row = list(range(len(word) + 1))
    for at, letter in enumerate(typed, 1):
        next_row = [at]
        for to, other in enumerate(word, 1):
            cost = min(row[to] + 1, next_row[-1] + 1, row[to - 1] + (letter != other))
            if at > 1 and to > 1 and letter == word[to - 2] and typed[at - 2] == other:
                cost = min(cost, before[to - 2] + 1)
            next_row.append(cost)
        before, row = row, next_row
    begins = row[len(typed) - 1 : len(typed) + 2] if len(typed) > 3 else []
    return min([row[-1], *begins])
