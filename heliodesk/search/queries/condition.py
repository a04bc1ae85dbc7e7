"""The condition that a case's description has words, for lists of cases (V3, V4)."""

from __future__ import annotations

from typing import Any

from heliodesk.search.queries import asking

#: A description's row in the table of words is that of its case; `c` is the case.
HAS_WORDS = (
    "EXISTS (SELECT 1 FROM search_searchtext w WHERE w.case_id = c.id AND w.words @@ ({query}"
    " && '''=description'''::tsquery))"
)


def description_words(typed: str) -> tuple[str, list[Any]]:
    """SQL on `cases_case c`, with its parameters, that the description has what was typed: words,
    "phrases" and -without as in a search. What says nothing holds for every case."""
    pairs = [(term.without, *term.sql()) for term in asking.terms(typed)]
    pairs.sort(key=lambda pair: pair[0])
    if not pairs or pairs[0][0]:
        return "true", []
    query = " && ".join(f"{'!!' if without else ''}{phrase}" for without, phrase, _ in pairs)
    return HAS_WORDS.format(query=query), [value for _, _, value in pairs]
