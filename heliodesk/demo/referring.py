"""What departments do with what they are asked; all that is asked at once goes on side by side."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from heapq import heappop, heappush

from heliodesk.demo import phrases
from heliodesk.demo.casework import Asked, Casework
from heliodesk.demo.facts import Facts
from heliodesk.demo.referral import Referral, Referrals
from heliodesk.demo.referral_acts import ReferralActs
from heliodesk.demo.story import Story
from heliodesk.demo.telling import Deck
from heliodesk.demo.timeline import NotYet
from heliodesk.demo.workdays import working

ESCALATES_AFTER = timedelta(hours=48)


class Referring(ReferralActs):
    """A timeline on which departments are asked. What has been planned for later waits in
    `plans`, and happens in the order of its time."""

    def __init__(
        self,
        case: Casework,
        story: Story,
        facts: Facts,
        decks: dict[str, Deck],
        referrals: Referrals,
        now: datetime,
    ) -> None:
        super().__init__(case, story, facts, decks, referrals, now)
        self.plans: list[tuple[datetime, int, Callable[[], None]]] = []
        self.planned = 0

    def refer(self, referrals: list[Referral]) -> None:
        """The owner asks a department or several, and the case is theirs until all have ended."""
        self.pass_time(0.3, 30)
        for referral in referrals:
            self.plan(self.ask_department(referral))
            self.shortly(30)
        self.go_on()

    def go_on(self) -> None:
        """Let happen what has been planned, until no assignment stands."""
        while self.plans and self.case.standing:
            at, _, act = heappop(self.plans)
            if at > self.now:
                raise NotYet
            self.at = max(self.at, at)
            act()
        self.plans.clear()

    def later(self, least: float, most: float, act: Callable[[], None]) -> None:
        """Plan it for so many hours from now, sooner more likely than later."""
        hours = least + (most - least) * self.rng.random() ** 2
        self.at_last(working(self.rng, self.at + timedelta(hours=hours)), act)

    def at_last(self, at: datetime, act: Callable[[], None]) -> None:
        """Plan it for that moment."""
        self.planned += 1
        heappush(self.plans, (at, self.planned, act))

    def plan(self, asked: Asked) -> None:
        """What is likely to happen to it, and to the case meanwhile."""
        rng = self.rng
        self.later(0.3, 75, lambda: self.received(asked))
        self.later(52, 110, lambda: self.asks_after(asked))
        if rng.random() < 0.3:
            self.later(8, 70, self.log_review)
        if rng.random() < 0.1:
            self.later(10, 120, lambda: self.customer_says(self.say(phrases.CALLED_AGAIN)))

    def received(self, asked: Asked) -> None:
        """The department accepts it, mostly."""
        if asked.status != "open":
            return
        by, chance = self.member(asked), self.rng.random()
        if chance < 0.04:
            self.refused(asked, "rejected", by)
        elif chance < 0.1:
            self.refused(asked, "returned", by)
        elif chance < 0.12:
            self.withdrawn(asked)
        else:
            self.accepted(asked, by)
            if self.rng.random() < 0.6:
                self.later(1, 60, lambda: self.speaks(asked))
            self.later(2, 260, lambda: self.finished(asked))

    def finished(self, asked: Asked) -> None:
        """It ends, or goes through other hands first."""
        chance, by = self.rng.random(), asked.assignee
        if asked.status != "accepted":
            return
        if chance < 0.05:
            self.taken_over(asked)
            self.later(1, 40, lambda: self.finished(asked))
        elif chance < 0.08:
            self.released(asked)
            self.later(1, 40, lambda: self.received(asked))
        elif chance < 0.13:
            self.refused(asked, "returned", by)
        elif chance < 0.15:
            self.withdrawn(asked)
        else:
            self.completed(asked)

    def asks_after(self, asked: Asked) -> None:
        """The owner asks after what nobody has spoken of for two days."""
        silent = self.at - (asked.acted_at or asked.at) > timedelta(hours=46)
        if asked.stands and silent and not asked.unanswered and not self.in_a_queue:
            follow_up = self.followed_up(asked)
            self.at_last(self.at + ESCALATES_AFTER, lambda: self.escalated(asked, follow_up))
            self.later(2, 64, lambda: self.answers(asked))

    def answers(self, asked: Asked) -> None:
        """Somebody of the department answers the follow-up."""
        if asked.unanswered and asked.stands:
            self.speaks(asked)
