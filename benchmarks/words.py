"""What people of the measured desk write: words as often as words of a language are (Zipf), some
in every other text and some in a handful of a million."""

from __future__ import annotations

import random
import re
from collections import Counter
from functools import cache
from itertools import accumulate
from pathlib import Path

import heliodesk.demo

STORIES = Path(heliodesk.demo.__file__).parent / "stories"
SYLLABLES = re.findall("..", "bacedifoguhajekilomunaperisotuvawexiyoza")
RARE_WORDS = 40_000
SENTENCES = 30_000  # of one writer
WORDS = 10  # of a sentence
STEEP = 1.15  # how much rarer the next word is
#: In every tenth text.
COMMON = "customer"


@cache
def vocabulary() -> tuple[list[str], list[float]]:
    """Words, the most frequent first, and the running sum of how frequent they are: those of the
    demo company's stories, and made-up ones which are rarer than all of them."""
    text = " ".join(path.read_text(encoding="utf-8") for path in sorted(STORIES.glob("*.txt")))
    found = Counter(re.findall(r"(?<![{\w])[a-z]{2,}(?![}\w])", text))
    known = [word for word, _ in found.most_common()]
    chance = random.Random(3)
    made = ["".join(chance.choices(SYLLABLES, k=3 + n % 3)) for n in range(RARE_WORDS)]
    words = list(dict.fromkeys([*known, *made]))
    return words, list(accumulate((rank + 2.7) ** -STEEP for rank in range(len(words))))


def rare() -> str:
    """The rarest word: it is made up, and stands in about a hundred texts of a million cases."""
    return vocabulary()[0][-1]


class Writer:
    """Somebody who writes, with turns of phrase of their own."""

    def __init__(self, chance: random.Random) -> None:
        words, weights = vocabulary()
        drawn = chance.choices(words, cum_weights=weights, k=SENTENCES * WORDS)
        parts = [" ".join(drawn[at : at + WORDS]) for at in range(0, len(drawn), WORDS)]
        self.sentences = [f"{part.capitalize()}." for part in parts]
        self.random = chance.random

    def sentence(self) -> str:
        """Ten words."""
        return self.sentences[int(self.random() * SENTENCES)]

    def text(self, count: int) -> str:
        """Some sentences."""
        at = int(self.random() * (SENTENCES - count))
        return " ".join(self.sentences[at : at + count])
