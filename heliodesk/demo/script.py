"""How a case goes: who keeps it, who is asked, how often, and how it ends."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from heliodesk.demo import phrases
from heliodesk.demo.people import BY_USERNAME
from heliodesk.demo.referring import Referring
from heliodesk.demo.timeline import NotYet

# Reasons of a closing, how often in a hundred, and what is noted; with nothing here, the story
# tells its own end.
ENDINGS: tuple[tuple[str, int, tuple[str, ...]], ...] = (
    ("Resolved", 62, ()),
    ("Information given", 12, phrases.INFORMED),
    ("Customer unresponsive", 9, phrases.UNRESPONSIVE),
    ("Withdrawn by customer", 5, phrases.WITHDRAWN),
    ("Handled by installer", 5, phrases.BY_INSTALLER),
    ("Not our responsibility", 4, phrases.NOT_OURS),
    ("Case Voided", 3, phrases.VOIDED),
)


# How many departments a case is referred to at once, and how often in a hundred.
SIDE_BY_SIDE = {1: 80, 2: 16, 3: 4}


def live(timeline: Referring) -> None:
    """Let everything happen on the case that has happened by now."""
    with suppress(NotYet):
        find_an_owner(timeline)
        put_right(timeline)
        perhaps_refer(timeline, 0.055)
        work_on(timeline)
        perhaps_refer(timeline, 0.022)
        end(timeline)
        perhaps_again(timeline)


def find_an_owner(timeline: Referring) -> None:
    """Frontline agents keep some of their cases; most go to the queue and are taken there."""
    rng, creator = timeline.rng, BY_USERNAME[timeline.case.created_by]
    chance = rng.random()
    if creator.left_days_ago or (creator.role == "frontline" and chance < 0.56):
        timeline.to_queue(escalated=chance < 0.07 or timeline.story.subtype.startswith("Escalated"))
    elif creator.role == "frontline" and chance < 0.66:
        timeline.to_agent()
    elif creator.role != "frontline" and chance < 0.12:
        timeline.to_queue()
    if timeline.case.owner == timeline.case.case_type:
        timeline.taken()
    if rng.random() < 0.03:
        timeline.back_to_queue()
        timeline.taken()


def put_right(timeline: Referring) -> None:
    """Now and then the contract or the priority has to be corrected first."""
    chance = timeline.rng.random()
    if chance < 0.12:
        timeline.correct_contract()
    elif chance > 0.97:
        timeline.raise_priority()


def perhaps_refer(timeline: Referring, chance: float) -> None:
    """Ask departments that have to do with such a case; more often where the SOP says so."""
    rng, referrals = timeline.rng, timeline.referrals.fitting(timeline.story)
    if not referrals or timeline.to_void or rng.random() > chance * len(referrals):
        return
    (number,) = rng.choices(list(SIDE_BY_SIDE), list(SIDE_BY_SIDE.values()))
    chosen = {one.reason: one for one in rng.choices(referrals, k=number)}
    timeline.refer(list(chosen.values()))


def work_on(timeline: Referring) -> None:
    """Posts, questions, waiting and reviews; one case in four drags on."""
    rng = timeline.rng
    if timeline.to_void:
        return
    steps: tuple[Callable[[], None], ...] = (
        timeline.work, timeline.ask, timeline.wait_for_customer, timeline.review,
        timeline.customer_calls,
    )  # fmt: skip
    slow = rng.random() < 0.3
    for _ in range(rng.randint(4, 10) if slow else rng.choices((1, 2, 3, 4), (4, 5, 3, 2))[0]):
        (step,) = rng.choices(steps, (30, 18, 22, 30, 5))
        if slow:
            timeline.pass_time(6, 24 * 20)
        step()


def end(timeline: Referring) -> None:
    """Close the case for one of the reasons."""
    rng = timeline.rng
    ((reason, _, notes),) = rng.choices(ENDINGS, [share for _, share, _ in ENDINGS])
    if timeline.case.confirmed_ending and rng.random() < 0.4:
        reason, notes = "Contract cancelled", phrases.CONTRACT_CANCELLED
    elif reason == "Customer unresponsive" and timeline.heard_lately():
        reason, notes = "Resolved", ()
    if timeline.to_void:
        reason, notes = "Case Voided", phrases.VOIDED_AS_TOLD
    note = rng.choice(notes) if notes else timeline.outcome()
    timeline.until_done(note)
    timeline.close(reason, note if rng.random() < 0.9 else "")


def perhaps_again(timeline: Referring) -> None:
    """A few are reopened within six hours, worked on, and closed for good."""
    if timeline.rng.random() < 0.045:
        timeline.reopen()
        timeline.work()
        if timeline.rng.random() < 0.5:
            timeline.review()
        timeline.pass_time(2, 90)
        timeline.close("Resolved", timeline.outcome())
