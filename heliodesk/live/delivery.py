"""Who is told what of changes: each page what it shows, and nobody of a case that they may not see.

Everything is read and rendered once for all pages that are told it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache, partial
from typing import Any

from heliodesk.cases.access import visible_cases
from heliodesk.feed import kinds
from heliodesk.live import bell, items, presence, rows
from heliodesk.live.changes import MANY, Change, Position
from heliodesk.live.matching import Matches
from heliodesk.live.signed_in import check
from heliodesk.live.stream import Audience, Stream, beat, message
from heliodesk.web.filters import hue
from heliodesk.web.shell import initials

#: What is said in the feed and changes nothing else on the page of a case.
ONLY_SAID = {kinds.POST.code, "post_edited", "post_deleted"}

Told = tuple[Stream, bytes]


class Delivery:
    """One batch of changes for an audience."""

    def __init__(self, changes: Iterable[Change], audience: Audience, position: Position) -> None:
        self.audience = audience
        self.position = position
        by_kind: dict[str, list[Change]] = defaultdict(list)
        for change in changes:
            by_kind[change.kind].append(change)
        self.many = MANY.kind in by_kind
        self.cases = by_kind["case"]
        self.moved = {each.case_id for each in self.cases if each.detail not in ONLY_SAID}
        self.looked = {each.case_id for each in by_kind["presence"]}
        self.rung = {each.about for each in by_kind["bell"] if each.detail}
        self.bells = {each.about for each in by_kind["bell"]}

    def concerned(self) -> set[Stream]:
        """The pages that may have to be told something."""
        audience = self.audience
        if self.many:
            return set(audience.streams.values())
        found: set[Stream] = set()
        for case in {each.case_id for each in self.cases} | self.looked:
            found |= audience.by_case.get(case, set())
        for person in self.bells:
            found |= audience.by_person.get(person, set())
        if self.moved or self.looked:
            found |= audience.of_queues | audience.of_lists
        return found

    def carry_out(self) -> list[Stream]:
        """Tell them; gives those whose person is signed in no more, who are told nothing."""
        concerned = self.concerned()
        if not concerned:
            return []
        gone = check(concerned)
        concerned.difference_update(gone)
        if self.many:
            again = message("again", {})
            told: Iterable[Told] = ((stream, again) for stream in concerned)
        else:
            told = self._told(concerned)
        self._send(told)
        return gone

    def _send(self, told: Iterable[Told]) -> None:
        """Send each page its words at once, and with them how far it has been told."""
        said: dict[Stream, list[bytes]] = defaultdict(list)
        for stream, words in told:
            said[stream].append(words)
        end = beat(self.position)
        for stream, parts in said.items():
            stream.send(b"".join((*parts, end)))

    def _told(self, concerned: set[Stream]) -> Iterator[Told]:
        may_see = _Sight()
        on_case = [
            stream for stream in concerned if stream.case_id and may_see(stream, stream.case_id)
        ]
        if self.cases:
            yield from self._items(on_case)
            yield from self._cases(on_case)
        if self.moved:
            yield from self._lists(concerned, may_see)
        if self.looked:
            yield from self._presence(concerned, on_case, may_see)
        yield from self._bells(concerned)

    def _items(self, on_case: list[Stream]) -> Iterator[Told]:
        watched = {stream.case_id for stream in on_case}
        wanted = {each.about for each in self.cases if each.about and each.case_id in watched}
        for item in items.read(wanted) if wanted else ():
            others: bytes | None = None
            for stream in on_case:
                if stream.case_id != item.case.pk:
                    continue
                if stream.actor.user_id == item.author or (
                    item.names_a_case and not stream.actor.is_support
                ):
                    yield stream, message("item", item.shown_to(stream.actor))
                else:
                    others = others or message("item", item.shown_to_others())
                    yield stream, others

    def _cases(self, on_case: list[Stream]) -> Iterator[Told]:
        """That the case itself has changed: the page reads its strip anew, as it may see it."""
        changed = message("case", {})
        for stream in on_case:
            if stream.case_id in self.moved:
                yield stream, changed

    def _lists(self, concerned: set[Stream], may_see: _Sight) -> Iterator[Told]:
        matches = Matches(self.moved)
        for case in rows.read(self.moved):
            in_row = cache(partial(_row, case))
            gone = message("gone", {"number": case.row.number, "why": case.whereabouts})
            new = message("new", {"number": case.row.number})
            stale = message("list", {"number": case.row.number, "why": case.now})
            for stream in concerned:
                queue, listed = stream.watch.queue_id, case.number in stream.watch.rows
                if queue and stream.actor.is_support and case.waits_in(queue):
                    yield stream, in_row(queue in stream.actor.queue_ids) if listed else new
                elif queue and stream.actor.is_support and listed:
                    yield stream, gone
                elif (
                    stream.watch.lists
                    and (listed or _belongs(case, stream, matches))
                    and may_see(stream, case.case_id)
                ):
                    yield stream, stale

    def _presence(
        self, concerned: set[Stream], on_case: list[Stream], may_see: _Sight
    ) -> Iterator[Told]:
        for looked in presence.here(cases=self.looked):
            words = cache(partial(_here, looked))
            watching = {stream for stream in on_case if stream.case_id == looked.case}
            for stream in concerned - watching:
                if looked.number in stream.watch.rows and may_see(stream, looked.case):
                    watching.add(stream)
            for stream in watching:
                yield stream, words(stream.actor.person_id)

    def _bells(self, concerned: set[Stream]) -> Iterator[Told]:
        for person in self.bells:
            mine = self.audience.by_person.get(person, set()) & concerned
            if mine:
                by = next(iter(mine)).actor
                said = message("bell", bell.bell(by, rings=person in self.rung))
                yield from ((stream, said) for stream in mine)


class _Sight:
    """Whether the person of a stream may see a case, asked once a batch (K6)."""

    def __init__(self) -> None:
        self.known: dict[tuple[int, int], bool] = {}

    def __call__(self, stream: Stream, case_id: int) -> bool:
        by = stream.actor
        if by.is_support:
            return True
        key = (by.person_id, case_id)
        if key not in self.known:
            self.known[key] = visible_cases(by).filter(pk=case_id).exists()
        return self.known[key]


def shown(looked: presence.Looked, person: int) -> dict[str, Any]:
    """Who else looks at the case, for a page of `person`: one does not see oneself."""
    return {
        "number": f"{looked.number:08d}",
        "people": [
            {
                "name": one.name,
                "initials": initials(one.name),
                "hue": hue(one.name),
                "writes": one.writes,
                "fields": one.fields,
            }
            for one in looked.people
            if one.person != person
        ],
    }


def _belongs(case: rows.ListedCase, stream: Stream, matches: Matches) -> bool:
    """Whether the case stands in the list that the page shows: one of a filter, the person's own,
    or that of one of their departments."""
    by = stream.actor
    if stream.watch.filter:
        return matches(stream.watch.filter, case.case_id, by=by)
    return case.agent == by.user_id or bool(case.departments & by.department_ids)


def _row(case: rows.ListedCase, is_mine: bool) -> bytes:
    return message("row", case.in_queue(is_mine=is_mine))


def _here(looked: presence.Looked, person: int) -> bytes:
    return message("here", shown(looked, person))
