"""The facts of one case: every name, date and figure that its texts may mention, chosen once, so
that a description and the posts under it speak of the same amount and the same day."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from random import Random

from heliodesk.demo.casework import Subject
from heliodesk.demo.places import words
from heliodesk.demo.workdays import BEHIND_UTC

RELATIVES = (
    "the daughter", "the son", "the husband", "the wife", "the sister", "a brother", "the mother",
    "the niece", "a cousin",
)  # fmt: skip
WINDOWS = ("8 to 10", "8 to 12", "10 to 2", "12 to 4", "1 to 5", "9 to 11", "2 to 4")
LENDERS = (
    "Harborline Mutual", "Sagebrush Home Loans", "First Lantern Bank", "Cobalt Mortgage Desk",
    "Tidewater & Pine Lending", "Granary Savings", "Northgate Homeowners' Bank",
)  # fmt: skip
TITLES = (
    "Cobblestone Title", "Plumb Line Escrow", "Weathervane Title", "Signet & Quill Escrow",
    "Old Survey Title", "Three Keys Closing",
)  # fmt: skip
MONTHS = words(
    "January February March April May June July August September October November December"
)


class Facts(dict[str, str]):
    """The facts by name, and the two days that the texts plan for."""

    planned: date
    planned_later: date


def gather(subject: Subject, at: datetime, other: str, rng: Random) -> Facts:
    """The facts of a case opened `at` that time; `other` is a name that belongs to nobody."""
    facts = Facts()
    facts.update(_who(subject, other, rng))
    facts.update(_where(subject))
    facts.update(_figures(subject, rng))
    facts.update(_codes(rng))
    _days(facts, (at - BEHIND_UTC).date(), rng)
    return facts


def _who(subject: Subject, other: str, rng: Random) -> dict[str, str]:
    name = (
        subject.person.name if subject.person else (subject.stranger or subject.seller or [""])[0]
    )
    operations = subject.org.people_in("operations") or subject.org.people
    return {
        "name": name,
        "caller": name,
        "first": name.split()[0],
        "org": subject.org.name,
        "rep": rng.choice(operations).first,
        "seller": rng.choice(subject.org.sellers),
        "rel": rng.choice(RELATIVES),
        "buyer": other,
        "home": subject.home.signer.name if subject.home else other,
        "lender": rng.choice(LENDERS),
        "title": rng.choice(TITLES),
    }


def _where(subject: Subject) -> dict[str, str]:
    agreement = subject.agreement or (subject.home.agreements[0] if subject.home else None)
    place = agreement.place if agreement else subject.org.place
    job = subject.job or (agreement.job if agreement else None)
    return {
        "street": place.street,
        "city": place.city,
        "state": place.state,
        "county": place.county,
        "contract": agreement.contract_id if agreement else "the contract",
        "job": job.job_id if job else "the job",
        "year": str((agreement.signed_on if agreement else subject.org.since).year),
    }


def _figures(subject: Subject, rng: Random) -> dict[str, str]:
    kwh = rng.randint(240, 900)
    panels = subject.agreement.panels if subject.agreement else rng.randint(12, 36)
    return {
        "kw": f"{panels * 0.405:.1f}",
        "panels": str(panels),
        "bill": f"${rng.randint(8100, 33900) / 100:.2f}",
        "fee": f"${rng.randint(15, 95)}",
        "big": f"${rng.randint(9, 240) * 100 + rng.randint(0, 99):,}",
        "kwh": str(kwh),
        "kwh2": f"{kwh + rng.randint(260, 990):,}",
        "pct": str(rng.randint(11, 58)),
        "pct2": str(rng.randint(71, 97)),
        "n": str(rng.randint(4, 9)),
        "days": str(rng.randint(6, 28)),
        "term": rng.choice(("20", "25")),
    }


def _codes(rng: Random) -> dict[str, str]:
    letters = "ACDEFGHKLMNPRTUVWX"
    hour, minute = rng.randint(8, 17), rng.choice((0, 10, 15, 20, 30, 40, 45, 50))
    return {
        "code": f"{rng.choice('EFAS')}-{rng.randint(11, 399):03d}",
        "serial": f"{rng.choice(letters)}{rng.randint(2019, 2025)}-{rng.randint(10000, 99999)}",
        "conf": f"{rng.choice(letters)}{rng.choice(letters)}{rng.randint(100000, 999999)}",
        "ref": f"{rng.choice(letters)}-{rng.randint(20000, 99999)}",
        "time": f"{(hour - 1) % 12 + 1}:{minute:02d} {'am' if hour < 12 else 'pm'}",
        "win": rng.choice(WINDOWS),
    }


def _days(facts: Facts, today: date, rng: Random) -> None:
    facts.planned = _weekday(today + timedelta(days=rng.randint(2, 8)))
    facts.planned_later = _weekday(facts.planned + timedelta(days=rng.randint(7, 16)))
    facts["d1"] = written(today - timedelta(days=rng.randint(3, 19)))
    facts["d2"] = written(facts.planned)
    facts["d3"] = written(facts.planned_later)
    facts["wd"] = f"{today - timedelta(days=rng.randint(1, 6)):%A}"
    facts["month"] = MONTHS[(today.month - 2) % 12]


def _weekday(day: date) -> date:
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)


def written(day: date) -> str:
    """The day as people write it: `March 3`."""
    return f"{MONTHS[day.month - 1]} {day.day}"
