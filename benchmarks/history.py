"""The past of each case, from its creation to where it stands, written into the tables."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from functools import cache
from math import exp
from typing import TypeVar

from benchmarks import referrals
from benchmarks.company import Company
from benchmarks.directory import Directory, job_id
from benchmarks.moments import DAY, HISTORY, HOUR, Moments
from benchmarks.story import Event, Story
from benchmarks.tables import Tables
from benchmarks.words import Writer

T = TypeVar("T")
FIRST_NUMBER = 10_001
ROOM = 64  # feed items that a case may have
HOMEOWNER_SHARE = 0.8
MOST_OPEN = 0.95  # of those that came in just now
POSTS = [0] * 10 + [1] * 10 + [2] * 5 + [3] * 2 + [4, 8]
MINUTE = 60
CHANGES = {"taken", "review", "closed", "reopened"}  # of those that a load has (S4)


def days_of_work(size: int) -> float:
    """How long a case stays open: eight per cent of ten thousand are, of a million two, as a
    desk's work grows less than its past."""
    return min(0.08 * size, 8_000 + 0.01 * size) / (size / HISTORY) / MOST_OPEN


@cache
def said(**data: str) -> str:
    """What an event keeps, as JSON."""
    return json.dumps(data, ensure_ascii=False)


class Historian:
    """Writes one case after the other."""

    def __init__(
        self, size: int, company: Company, directory: Directory, moments: Moments, seed: str
    ) -> None:
        self.chance = random.Random(seed)
        self.random = self.chance.random
        self.company, self.directory, self.moments = company, directory, moments
        self.write = Writer(self.chance)
        self.tables = Tables()
        self.size, self.stays_open = size, days_of_work(size) * DAY
        self.before: dict[int, int] = {}  # account: its latest case

    def choose(self, some: Sequence[T]) -> T:
        """One of them: a third of what Random.choice takes."""
        return some[int(self.random() * len(some))]

    def case(self, pk: int) -> None:
        """Work out the case of that ID, and write it with all that belongs to it."""
        story = self._begin(pk)
        self._customer(story)
        self._course(story)
        if story.is_open:
            self._standing(story)
        referrals.refer(self, story)
        self._talk(story)
        self._closing(story)
        self._row(story)
        self._feed(story)
        self.before[story.account] = pk

    def _begin(self, pk: int) -> Story:
        company = self.company
        created = self.moments.at((pk - self.random()) / self.size)
        age = self.moments.now - created
        is_open = self.random() < MOST_OPEN * exp(-age / self.stays_open)
        case_type = "homeowner" if self.random() < HOMEOWNER_SHARE else "installer"
        agents = company.back_office if self.random() < 0.8 else company.frontline
        creator = self.choose(company.frontline)
        return Story(pk, is_open, case_type, created, creator, self.choose(agents))

    def _customer(self, story: Story) -> None:
        directory = self.directory
        home = directory.home(int(directory.busy * self.random() ** 1.5))
        if story.case_type == "installer":
            org = directory.org(1 + int(directory.org_count * self.random() ** 2))
            story.account = story.contact = story.installer = org.pk
            story.name = org.name
            return
        story.installer, story.name, story.address = home.org, home.name, home.address
        if self.random() < 0.002:
            story.account, story.phone, story.gap = home.org, home.phone, "not_on_record"
            return
        story.account = story.contact = home.pk
        story.contract = home.contract
        if self.random() < 0.003:
            story.contract, story.gap = None, "history"
        elif self.random() < 0.3:
            story.job = job_id(home.contract)

    def _course(self, story: Story) -> None:
        """When it was closed, and whether it had been reopened before."""
        chance, now = self.chance, self.moments.now
        if not story.is_open:
            lasted = int(chance.lognormvariate(12.3, 1.3))  # half of them within 61 hours
            story.closed = min(story.created + HOUR + lasted, now - MINUTE)
        if self.random() < 0.03:
            end = story.closed or now
            first = self.moments.between(story.acts_from, max(end, story.acts_from + 1))
            story.reopened = min(first + int(self.random() * 6 * HOUR), end)
            self._closure(story, first, story.reopened)
            story.events.append(Event(first, "closed", story.agent, "", said(reason="Resolved")))
            story.events.append(Event(story.reopened, "reopened", story.creator))

    def _closure(self, story: Story, at: int, reopened: int | None) -> None:
        """The closure before the last."""
        reason, _ = self.company.reasons[0]
        text = self.moments.text
        self.tables.closures.add(
            story.pk, reason, "", text(at), story.agent, text(reopened), story.creator
        )

    def _standing(self, story: Story) -> None:
        """Where an open case stands."""
        story.queued = story.reopened is None and self.random() < 0.5
        if story.queued and self.random() < 0.8:
            story.status = "new"
        else:
            story.status = self.choose(("new", "awaiting_support", "awaiting_customer"))
        if story.reopened is not None and story.status == "new":
            story.status = "awaiting_support"

    def _talk(self, story: Story) -> None:
        chance, end = self.chance, story.closed or self.moments.now
        start = min(story.acts_from, end)
        if not story.queued and self.random() < 0.3:
            queue = self.company.queue_names[self.company.queues[story.case_type]]
            story.events.append(Event(start, "taken", story.agent, "", said(old=queue)))
        if self.random() < (0.4 if story.is_open else 0.3):
            self._review(story, self.moments.between(start, end))
        if self.random() < 0.15:
            self._interaction(story, self.moments.between(start, end))
        for _ in range(self.choose(POSTS)):
            at = self.moments.between(story.created, end)
            author = story.agent if self.random() < 0.6 else story.creator
            text = self.write.text(self.choose((1, 1, 2, 3)))
            if self.random() < 0.05:
                text = f"{text} Reference {self.choose('ABCDEFGH')}{chance.randrange(10**6)}."
            story.events.append(Event(at, "post", author, text))

    def _review(self, story: Story, at: int) -> None:
        owner = self.company.people[story.agent].name
        story.reviewed = at
        story.review = (
            f"Current Status: {self.write.sentence()}\\nPending Action Items: "
            f"{self.write.sentence()}\\nPending Action Owner: {owner}"
        )
        self.tables.activities.add(
            *(story.pk, "Case Review", "Completed", story.review, self.moments.text(at)),
            story.agent,
        )
        story.events.append(Event(at, "review", story.agent, story.review))

    def _interaction(self, story: Story, at: int) -> None:
        _, channel = self.choose(self.company.sources)
        about = self.write.text(2)
        self.tables.interactions.add(
            *(story.pk, story.pk, story.account, story.contact, story.contract, channel),
            *(story.name, about, "f", self.moments.text(at), story.creator),
        )
        data = (
            f'{{"channel": "{channel.title()}", "resolved": false, "spoke_with": "{story.name}", '
            f'"interaction": {story.pk}}}'
        )
        story.events.append(Event(at, "interaction", story.creator, about, data))

    def _closing(self, story: Story) -> None:
        if story.closed is None:
            return
        text = self.moments.text
        into = self.before.get(story.account)
        reason, name = self.choose(self.company.reasons)
        if into is not None and self.random() < 0.02:
            self._merge(story, into)
            reason, name = self.company.duplicate, "Duplicate"
        note = self.write.sentence() if self.random() < 0.6 else ""
        self.tables.closures.add(
            story.pk, reason, note, text(story.closed), story.agent, None, None
        )
        story.events.append(Event(story.closed, "closed", story.agent, note, said(reason=name)))

    def _merge(self, story: Story, into: int) -> None:
        nothing = ("{}",) * 6
        at = self.moments.text(story.closed)
        standing = ("awaiting_support", "awaiting_support", 2)
        self.tables.merges.add(story.pk, into, at, story.agent, *standing, *nothing)

    def _row(self, story: Story) -> None:
        company, text = self.company, self.moments.text
        request_type, subtype = self.choose(company.subtypes[story.case_type])
        changes = [event.at for event in story.events if event.kind in CHANGES]
        due = self.random() < (0.06 if story.is_open else 0.01)
        at_home = story.case_type == "homeowner" and not story.gap
        follows = self.random() < 0.01
        self.tables.cases.add(
            *(story.pk, FIRST_NUMBER + story.pk - 1, story.case_type, story.status),
            *(1 if self.random() < 0.12 else 2, story.gap, story.account, story.contact),
            *(story.contract, story.installer),
            *(story.installer if at_home and self.random() < 0.3 else None, story.job),
            *(story.name, story.address, story.phone, request_type, subtype),
            *(self.choose(company.sources)[0], self._description(story)),
            *((None, company.queues[story.case_type]) if story.queued else (story.agent, None)),
            *(text(story.created), story.creator),
            *(text(max([story.created, *changes])), story.agent, text(story.closed)),
            text(max(story.created, story.reviewed or 0, story.reopened or 0)),
            *(text(story.reviewed), story.agent if story.reviewed else None, story.review),
            *((text(self._soon()), self.write.sentence()) if due else (None, "")),
            *("t" if follows else "f", self._earlier(story)),
        )
        if follows:
            self.tables.followers.add(story.pk, story.creator, text(story.created))

    def _description(self, story: Story) -> str:
        words = self.write.text(self.choose((2, 3, 4, 4, 6)))
        if self.random() < 0.1:
            return f"{words} Serial number SN-{self.chance.randrange(10**9):09d}."
        return words

    def _soon(self) -> int:
        return self.moments.now + int((self.random() * 12 - 2) * DAY)

    def _earlier(self, story: Story) -> int | None:
        """The case that it continues, now and then; others it is related to."""
        before = self.before.get(story.account)
        if before is not None and self.random() < 0.02:
            at = self.moments.text(story.created)
            self.tables.related.add(story.pk, before, at, story.creator)
        return before if self.random() < 0.05 else None

    def _feed(self, story: Story) -> None:
        story.events.append(Event(story.created, "created", story.creator))
        story.events.sort(key=lambda event: event.at)
        talked = None
        for pk, event in enumerate(story.events[:ROOM], story.pk * ROOM):
            at = self.moments.text(event.at)
            body, html = event.body, f"<p>{event.body}</p>\\n" if event.body else ""
            parent = None
            if event.kind == "post":
                if self.random() < 0.06:
                    body, html = self._mention(pk, event, story, at)
                parent = talked if self.random() < 0.15 else None
                talked = pk if parent is None else talked
            self.tables.feed.add(
                pk, story.pk, event.kind, event.author, at, body, html, event.data, parent
            )

    def _mention(self, pk: int, event: Event, story: Story, at: str | None) -> tuple[str, str]:
        """The post to somebody: its text and HTML."""
        company = self.company
        other = company.people[story.creator if event.author == story.agent else story.agent]
        if self.random() < 0.1:
            other = self.choose(self.choose(company.departments).members)
        self.tables.mentions.add(pk, other.pk, None)
        read = None if self.random() < 0.03 else self.moments.text(event.at + HOUR)
        self.tables.notices.add("mentioned", at, read, story.pk, pk, other.pk)
        said = f'<p><span class="mention">@{other.name}</span> {event.body}</p>\\n'
        return f"@{other.username} {event.body}", said
