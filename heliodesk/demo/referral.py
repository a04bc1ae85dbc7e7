"""What demo cases ask of departments: for each referral reason, what is asked and what comes of it.

A file in `referrals/` is one department: its name on the first line, then lines about its work
in general, then `# reason` and the lines of that reason, each marked by what it is for.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from heliodesk.cases.defaults import SOPS
from heliodesk.demo.story import Story
from heliodesk.demo.telling import Deck
from heliodesk.people.defaults import DEPARTMENTS

FOLDER = Path(__file__).parent / "referrals"
SUBTYPES = {
    (department.name, reason.name): reason.subtypes
    for department in DEPARTMENTS
    for reason in department.reasons
}


@dataclass
class Team:
    """How a department speaks of its work."""

    department: str
    posts: list[str] = field(default_factory=list)  # > while it works on it
    rejects: list[str] = field(default_factory=list)  # x not ours, because
    returns: list[str] = field(default_factory=list)  # r cannot be done as asked, because
    referrals: list[Referral] = field(default_factory=list)


@dataclass
class Referral:
    """One referral reason: `fits` are the request subtypes it is asked for, `asked`
    a referral subtype (or "") with the comments."""

    team: Team
    reason: str
    fits: tuple[str, ...] = ()  # & request subtypes
    asked: list[tuple[str, str]] = field(default_factory=list)  # ? perhaps subtype: comments
    done: list[tuple[str, str]] = field(default_factory=list)  # . for a subtype or all: resolution


def teams() -> list[Team]:
    """Every department that is asked; ValueError for a line without a mark."""
    return [read(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.txt"))]


def read(text: str) -> Team:
    """The department of one file."""
    department, *lines = [line for line in text.splitlines() if line]
    team = Team(department)
    for line in lines:
        mark, _, rest = line.partition(" ")
        if mark == "#":
            team.referrals.append(Referral(team, rest))
        elif mark in GENERAL:
            getattr(team, GENERAL[mark]).append(rest)
        elif not team.referrals or mark not in "&?.":
            raise ValueError(f"{department}: {line!r} has no mark")
        else:
            _put(team.referrals[-1], mark, rest)
    return team


GENERAL = {">": "posts", "x": "rejects", "r": "returns"}


def _put(referral: Referral, mark: str, rest: str) -> None:
    if mark == "&":
        referral.fits = tuple(rest.split("; "))
        return
    subtype, _, words = rest.partition(": ")
    named = subtype in SUBTYPES[referral.team.department, referral.reason]
    told = (subtype, words) if named else ("", rest)
    (referral.asked if mark == "?" else referral.done).append(told)


class Referrals:
    """Deals referrals that fit a story, and the words that go with them."""

    def __init__(self, rng: Random) -> None:
        self.rng, self.teams = rng, teams()
        self.suggested = {
            (sop.request_type, sop.subtype): (sop.department, sop.reason) for sop in SOPS
        }
        self.decks: dict[tuple[str, str], Deck] = {}
        self.known: dict[tuple[str, str, str], list[Referral]] = {}

    def every(self) -> Iterator[Referral]:
        """All referrals of all departments."""
        for team in self.teams:
            yield from team.referrals

    def fitting(self, story: Story, department: str = "") -> list[Referral]:
        """Those that fit the story, of one department or of all; what its SOP suggests comes four
        times, so that it is chosen more often."""
        key = (story.request_type, story.subtype, department)
        if key not in self.known:
            self.known[key] = self._fitting(*key)
        return self.known[key]

    def _fitting(self, request_type: str, subtype: str, department: str) -> list[Referral]:
        wanted = self.suggested.get((request_type, subtype))
        found: list[Referral] = []
        for referral in self.every():
            team = referral.team.department
            if department in ("", team) and subtype in referral.fits:
                found += [referral] * (4 if (team, referral.reason) == wanted else 1)
        return found

    def deal(self, team: Team, use: str) -> str:
        """The next of the department's fragments for that use."""
        return self._next((team.department, use), getattr(team, use))

    def outcome(self, referral: Referral, subtype: str) -> str:
        """The next resolution that fits the subtype."""
        fitting = [words for of, words in referral.done if of in ("", subtype)]
        return self._next((referral.team.department, f"{referral.reason}: {subtype}"), fitting)

    def _next(self, key: tuple[str, str], fragments: list[str]) -> str:
        return self.decks.setdefault(key, Deck(fragments, self.rng)).deal()
