"""The stories fit the set-up data, and every fragment of them can be told."""

from __future__ import annotations

from random import Random

import pytest

from heliodesk.cases.defaults import REQUEST_TYPES
from heliodesk.demo import phrases
from heliodesk.demo.casework import Subject
from heliodesk.demo.company import Company
from heliodesk.demo.facts import gather
from heliodesk.demo.story import MARKS, stories
from heliodesk.demo.telling import Deck, tell

pytestmark = pytest.mark.xdist_group("demo")


def test_every_subtype_has_a_story_with_all_of_its_parts() -> None:
    told = stories()
    wanted = {(kind.name, subtype) for kind in REQUEST_TYPES for subtype in kind.subtypes}
    assert {(story.request_type, story.subtype) for story in told} == wanted
    thin = [s.subtype for s in told if not all(getattr(s, use) for use in MARKS.values())]
    assert thin == []


def test_there_are_more_than_a_thousand_fragments_and_none_twice() -> None:
    fragments = [fragment for story in stories() for fragment in story.fragments()]
    assert len(fragments) > 1300
    assert len(set(fragments)) == len(fragments)


def test_every_fragment_can_be_told(directory: Company) -> None:
    rng = Random(1)
    home = directory.homes[0]
    subject = Subject(home.org, home, home.agreements[0], home.signer)
    facts = gather(subject, directory.now, "Somebody Else", rng)
    general = [line for name in dir(phrases) if name.isupper() for line in getattr(phrases, name)]
    for fragment in [*general, *(part for story in stories() for part in story.fragments())]:
        assert not set("[]{}|") & set(tell(fragment.replace(" | ", " "), facts, rng)), fragment


def test_questions_have_answers_and_what_is_pending_has_an_owner() -> None:
    for story in stories():
        assert all(len(asked.split(" => ")) == 2 for asked in story.asked), story.subtype
        assert all(len(pending.split(" | ")) == 2 for pending in story.pending), story.subtype


def test_a_deck_deals_everything_before_it_repeats() -> None:
    deck = Deck(["a", "b", "c"], Random(3))
    assert {deck.deal() for _ in range(3)} == {"a", "b", "c"}
