"""What people do with a case, one method for each thing; times and words are the timeline's."""

from __future__ import annotations

from datetime import timedelta

from heliodesk.demo import phrases
from heliodesk.demo.casework import Ending, Event, Talk
from heliodesk.demo.people import STAFF
from heliodesk.demo.timeline import (
    FRONTLINE,
    MEMBERS,
    QUEUE_NAMES,
    STATUS_LABELS,
    NotYet,
    Timeline,
)
from heliodesk.demo.workdays import BEHIND_UTC, noon, some_day_part

SUPERVISORS = [person for person in STAFF if person.role == "supervisor"]


class Steps(Timeline):
    """A timeline with everything that may happen on it."""

    def hand_over(self, new: str, reason: str, kind: str = "owner") -> Event:
        """The owner hands the case to an agent or, by its case type, to a queue (Q2)."""
        old, by = self.owner_name, self.case.owner
        self.case.owner = new
        event = self.happens(kind, by, reason, old=old, new=self.owner_name, reason=reason)
        if new in QUEUE_NAMES:
            event.data["queue"] = new  # its key in the database, once it has one
        elif new != by:
            event.told = ((new, "now_owner"),)
        return event

    def to_queue(self, *, escalated: bool = False) -> None:
        """The creator hands the case to its type's queue, with a word where they have one."""
        self.shortly(25)
        if escalated:
            self.hand_over(self.case.case_type, self.say(phrases.ESCALATED), "escalated")
        else:
            some = self.rng.random() < 0.3
            self.hand_over(self.case.case_type, self.say(phrases.HANDED_OVER) if some else "")

    def to_agent(self) -> None:
        """The creator hands the case to a member of the back office."""
        self.shortly(90)
        members = [person.username for person in MEMBERS[self.case.case_type]]
        self.hand_over(self.rng.choice([name for name in members if name != self.case.owner]), "")

    def back_to_queue(self) -> None:
        """The owner gives the case back with a reason (Q5)."""
        self.pass_time(1, 30)
        self.hand_over(self.case.case_type, self.say(phrases.GIVEN_BACK))

    def taken(self) -> None:
        """A member of the owning queue takes the case (Q4)."""
        self.pass_time(0.2, 24 if self.case.priority == 1 else 230)
        old = self.owner_name
        member = self.rng.choice(MEMBERS[self.case.owner]).username
        self.case.owner = member
        self.happens("taken", member, old=old)

    def status(self, new: str, by: str) -> Event | None:
        """Set the status, where it is another."""
        old = self.case.status
        if old == new:
            return None
        self.case.status = new
        return self.happens("status", by, old=STATUS_LABELS[old], new=STATUS_LABELS[new])

    def work(self) -> None:
        """The owner does something about it and says so."""
        self.pass_time(0.3, 26)
        fragment = self.next_step() if self.rng.random() < 0.66 else ""
        text = self.tell(fragment) if fragment else self.say(phrases.BETWEEN)
        if self.rng.random() < 0.4 and "\n" not in text:
            text += " " + self.say(phrases.NEXT)
        self.happens("post", self.case.owner, text)
        if self.case.status == "new" and self.rng.random() < 0.8:
            self.status("awaiting_support", self.case.owner)

    def ask(self) -> None:
        """The owner asks a colleague in the feed, who answers; sometimes a word of thanks."""
        fragment = self.fragment("asked")
        self.pass_time(0.2, 20)
        if not fragment or not self.is_ahead(fragment):
            return
        question, _, answer = fragment.partition(" => ")
        owner, colleague = self.case.owner, self.colleague()
        asked = self.happens("post", owner, f"@{colleague.username} {self.tell(question)}")
        asked.mentions = (colleague.username,)
        asked.told = ((colleague.username, "mentioned"),)
        self.pass_time(0.1, 14)
        replied = self.happens("post", colleague.username, self.tell(answer))
        replied.parent, replied.told = asked, ((owner, "replied"),)
        if self.rng.random() < 0.4:
            self.shortly(50)
            thanks = self.happens("post", owner, self.say(phrases.THANKS))
            thanks.parent, thanks.told = asked, ((colleague.username, "replied"),)

    def wait_for_customer(self) -> None:
        """The owner waits for the customer; their answer brings the case back (S2, S3)."""
        self.pass_time(0.2, 10)
        self.status("awaiting_customer", self.case.owner)
        self.pass_time(3, 420)
        fragment = self.fragment("customer")
        self.customer_says(self.tell(fragment) if fragment else self.say(phrases.CALLED_AGAIN))

    def customer_calls(self) -> None:
        """The customer asks again before anything was asked of them."""
        self.pass_time(3, 60)
        self.customer_says(self.say(phrases.CALLED_AGAIN))

    def customer_says(self, text: str) -> None:
        """An interaction recorded on the case by whoever picked it up (S3)."""
        by = self.rng.choice(FRONTLINE).username
        channel = self.rng.choices(("phone", "chat", "email", "web"), (55, 15, 25, 5))[0]
        found_first = self.case.owner != by and self.rng.random() < 0.35  # B5: left on the case
        event = self.happens("interaction", by, text)
        event.talk = self.talk(channel, text, by)
        if found_first:
            event.body, event.mentions = f"@{self.case.owner} {text}", (self.case.owner,)
            event.told = tuple((owner, "mentioned") for owner in self.owners() if owner != by)
        if self.case.status == "awaiting_customer":
            self.status("awaiting_support", by)
        elif not found_first:
            event.told = tuple((owner, "customer") for owner in self.owners() if owner != by)

    def talk(self, channel: str, about: str, by: str) -> Talk:
        """Keep the interaction on the customer's record, on this case."""
        subject = self.case.subject
        kept = Talk(
            channel,
            self.facts["caller"],
            about,
            False,
            self.at,
            by,
            subject.org,
            subject.home if self.case.case_type == "homeowner" else None,
            subject.person,
            subject.agreement,
        )
        self.case.talks.append(kept)
        return kept

    def correct_contract(self) -> None:
        """The case was opened under the home's other contract; the owner puts it right (H8)."""
        subject = self.case.subject
        others = subject.home.agreements if subject.home and subject.agreement else []
        wrong = next((each for each in others if each is not subject.agreement), None)
        if wrong is None or subject.agreement is None or wrong.since > self.case.created_at:
            return
        self.pass_time(0.3, 20)
        right = subject.agreement
        addresses = [wrong.place.line, right.place.line]
        fields = {"Property address": addresses} if addresses[0] != addresses[1] else {}
        ids = {"old": wrong.contract_id, "new": right.contract_id}
        self.happens("contract", self.case.owner, **ids, fields=fields)

    def raise_priority(self) -> None:
        """The owner raises the priority."""
        if self.case.priority == 2:
            self.pass_time(0.1, 12)
            self.case.priority = 1
            fields = {"Priority": ["Normal", "High"]}
            self.happens("fields", self.case.owner, fields=fields, whole={})

    def contract_ends(self, status: str) -> None:
        """The contract is about to end, and its open case says so (D3)."""
        by = self.rng.choice(MEMBERS["homeowner"]).username
        agreement = self.case.subject.agreement
        if agreement:
            said = self.happens(
                "contract_ending", by, contract=agreement.contract_id, status=status
            )
            said.told = tuple((one, "contract_ending") for one in self.owners() if one != by)

    def review(self) -> None:
        """Some hours later, Log Review."""
        self.pass_time(0.2, 8)
        self.log_review()

    def log_review(self) -> None:
        """Log Review, written in its template (L2)."""
        fragment = self.fragment("pending") or self.rng.choice(phrases.PENDING)
        awaited, whose = fragment.split(" | ")
        text = (
            f"Current Status: {self.say(phrases.STATUSES)}\n"
            f"Pending Action Items: {self.tell(awaited)}\n"
            f"Pending Action Owner: {self.tell(whose)}"
        )
        self.happens("review", self.case.owner, text)
        self.case.review_due_from = self.at

    def heard_lately(self) -> bool:
        """True where the customer has been in touch within two weeks."""
        return any(talk.at > self.at - timedelta(days=14) for talk in self.case.talks)

    def outcome(self) -> str:
        """How the story ends; another way than the last time."""
        dealt = self.decks["done"].deal()
        if dealt in self.said:
            dealt = self.decks["done"].deal()
        self.said.add(dealt)
        return dealt

    def until_done(self, note: str) -> None:
        """Go on to the day after which the note can be true."""
        self.pass_time(0.5, 30)
        day = self.facts.planned_later if "{d3}" in note else self.facts.planned
        if ("{d2}" in note or "{d3}" in note) and (self.at - BEHIND_UTC).date() <= day:
            self.at = max(self.at, some_day_part(self.rng, noon(day)))
            self.pass_time(0, 3)

    def close(self, reason: str, fragment: str) -> None:
        """The owner closes the case (X1)."""
        by, note = self.case.owner, self.tell(fragment) if fragment else ""
        self.case.endings.append(Ending(reason, note, self.at, by))
        self.case.status = "closed"
        self.happens("closed", by, note, reason=reason)

    def reopen(self) -> None:
        """Somebody of Support reopens it within six hours (X4)."""
        at = self.at + timedelta(minutes=self.rng.randint(12, 340))
        if at > self.now:
            raise NotYet
        self.at = at
        by = self.rng.choice(FRONTLINE).username
        self.case.endings[-1].reopened_at, self.case.endings[-1].reopened_by = at, by
        self.case.status, self.case.review_due_from = "awaiting_support", at
        event = self.happens("reopened", by)
        event.told = ((self.case.owner, "reopened"),) if self.case.owner != by else ()
        self.happens("post", by, self.say(phrases.REOPENED))
