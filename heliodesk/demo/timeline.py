"""Living one case from its creation to now: every step takes time, and what would lie in the
future has not happened. So young cases are open by themselves, in the state they have reached."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random
from typing import Any

from heliodesk.demo.casework import Casework, Event
from heliodesk.demo.facts import Facts
from heliodesk.demo.people import BY_USERNAME, STAFF, Staff
from heliodesk.demo.story import Story
from heliodesk.demo.telling import Deck, tell
from heliodesk.demo.workdays import BEHIND_UTC, working

FRONTLINE = [person for person in STAFF if person.role == "frontline" and not person.left_days_ago]
SUPERVISORS = [person for person in STAFF if person.role == "supervisor"]
MEMBERS = {
    kind: [person for person in STAFF if kind in person.queues]
    for kind in ("homeowner", "installer")
}
QUEUE_NAMES = {
    "homeowner": "Back Office Task Queue – Homeowner",
    "installer": "Back Office Task Queue – Installer",
}
STATUS_LABELS = {
    "new": "New",
    "awaiting_support": "In Progress - Awaiting Customer Support",
    "awaiting_customer": "In Progress - Awaiting Customer Response",
    "internal_referral": "In Progress - Internal Referral",
}


class NotYet(Exception):
    """The next step lies in the future."""


class Timeline:
    """One case, with the clock of its own."""

    def __init__(
        self, case: Casework, story: Story, facts: Facts, decks: dict[str, Deck], now: datetime
    ) -> None:
        self.case, self.story, self.facts, self.decks, self.now = case, story, facts, decks, now
        self.at = case.created_at
        self.said = set[str]()
        self.steps = list(story.work)
        self.rng: Random = decks["said"].rng

    # ---- time and words

    def pass_time(self, least: float, most: float) -> None:
        """Go on by so many hours, sooner more likely than later, into working hours."""
        hours = least + (most - least) * self.rng.random() ** 2
        at = working(self.rng, self.at + timedelta(hours=hours))
        if at > self.now:
            raise NotYet
        self.at = at

    def shortly(self, minutes: int) -> None:
        """Go on by some minutes of the same sitting."""
        at = self.at + timedelta(seconds=self.rng.randint(40, minutes * 60))
        if at > self.now:
            raise NotYet
        self.at = at

    def fragment(self, use: str) -> str:
        """A fragment for that use, new to the case, whose days lie ahead; "" where none does."""
        for _ in range(5):
            dealt = self.decks[use].deal()
            if dealt not in self.said and self.is_ahead(dealt):
                self.said.add(dealt)
                return dealt
        return ""

    def is_ahead(self, fragment: str) -> bool:
        """True where the days that the fragment plans for are still to come."""
        today = (self.at - BEHIND_UTC).date()
        return ("{d2}" not in fragment or today < self.facts.planned) and (
            "{d3}" not in fragment or today < self.facts.planned_later
        )

    def next_step(self) -> str:
        """The story's own next piece of work: their order in the story is that of the days."""
        while self.steps:
            step = self.steps.pop(0)
            if self.is_ahead(step) and self.rng.random() < 0.8:
                return step
        return ""

    def tell(self, fragment: str) -> str:
        """The fragment with this case's facts."""
        return tell(fragment, self.facts, self.rng)

    def say(self, fragments: tuple[str, ...]) -> str:
        """One of the general phrases that fits the day."""
        ahead = [fragment for fragment in fragments if self.is_ahead(fragment)]
        if self.case.case_type == "installer":  # where nobody has a household
            ahead = [fragment for fragment in ahead if "{rel}" not in fragment] or ahead
        new = [fragment for fragment in ahead if fragment not in self.said]
        chosen = self.rng.choice(new or ahead)
        self.said.add(chosen)
        return self.tell(chosen)

    # ---- what happens

    def happens(self, kind: str, by: str, body: str = "", **data: Any) -> Event:
        """Record an event at this moment."""
        event = Event(kind, self.at, by, body, dict(data))
        self.case.events.append(event)
        return event

    @property
    def owner_name(self) -> str:
        """The owner as the feed calls it."""
        owner = self.case.owner
        return QUEUE_NAMES[owner] if owner in QUEUE_NAMES else BY_USERNAME[owner].name

    def owners(self) -> list[str]:
        """Who stands behind the owner: the agent, or the members of the queue."""
        if self.case.owner in QUEUE_NAMES:
            return [person.username for person in MEMBERS[self.case.owner]]
        return [self.case.owner]

    def colleague(self) -> Staff:
        """Somebody of Support whom the owner may ask."""
        pool = [*MEMBERS[self.case.case_type], *SUPERVISORS, *FRONTLINE[:2]]
        return self.rng.choice([person for person in pool if person.username != self.case.owner])
