"""What departments do with what they are asked (A4, F1 to F3), one method for each act."""

from __future__ import annotations

from datetime import datetime

from heliodesk.demo import phrases
from heliodesk.demo.casework import Asked, AskedAfter, Casework, Event
from heliodesk.demo.departments import CONTACTS, MEMBERS_OF, TOPICS, VOIDING, WANTS_MANAGERS
from heliodesk.demo.facts import Facts
from heliodesk.demo.people import BY_USERNAME, ESCALATION_CONTACT
from heliodesk.demo.referral import Referral, Referrals, Team
from heliodesk.demo.steps import Steps
from heliodesk.demo.story import Story
from heliodesk.demo.telling import Deck

SYSTEM = ""


class ReferralActs(Steps):
    """A timeline on which departments are asked, and act."""

    def __init__(
        self,
        case: Casework,
        story: Story,
        facts: Facts,
        decks: dict[str, Deck],
        referrals: Referrals,
        now: datetime,
    ) -> None:
        super().__init__(case, story, facts, decks, now)
        self.referrals = referrals
        self.referral_of: dict[Asked, Referral] = {}
        self.asking: dict[AskedAfter, Event] = {}
        self.to_void = False

    def ask_department(self, referral: Referral) -> Asked:
        """A new case assignment (A1)."""
        department, owner = referral.team.department, self.actor()
        subtype, comments = self.rng.choice(referral.asked)
        org = self.case.subject.org
        asked = Asked(
            department,
            referral.reason,
            subtype,
            self.rng.choice(TOPICS[department]) if TOPICS[department] else "",
            self.tell(comments),
            self.at,
            owner,
            (org.account_manager, org.sales_manager) if department in WANTS_MANAGERS else None,
        )
        self.referral_of[asked] = referral
        self.case.assignments.append(asked)
        reason = ", ".join(part for part in (asked.reason, subtype, asked.topic) if part)
        said = self.happens_to(asked, "assignment_created", owner, asked.comments, reason=reason)
        said.told = tuple((one, "assignment") for one in MEMBERS_OF[department])
        self.status("internal_referral", owner)
        return asked

    def accepted(self, asked: Asked, by: str) -> None:
        """A member becomes its assignee (A4)."""
        self.give(asked, by)
        self.happens_to(asked, "assignment_accepted", by)

    def taken_over(self, asked: Asked) -> None:
        """Another member goes on with it."""
        before, by = asked.assignee, self.member(asked, but=asked.assignee)
        self.give(asked, by)
        said = self.happens_to(asked, "assignment_taken_over", by, old=BY_USERNAME[before].name)
        said.told = ((before, "assignment"),)

    def released(self, asked: Asked) -> None:
        """Its assignee gives it back to the department."""
        by = asked.assignee
        asked.status, asked.assignee, asked.accepted_at = "open", "", None
        said = self.happens_to(asked, "assignment_released", by)
        said.told = tuple((one, "assignment") for one in MEMBERS_OF[asked.department] if one != by)

    def completed(self, asked: Asked) -> None:
        """The assignee says what came of it."""
        outcome = self.tell(self.referrals.outcome(self.referral_of[asked], asked.subtype))
        self.ends(asked, "completed", asked.assignee, outcome)

    def refused(self, asked: Asked, how: str, by: str) -> None:
        """Rejected or returned, with the reason."""
        use = "rejects" if how == "rejected" else "returns"
        self.ends(asked, how, by, self.tell(self.referrals.deal(self.team(asked), use)))
        self.to_void = self.to_void or asked.department in VOIDING

    def withdrawn(self, asked: Asked) -> None:
        """The owner needs it no more."""
        had_it = (asked.assignee,) if asked.assignee else MEMBERS_OF[asked.department]
        said = self.ends(asked, "withdrawn", self.actor(), self.say(phrases.NOT_NEEDED))
        said.told += tuple((one, "assignment_ended") for one in had_it)

    def speaks(self, asked: Asked) -> None:
        """Somebody of the department says in the feed how far it is."""
        if not asked.stands:
            return
        by = asked.assignee or self.member(asked)
        text = self.tell(self.new_words(self.team(asked)))
        said = self.happens("post", by, text)
        follow_up = asked.unanswered
        if follow_up:
            said.parent = self.asking[follow_up]
            said.told = ((follow_up.by, "replied"),)
        self.heard(by)

    def followed_up(self, asked: Asked) -> AskedAfter:
        """The owner asks after it (F1)."""
        contacts = CONTACTS[asked.department, asked.topic]
        about = ", ".join(part for part in (asked.reason, asked.topic) if part)
        tags = " ".join(f"@{one}" for one in contacts)
        body = f"{tags} how does CA ({about}) stand?"
        said = self.happens_to(asked, "follow_up", self.actor(), body)
        said.mentions = contacts
        said.told = tuple((one, "asked_after") for one in contacts)
        follow_up = AskedAfter(self.at, said.by)
        self.asking[follow_up] = said
        asked.follow_ups.append(follow_up)
        return follow_up

    def escalated(self, asked: Asked, follow_up: AskedAfter) -> None:
        """Nobody has answered it (F3)."""
        if follow_up.ended_at or not asked.stands:
            return
        follow_up.escalated_at = self.at
        contact = ESCALATION_CONTACT
        said = self.happens_to(
            asked, "follow_up_escalated", SYSTEM, f"@{contact} please see to it.", hours=48
        )
        said.mentions = (contact,)
        told = dict.fromkeys((contact, *self.owners()))
        said.told = tuple((one, "follow_up_unanswered") for one in told)

    # ---- what acts have in common

    def give(self, asked: Asked, by: str) -> None:
        asked.status, asked.assignee, asked.accepted_at = "accepted", by, self.at

    def ends(self, asked: Asked, how: str, by: str, outcome: str) -> Event:
        """It ends, its owner is told, and with the last of them the case is Support's (A5)."""
        asked.status, asked.outcome, asked.ended_at, asked.ended_by = how, outcome, self.at, by
        left = len(self.case.standing)
        if asked.unanswered:
            asked.unanswered.ended_at = self.at
        said = self.happens_to(asked, f"assignment_{how}", by, outcome, still_open=left)
        said.told = tuple((one, "assignment_ended") for one in self.owners() if one != by)
        if not left:
            self.status("awaiting_support", by)
        return said

    def happens_to(self, asked: Asked, kind: str, by: str, body: str = "", **data: object) -> Event:
        """An event about the assignment; by its department, it is an act and an answer."""
        event = self.happens(kind, by, body, department=asked.department, **data)
        event.asked = asked
        if by and asked.department in BY_USERNAME[by].departments:
            self.answered(asked, by)
        return event

    def heard(self, by: str) -> None:
        """A word of somebody answers what their departments were asked (F2)."""
        for asked in self.case.standing:
            if asked.department in BY_USERNAME[by].departments:
                self.answered(asked, by)

    def answered(self, asked: Asked, by: str) -> None:
        """The department has acted (F4), and answered what it was asked (F2)."""
        asked.acted_at = self.at
        for follow_up in asked.follow_ups:
            if follow_up.ended_at is None or follow_up.ended_at == self.at:
                follow_up.ended_at, follow_up.answered_by = self.at, by

    def member(self, asked: Asked, but: str = "") -> str:
        """Somebody of the department."""
        return self.rng.choice([one for one in MEMBERS_OF[asked.department] if one != but])

    def actor(self) -> str:
        """The owner, or a member of the owning queue."""
        return self.rng.choice(self.owners()) if self.in_a_queue else self.case.owner

    @property
    def in_a_queue(self) -> bool:
        """True while a queue owns the case."""
        return self.case.owner == self.case.case_type

    def team(self, asked: Asked) -> Team:
        """The department, as it speaks."""
        return self.referral_of[asked].team

    def new_words(self, team: Team) -> str:
        """A word of the department that has not been said on this case."""
        for _ in range(6):
            text = self.referrals.deal(team, "posts")
            if text not in self.said:
                break
        self.said.add(text)
        return text
