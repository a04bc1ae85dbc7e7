"""All that the page of a search shows, in one transaction with a time limit (V4)."""

from __future__ import annotations

from dataclasses import dataclass, field

from heliodesk.people.access import Actor
from heliodesk.search.bounds import TooSlow, bounded
from heliodesk.search.page import Wanted
from heliodesk.search.queries import asking, finding
from heliodesk.search.queries.finding import Found
from heliodesk.search.queries.texts import Texts, texts

ON_ALL = 5  # records of a kind, where all kinds are shown


@dataclass(frozen=True, slots=True)
class Results:
    """Records and texts; `too_slow` where the limit ended it, `only_common` where every word is too
    common to be looked for in texts, `begins` is the last word where no text has it itself."""

    found: Found = field(default_factory=Found)
    texts: Texts = field(default_factory=Texts)
    too_slow: bool = False
    only_common: bool = False
    begins: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing was found."""
        return not (self.found.by_kind or self.texts.hits or self.too_slow)


def results(wanted: Wanted, *, by: Actor) -> Results:
    """What was found for the address. At most five SQL statements, and one more where a name is
    only spelled alike."""
    terms = asking.terms(wanted.typed)
    pairs = [term.sql() for term in terms]
    also = "".join(f", {expression}::text" for expression, _ in pairs)
    found: Found | None = None
    texts_found, only_common = Texts(), False
    try:
        with bounded(also, [value for _, values in pairs for value in values]) as lexemes:
            asked = asking.asked(terms, lexemes)
            only_common = bool(terms) and not asked.query
            if wanted.is_text_kind or wanted.place:
                found = Found()
            else:
                most = finding.SHOWN if wanted.is_record_kind else ON_ALL
                found = finding.search(wanted.typed, most=most, by=by)
            if not wanted.is_record_kind:
                texts_found = texts(asked, wanted.narrowed(), after=wanted.place, by=by)
    except TooSlow:
        return Results(_surest(wanted, by) if found is None else found, too_slow=True)
    begins = terms[-1].words[-1] if texts_found.begins else ""
    return Results(found, texts_found, only_common=only_common, begins=begins)


def _surest(wanted: Wanted, by: Actor) -> Found:
    """What has the text or begins so, where all else took too long."""
    try:
        with bounded():
            return finding.search(wanted.typed, most=ON_ALL, by=by, surest=True)
    except TooSlow:
        return Found()
