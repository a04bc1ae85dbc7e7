"""Conversations that were resolved on the spot: kept on the customer's record, no case (B2)."""

from __future__ import annotations

from datetime import timedelta
from random import Random

from heliodesk.demo import phrases
from heliodesk.demo.casework import Subject, Talk
from heliodesk.demo.company import Company
from heliodesk.demo.facts import gather
from heliodesk.demo.telling import tell
from heliodesk.demo.timeline import FRONTLINE
from heliodesk.demo.workdays import some_day_part

CONVERSATIONS = 900


def conversations(company: Company, rng: Random, size: int = CONVERSATIONS) -> list[Talk]:
    """Resolved conversations of the last year, oldest first."""
    talks = [_talk(company, rng) for _ in range(size)]
    return sorted((talk for talk in talks if talk.at < company.now), key=lambda talk: talk.at)


def _talk(company: Company, rng: Random) -> Talk:
    home = rng.choice(company.homes)
    agreement = rng.choice(home.agreements) if rng.random() < 0.7 else None
    at = some_day_part(rng, company.now - timedelta(days=rng.randint(0, 360)))
    person = rng.choice(home.people)
    subject = Subject(home.org, home, agreement, person)
    facts = gather(subject, at, rng.choice(company.strangers), rng)
    about = tell(rng.choice(phrases.SOLVED_ON_THE_SPOT), facts, rng)
    (channel,) = rng.choices(("phone", "chat", "email", "web"), (60, 22, 13, 5))
    by = rng.choice(FRONTLINE).username
    return Talk(channel, person.name, about, True, at, by, home.org, home, person, agreement)
