"""Cases with their closures, reviews, interactions, feeds, notices and record of changes."""

from __future__ import annotations

from datetime import timedelta
from random import Random
from typing import Any
from uuid import NAMESPACE_OID, uuid5

from heliodesk.cases.models import (
    Activity,
    Case,
    Closure,
    ContractConfirmation,
    DismissedMatch,
    EngineComment,
    EngineState,
    Interaction,
    next_case_number,
)
from heliodesk.core.models import AuditEntry
from heliodesk.demo.casework import Casework, Event, Talk
from heliodesk.demo.load_assignments import Assignments
from heliodesk.demo.load_directory import Ids
from heliodesk.demo.people import BY_USERNAME
from heliodesk.demo.rendering import html
from heliodesk.demo.setup import Setup
from heliodesk.demo.table import Table
from heliodesk.demo.timeline import QUEUE_NAMES
from heliodesk.feed.kinds import KINDS
from heliodesk.feed.models import FeedItem, Mention
from heliodesk.notices.models import Notice

SUBJECT = "Case Review"
INTERACTION_DATA = ("interaction", "channel", "spoke_with", "resolved")
HANDLES = {name: person.name for name, person in BY_USERNAME.items()} | QUEUE_NAMES


class Cases:
    """The tables of the cases, while they fill."""

    def __init__(self, setup: Setup, ids: Ids, assignments: Assignments, rng: Random) -> None:
        self.setup, self.ids, self.assignments, self.rng = setup, ids, assignments, rng
        self.cases, self.closures, self.activities = Table(Case), Table(Closure), Table(Activity)
        self.interactions, self.confirmed = Table(Interaction), Table(ContractConfirmation)
        self.dismissed, self.feed = Table(DismissedMatch), Table(FeedItem)
        self.mentions, self.notices = Table(Mention), Table(Notice)
        self.comments = Table(EngineComment)
        self.record = Table(AuditEntry)
        self.first_number = next_case_number()
        self.known: dict[Casework, int] = {}
        self.talks: dict[Talk, int] = {}

    def write(self) -> None:
        """Copy everything, what is referred to first."""
        for table in (
            self.cases, self.closures, self.activities, self.interactions, self.confirmed,
            self.dismissed, self.comments, self.assignments, self.feed, self.mentions, self.notices,
            self.record,
        ):  # fmt: skip
            table.copy()

    def add(self, case: Casework) -> None:
        """One case with everything on it."""
        number = self.first_number + len(self.known)
        self.known[case] = key = self.cases.add(
            number=number, **self.what(case), **self.whose(case), **self.where_it_stands(case)
        )
        self.assignments.keep(case, key)
        for talk in case.talks:
            self.talk(talk, key)
        items: dict[Event, int] = {}
        for event in case.events:
            items[event] = self.event(event, key, items)
        self.endings(case, key)
        self.gates(case, key)
        self.comment(case, key, number)
        if case.continues:
            self.continued(case.continues, case, number)

    def what(self, case: Casework) -> dict[str, Any]:
        """What is asked for."""
        setup = self.setup
        return {
            "case_type": case.case_type,
            "request_type_id": setup.request_types[case.request_type],
            "request_subtype_id": setup.subtypes[case.request_type, case.subtype],
            "source_id": setup.sources[case.source],
            "priority": case.priority,
            "description": case.description,
            "created_at": case.created_at,
            "created_by_id": setup.users[case.created_by],
        }

    def whose(self, case: Casework) -> dict[str, Any]:
        """Whose case it is, and where."""
        subject, ids = case.subject, self.ids
        org = ids.orgs[subject.org.key]
        told: dict[str, Any] = {
            "account_id": org,
            "installer_id": org,
            "contact_id": ids.people[subject.person.key] if subject.person else None,
            "customer_name": subject.org.name,
        }
        if subject.installer_contact:
            told["installer_contact_id"] = ids.people[subject.installer_contact.key]
        if subject.agreement and subject.home:
            told |= {
                "account_id": ids.homes[subject.home.key],
                "contract_id": ids.agreements[subject.agreement.key],
                "customer_name": subject.home.signer.name,
                "property_address": subject.agreement.place.line,
            }
        elif subject.stranger:
            name, phone, address = subject.stranger
            told |= {
                "contract_gap": "not_on_record",
                "customer_name": name,
                "customer_phone": phone,
                "property_address": address,
            }
        if subject.seller:
            told["sales_rep_name"], told["sales_rep_email"] = subject.seller
        if case.case_type == "installer" and subject.job:
            told["job_id"] = subject.job.job_id
        return told

    def where_it_stands(self, case: Casework) -> dict[str, Any]:
        """Owner, status, and the latest of its dates (S4, L5, L6)."""
        users, queues = self.setup.users, self.setup.queues
        moving = ("created", *(code for code, kind in KINDS.items() if kind.moves_last_modified))
        moved = [event for event in case.events if event.kind in moving][-1]
        reviewed = case.reviews[-1] if case.reviews else None
        return {
            "status": case.status,
            "owner_agent_id": users.get(case.owner),
            "owner_queue_id": queues.get(case.owner),
            "previous_case_id": self.known[case.continues] if case.continues else None,
            "last_modified_at": moved.at,
            "last_modified_by_id": users[moved.by],
            "closed_at": None if case.is_open else case.endings[-1].at,
            "reviewed_at": reviewed.at if reviewed else None,
            "reviewed_by_id": users[reviewed.by] if reviewed else None,
            "review_comments": reviewed.body if reviewed else "",
            "review_due_from": case.review_due_from,
        }

    def event(self, event: Event, case: int, items: dict[Event, int]) -> int:
        """One item of the feed, with its mentions, notices and line in the record."""
        users, data, body = self.setup.users, self.data(event), event.body
        if event.asked and event.mentions:
            body = body.replace(" CA ", f" {self.assignments.number(event.asked)} ")
        item = self.feed.add(
            case_id=case,
            kind=event.kind,
            author_id=users.get(event.by),
            at=event.at,
            parent_id=items[event.parent] if event.parent else None,
            body=body,
            body_html=html(body, {one: HANDLES[one] for one in event.mentions}),
            data=data,
        )
        for handle in event.mentions:
            self.mentions.add(
                item_id=item,
                user_id=users.get(handle),
                queue_id=self.setup.queues.get(handle),
            )
        self.tell(event, case, item)
        if event.kind == "review":
            self.activities.add(
                case_id=case, subject=SUBJECT, comments=event.body, at=event.at,
                by_id=users[event.by],
            )  # fmt: skip
        self.note(event.kind, "case", case, data or {"item": item}, event)
        return item

    def data(self, event: Event) -> dict[str, Any]:
        """The event's data, with the keys that things have by now."""
        data = dict(event.data)
        if event.asked:
            data["assignment"] = self.assignments.number(event.asked)
        if "queue" in data:
            data["queue"] = self.setup.queues[data["queue"]]
        if event.talk and event.kind == "created":
            data = {"interaction": self.talks[event.talk], **data}
        elif event.talk:
            talk = event.talk
            said = (self.talks[talk], talk.channel.title(), talk.spoke_with, talk.resolved)
            data = dict(zip(INTERACTION_DATA, said, strict=True))
        return data

    def tell(self, event: Event, case: int, item: int) -> None:
        """The notices of an item; the older they are, the more of them have been read."""
        for username, kind in dict(event.told).items():
            age = self.setup.now - event.at
            chance = 1.0 if age > timedelta(days=6) else 0.35
            read = event.at + timedelta(minutes=self.rng.randint(1, 1400))
            seen = self.rng.random() < chance and read < self.setup.now
            self.notices.add(
                recipient_id=self.setup.users[username],
                case_id=case,
                item_id=item,
                kind=kind,
                at=event.at,
                read_at=read if seen else None,
            )

    def talk(self, talk: Talk, case: int | None = None) -> None:
        """An interaction on the customer's record, perhaps on a case."""
        ids = self.ids
        account = ids.homes[talk.home.key] if talk.home else ids.orgs[talk.org.key]
        self.talks[talk] = key = self.interactions.add(
            account_id=account,
            contact_id=ids.people[talk.person.key] if talk.person else None,
            contract_id=ids.agreements[talk.agreement.key] if talk.agreement else None,
            case_id=case,
            channel=talk.channel,
            spoke_with=talk.spoke_with,
            about=talk.about,
            resolved=talk.resolved,
            at=talk.at,
            by_id=self.setup.users[talk.by],
        )
        if case is None or talk.opened_case:
            changes = {"interaction": key, "resolved": talk.resolved}
            self.note("interaction", "account", account, changes, talk)

    def endings(self, case: Casework, key: int) -> None:
        """Its closures."""
        users = self.setup.users
        for ending in case.endings:
            self.closures.add(
                case_id=key,
                reason_id=self.setup.reasons[ending.reason],
                note=ending.note,
                closed_at=ending.at,
                closed_by_id=users[ending.by],
                reopened_at=ending.reopened_at,
                reopened_by_id=users.get(ending.reopened_by),
            )

    def gates(self, case: Casework, key: int) -> None:
        """The deliberate decisions it was opened with (B6, H3)."""
        by = self.setup.users[case.created_by]
        agreement = case.subject.agreement
        if case.confirmed_ending and agreement:
            self.confirmed.add(
                case_id=key,
                contract_id=self.ids.agreements[agreement.key],
                contract_status=agreement.status,
                at=case.created_at,
                by_id=by,
            )
        for other in case.not_the_same:
            self.dismissed.add(
                case_id=key, match_id=self.known[other], at=case.created_at, by_id=by
            )

    def comment(self, case: Casework, key: int, number: int) -> None:
        """The comment that an installer case has left with its job in Engine (N4)."""
        if case.case_type != "installer" or not case.subject.job:
            return
        at = case.created_at + timedelta(seconds=2)
        job_id, text = case.subject.job.job_id, f"Related Case ({number:08d})"
        self.comments.add(
            case_id=key,
            job_id=job_id,
            text=text,
            key=uuid5(NAMESPACE_OID, f"{key}"),
            state=EngineState.POSTED,
            left_at=case.created_at,
            tries=1,
            posted_at=at,
        )
        self.event(Event("engine_posted", at, "", "", {"job": job_id, "text": text}), key, {})

    def continued(self, old: Casework, new: Casework, number: int) -> None:
        """The line in the old case's feed that leads to the new one (X5)."""
        event = Event("continued", new.created_at, new.created_by, "", {"number": f"{number:08d}"})
        self.event(event, self.known[old], {})

    def note(
        self, kind: str, subject: str, key: int, changes: dict[str, Any], source: Event | Talk
    ) -> None:
        """The line in the record of changes (K4)."""
        user = self.setup.users.get(source.by)
        # A network kept for examples.
        origin = f"screen 192.0.2.{10 + user % 200}" if user else "system"
        self.record.add(
            at=source.at,
            by_id=user,
            origin=origin,
            kind=kind,
            subject_kind=subject,
            subject_id=key,
            changes=changes,
        )
