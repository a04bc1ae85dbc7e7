"""What departments have on their desks right now, so that each has a list worth looking at: some
of it new, some taken up, some overdue, and one of each thing that needs somebody's eye."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from random import Random

from heliodesk.demo.casework import Asked
from heliodesk.demo.referral import Referral
from heliodesk.demo.referring import ESCALATES_AFTER, Referring

SPECIALIST = "Resolution Specialist"
WORKED_ON = ("new", "awaiting_support", "awaiting_customer")
#: Whom one signs in as first; their desks show it.
SHOWN = ("imani", "soren", "nora")


class AskedLately:
    """Lets owners of open cases ask departments, some hours ago."""

    def __init__(self, timelines: Iterable[Referring], now: datetime, rng: Random) -> None:
        self.now, self.rng = now, rng
        self.free = [
            each
            for each in timelines
            if each.case.status in WORKED_ON and not each.in_a_queue and not each.case.endings
        ]

    def fill(self, departments: Iterable[str]) -> None:
        """Something of each kind for every department."""
        for department in departments:
            self.ask(department, 5, lambda timeline, asked: None)
            self.ask(department, 28, self.taken_up(21))
            self.ask(department, 71, self.beside(26))
            self.ask(department, 119, self.taken_up(64))
        self.ask("Operations and Maintenance", 96, self.followed_up(40))
        self.ask("Legal", 124, self.followed_up(67))
        self.ask(SPECIALIST, 53, self.returned(5), owners=SHOWN)

    def ask(
        self,
        department: str,
        hours: int,
        then: Callable[[Referring, Asked], None],
        owners: tuple[str, ...] = (),
    ) -> None:
        """A case whose owner asked the department so many hours ago, and what came `then`."""
        at = self.ago(hours)
        found = [each for each in self.free if each.at < at and self.fitting(each, department)]
        timeline = next((each for each in found if each.case.owner in owners), None)
        if timeline is None and found:
            timeline = self.rng.choice(found)
        if timeline is None:
            return
        self.free.remove(timeline)
        timeline.at = at
        then(timeline, timeline.ask_department(self.rng.choice(self.fitting(timeline, department))))

    def fitting(self, timeline: Referring, department: str) -> list[Referral]:
        """What this department could be asked on that case."""
        return timeline.referrals.fitting(timeline.story, department)

    def ago(self, hours: float) -> datetime:
        """So many hours ago, and some minutes."""
        return self.now - timedelta(hours=hours, minutes=self.rng.randint(1, 50))

    # ---- what came then

    def taken_up(self, hours: float) -> Callable[[Referring, Asked], None]:
        """Somebody accepted it so many hours ago, and said a word."""

        def then(timeline: Referring, asked: Asked) -> None:
            timeline.at = self.ago(hours)
            timeline.accepted(asked, timeline.member(asked))
            timeline.at += timedelta(minutes=self.rng.randint(9, 50))
            timeline.speaks(asked)

        return then

    def beside(self, hours: float) -> Callable[[Referring, Asked], None]:
        """Another department was asked too, where the case is for one (A7)."""

        def then(timeline: Referring, asked: Asked) -> None:
            fitting = timeline.referrals.fitting(timeline.story)
            others = [one for one in fitting if one.team.department != asked.department]
            if others:
                timeline.at = self.ago(hours)
                timeline.ask_department(self.rng.choice(others))

        return then

    def followed_up(self, hours: float) -> Callable[[Referring, Asked], None]:
        """The owner asked after it, and has no answer: where its time is over, it escalated."""

        def then(timeline: Referring, asked: Asked) -> None:
            timeline.at = self.ago(hours)
            follow_up = timeline.followed_up(asked)
            due = timeline.at + ESCALATES_AFTER
            if due < self.now:
                timeline.at = due
                timeline.escalated(asked, follow_up)

        return then

    def returned(self, hours: float) -> Callable[[Referring, Asked], None]:
        """It came back so many hours ago: the case should be voided (A6)."""

        def then(timeline: Referring, asked: Asked) -> None:
            timeline.at = self.ago(hours + 22)
            timeline.accepted(asked, timeline.member(asked))
            timeline.at = self.ago(hours)
            timeline.refused(asked, "returned", asked.assignee)

        return then
