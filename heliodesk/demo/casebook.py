"""Four thousand cases over a year, each lived through to now."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta
from random import Random

from heliodesk.demo import phrases
from heliodesk.demo.asked_lately import AskedLately
from heliodesk.demo.casework import Casework, Subject
from heliodesk.demo.company import Company, Home
from heliodesk.demo.facts import gather
from heliodesk.demo.people import HOMEOWNER, INSTALLER, STAFF
from heliodesk.demo.places import Homes
from heliodesk.demo.referral import Referrals
from heliodesk.demo.referring import Referring
from heliodesk.demo.script import live
from heliodesk.demo.story import Story, stories
from heliodesk.demo.subjects import Subjects
from heliodesk.demo.telling import Deck
from heliodesk.demo.timeline import FRONTLINE, MEMBERS, NotYet
from heliodesk.demo.workdays import some_day_part

CASES = 4000
DAYS = 364
ARRIVALS = 5
URGENT = {"Roof leak", "Noise or smell", "Safety concern", "Storm damage", "Battery or backup"}
SOURCES = {"Phone": 52, "Email": 21, "Chat": 13, "Web": 10, "Letter": 2, "Social media": 1,
           "Internal": 1}  # fmt: skip
CHANNELS = {"Phone": "phone", "Email": "email", "Chat": "chat", "Web": "web"}
LEFT = next(person for person in STAFF if person.left_days_ago)


class Casebook:
    """Makes the cases one after the other, oldest first, as their numbers will run."""

    def __init__(self, company: Company, rng: Random, *, size: int = CASES) -> None:
        self.company, self.rng, self.now, self.size = company, rng, company.now, size
        told = stories()
        self.subjects = Subjects(company, told, rng)
        self.homes = Homes(rng)
        self.referrals = Referrals(rng)
        self.decks: dict[tuple[str, str], dict[str, Deck]] = {
            (story.request_type, story.subtype): _decks(story, rng) for story in told
        }
        self.descriptions = set[str]()
        self.cases: list[Casework] = []
        self.timelines: list[Referring] = []

    def fill(self) -> list[Casework]:
        """All cases, oldest first."""
        arrivals = self.arrivals()
        for at in sorted([*arrivals, *(self.moment() for _ in range(self.size))]):
            if at in arrivals:
                self.open_before_arrival(at, arrivals[at])
            else:
                self.open_case(at)
        self.close_lately()
        teams = [team.department for team in self.referrals.teams]
        AskedLately(self.timelines, self.now, self.rng).fill(teams)
        self.end_contracts()
        self.review_lately()
        return self.cases

    def arrivals(self) -> dict[datetime, Home]:
        """Homes whose contract came into the system lately, some time after their owner had
        called about it: the open case proposes the contract by now (N5)."""
        lately = self.now - timedelta(days=25)
        new = [home for home in self.company.homes if home.agreements[0].since > lately]
        return {
            some_day_part(self.rng, home.since - timedelta(days=2)): home for home in new[:ARRIVALS]
        }

    def open_before_arrival(self, at: datetime, home: Home) -> None:
        """A case of somebody who was not on record yet, handed to the queue at once."""
        signer, place = home.signer, home.agreements[0].place
        subject = Subject(home.org, stranger=(signer.name, signer.phone, place.line))
        timeline = self.begin(subject, self.subjects.story_for(subject), at)
        self.keep(timeline)
        timeline.to_queue()
        if self.rng.random() < 0.5:
            with suppress(NotYet):
                timeline.taken()

    def keep(self, timeline: Referring) -> None:
        """One case more."""
        self.cases.append(timeline.case)
        self.timelines.append(timeline)

    def moment(self) -> datetime:
        """When a case is opened: in working hours, more of them lately than a year ago, never in
        the future."""
        rng = self.rng
        while True:
            day = self.now - timedelta(days=DAYS * rng.random() ** 1.3)
            at = some_day_part(rng, day)
            weekend = (at - timedelta(hours=8)).weekday() > 4
            if at < self.now and (not weekend or rng.random() < 0.15):
                return at

    def open_case(self, at: datetime) -> None:
        """One case, with what has happened on it since."""
        chance = self.rng.random()
        earlier = self.alike(at) if chance < 0.05 else None
        if earlier:
            subject, story = earlier.case.subject, earlier.story
        else:
            subject = self.subject(chance, at)
            story = self.subjects.story_for(subject)
        timeline = self.begin(subject, story, at)
        if earlier and not earlier.case.is_open and earlier.at < at - timedelta(hours=6):
            timeline.case.continues = earlier.case
        elif earlier:
            timeline.case.not_the_same = [earlier.case]
        live(timeline)
        self.keep(timeline)

    def alike(self, at: datetime) -> Referring | None:
        """A case of the last weeks whose customer comes again with the same (B4, X5)."""
        recent = [each for each in self.timelines[-160:] if each.case.created_at < at]
        fitting = [each for each in recent if each.case.subject.agreement]
        return self.rng.choice(fitting) if fitting else None

    def subject(self, chance: float, at: datetime) -> Subject:
        """Whom the next case is about."""
        if chance < 0.80:
            return self.subjects.homeowner(at)
        if chance < 0.985:
            return self.subjects.installer()
        place = self.homes.place()
        phone = self.homes.phone(place.area_code)
        return self.subjects.stranger(self.rng.choice(self.company.orgs), phone, place.line)

    def begin(self, subject: Subject, story: Story, at: datetime) -> Referring:
        """Create the case, as an agent does after the customer has got in touch."""
        rng = self.rng
        other = rng.choice(self.company.strangers)
        facts = gather(subject, at, other, rng)
        if story.subtype == "Death of the homeowner":  # somebody else calls
            facts["caller"], facts["first"] = other, other.split()[0]
        installer = not subject.agreement and not subject.stranger
        urgent = 0.7 if story.subtype in URGENT else 0.1
        creator = self.creator(INSTALLER if installer else HOMEOWNER, at)
        case = Casework(
            case_type=INSTALLER if installer else HOMEOWNER,
            subject=subject,
            request_type=story.request_type,
            subtype=story.subtype,
            source=rng.choices(list(SOURCES), list(SOURCES.values()))[0],
            description="",
            priority=1 if rng.random() < urgent else 2,
            created_at=at,
            created_by=creator,
            owner=creator,
            review_due_from=at,
        )
        decks = self.decks[story.request_type, story.subtype]
        timeline = Referring(case, story, facts, decks, self.referrals, self.now)
        case.description = self.description(timeline)
        case.confirmed_ending = bool(
            subject.agreement and subject.agreement.status in {"cancelled", "pending_cancellation"}
        )
        self.created(timeline)
        return timeline

    def created(self, timeline: Referring) -> None:
        """Its first line in the feed, with the conversation it came from where there was one."""
        case, subject = timeline.case, timeline.case.subject
        event = timeline.happens("created", case.created_by)
        if case.confirmed_ending and subject.agreement:
            status = subject.agreement.status.replace("_", " ").title()
            event.data = {
                "confirmed_contract": subject.agreement.contract_id,
                "contract_status": status,
            }
        elif subject.stranger:
            event.data = {"not_on_record": subject.stranger[0]}
        elif subject.job:
            event.data = {"job": subject.job.job_id}
        channel = CHANNELS.get(case.source)
        if channel and self.rng.random() < 0.7:
            about, _, _ = case.description.partition("\n")
            event.talk = timeline.talk(channel, about, case.created_by)
            event.talk.opened_case = True

    def creator(self, case_type: str, at: datetime) -> str:
        """A frontline agent mostly, sometimes somebody of the back office."""
        there = list(FRONTLINE)
        if at < self.now - timedelta(days=LEFT.left_days_ago):
            there.append(LEFT)
        pool = there if self.rng.random() < 0.78 else MEMBERS[case_type]
        return self.rng.choice(pool).username

    def description(self, timeline: Referring) -> str:
        """Why the customer got in touch, in two to four sentences."""
        rng, decks = self.rng, timeline.decks
        subject = timeline.case.subject
        installer = timeline.case.case_type == INSTALLER
        tails = phrases.PARTNER_TAILS if installer else phrases.TAILS
        parts = [decks["said"].deal(), decks["detail"].deal()]
        if subject.stranger:
            parts.insert(0, rng.choice(phrases.WHILE_NOT_ON_RECORD))
        if rng.random() < 0.3:
            parts.append(decks["detail"].deal())
        if rng.random() < 0.62:
            parts.append(rng.choice(tails))
        text = " ".join(timeline.tell(part) for part in dict.fromkeys(parts))
        while text in self.descriptions:
            text += " " + timeline.say(tails)
        self.descriptions.add(text)
        if subject.seller:
            text += "\n\nSales rep: {} <{}>".format(*subject.seller)
        return text

    def close_lately(self) -> None:
        """Some cases were closed within the last six hours, and a few of these reopened."""
        open_ones = [
            each
            for each in self.timelines
            if each.case.is_open
            and not each.case.endings
            and not each.case.standing
            and not each.case.subject.stranger
            and each.case.owner not in {HOMEOWNER, INSTALLER}
            and each.at < self.now - timedelta(hours=30)
        ]
        for number, timeline in enumerate(self.rng.sample(open_ones, min(28, len(open_ones)))):
            timeline.at = self.now - timedelta(minutes=self.rng.randint(25, 340))
            timeline.close("Resolved", "{first} has confirmed that it is done.")
            if number % 4 == 0:
                self.reopen_now(timeline)

    def end_contracts(self) -> None:
        """Some open cases saw their contract go to Pending Cancellation since they were opened."""
        for timeline in self.timelines:
            case, at = timeline.case, timeline.at + timedelta(hours=1)
            agreement = case.subject.agreement
            ending = agreement is not None and agreement.status == "pending_cancellation"
            if case.is_open and ending and at < self.now and len(case.events) > 1:
                timeline.at, case.confirmed_ending = at, False
                case.events[0].data = {}
                timeline.contract_ends("Pending Cancellation")

    def review_lately(self) -> None:
        """Most owners have reviewed their open cases within the interval; the others are due."""
        for timeline in self.timelines:
            at = self.now - timedelta(minutes=self.rng.randint(60, 46 * 60))
            owned = timeline.case.owner not in {HOMEOWNER, INSTALLER}
            if timeline.case.is_open and owned and timeline.at < at and self.rng.random() < 0.68:
                timeline.at = at
                timeline.log_review()

    def reopen_now(self, timeline: Referring) -> None:
        """Reopen where the minutes since the closing allow it."""
        with suppress(NotYet):
            timeline.reopen()


def _decks(story: Story, rng: Random) -> dict[str, Deck]:
    uses = ("said", "detail", "work", "asked", "customer", "done", "pending")
    return {use: Deck(getattr(story, use), rng) for use in uses}
