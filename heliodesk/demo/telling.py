"""Turning a fragment into a sentence: `[one|another]` is chosen, `{fact}` is filled in."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from random import Random

CHOICE = re.compile(r"\[([^\[\]]*)\]")
BEGINNING = re.compile(r"^[a-zé]|(?<=[a-z0-9)][.?!] )[a-z]")


def tell(fragment: str, facts: Mapping[str, str], rng: Random) -> str:
    """The sentence; KeyError for a fact that nobody knows."""
    chosen = CHOICE.sub(lambda found: rng.choice(found[1].split("|")), fragment)
    return BEGINNING.sub(lambda found: found[0].upper(), chosen.format_map(facts))


class Deck:
    """Deals the fragments of a list in a shuffled order, anew when all have been dealt, so that
    two cases of a subtype which stand beside each other seldom open alike."""

    def __init__(self, fragments: Sequence[str], rng: Random) -> None:
        self.fragments, self.rng, self.left = fragments, rng, list[str]()

    def deal(self) -> str:
        """The next one."""
        if not self.left:
            self.left = self.rng.sample(self.fragments, len(self.fragments))
        return self.left.pop()
