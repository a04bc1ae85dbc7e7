"""Invented people. In `names.txt`, given names and the family names of the same origin take turns,
a line each."""

from __future__ import annotations

from pathlib import Path
from random import Random

FILE = Path(__file__).with_name("names.txt")


def everybody(rng: Random) -> list[str]:
    """Every pairing of a given with a family name of the same origin, shuffled: no name twice."""
    lines = [line.split() for line in FILE.read_text(encoding="utf-8").splitlines()]
    pairs = zip(lines[::2], lines[1::2], strict=True)
    names = {
        f"{first} {last.replace('-la-', ' la ')}"
        for given, family in pairs
        for first in given
        for last in family
    }
    shuffled = sorted(names)
    rng.shuffle(shuffled)
    return shuffled
