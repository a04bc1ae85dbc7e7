"""One issue, one case: the deliberate no to matching cases (B6), and leaving an interaction on the
case that exists (B5)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from heliodesk.cases import access
from heliodesk.cases.models import Case, DismissedMatch, Interaction
from heliodesk.cases.queries.duplicates import MatchingCase
from heliodesk.cases.rules.interaction import checked_words, tell
from heliodesk.cases.rules.status import customer_replied
from heliodesk.core import clock
from heliodesk.core.refusal import NeedsConfirmation, Refused
from heliodesk.core.rule import rule
from heliodesk.feed.models import Mention
from heliodesk.notices.models import NoticeKind
from heliodesk.notices.notify import notify, owner_ids
from heliodesk.people.access import Actor


@rule("B5", "S3", "K7")
def leave_on_case(
    case: Case,
    *,
    interaction: Interaction | None = None,
    channel: str = "",
    spoke_with: str = "",
    about: str = "",
    by: Actor,
) -> Interaction:
    """Leave the interaction on the case that exists for its issue, and open no other; gives it.

    The interaction is one already recorded on the customer, or made from its details. It stands
    in the feed with an @mention of the owner, or of the queue, whose members are told (S3).
    Refuses for anybody outside Support (K7), an interaction that stands on a case, and words that
    an interaction lacks (B1).
    """
    access.require_support(by=by, to="record an interaction")
    case = access.lock(case)
    if interaction is not None:
        interaction = _still_free(interaction)
    else:
        interaction = Interaction(
            account_id=case.account_id,
            contact_id=case.contact_id,
            contract_id=case.contract_id,
            resolved=False,
            at=clock.now(),
            by_id=by.person_id,
            **checked_words(channel, spoke_with, about),
        )
    interaction.case = case
    interaction.save()
    mine = case.owner_agent_id == by.user_id
    item = tell(interaction, case, mentioning=None if mine else handle_of_owner(case), by=by)
    if not mine:
        Mention.objects.create(item=item, user_id=case.owner_agent_id, queue_id=case.owner_queue_id)
        notify(owner_ids(case), item, NoticeKind.MENTIONED, by=by)
    customer_replied(case, item=item, by=by)
    return interaction


def _still_free(interaction: Interaction) -> Interaction:
    """The recorded interaction, locked: two forms at once would put one on two cases. Refuses one
    that stands on a case (B5)."""
    interaction = Interaction.objects.select_for_update().get(pk=interaction.pk)
    if interaction.case_id is not None:
        raise Refused(
            "interaction_on_a_case",
            "That interaction stands on a case already. Log another one.",
            rule="B5",
        )
    return interaction


def handle_of_owner(case: Case) -> tuple[str, str] | None:
    """How a post mentions the owner, as `@frank` or `@homeowner`, and the name of them."""
    if case.owner_agent is not None:
        return case.owner_agent.username.lower(), case.owner_agent.name
    return (case.owner_queue.slug.lower(), case.owner_queue.name) if case.owner_queue else None


def require_none_the_same(
    matches: Sequence[MatchingCase], none_of_these: Iterable[int | str]
) -> None:
    """Refuse while an open matching case has not been said to be another issue (B6)."""
    dismissed = {str(one) for one in none_of_these}
    left = [match for match in matches if match.is_open and not named(match, dismissed)]
    if not left:
        return
    numbers = ", ".join(match.display_number for match in left)
    one = len(left) == 1
    raise NeedsConfirmation(
        "similar_cases",
        f"Open {'case' if one else 'cases'} {numbers} may be the same issue. Leave the interaction "
        f"on {'it' if one else 'one of them'}, or say that none of these is the same issue.",
        rule="B6",
        about={"cases": [about(match) for match in left]},
    )


def keep_dismissed(
    case: Case, matches: Sequence[MatchingCase], none_of_these: Iterable[int | str], *, by: Actor
) -> str:
    """Keep which cases were shown and said to be another issue (B6); gives the line that says so
    in the feed, or nothing where none were."""
    wanted = {str(one) for one in none_of_these}
    found = [match for match in matches if named(match, wanted)]
    rest = wanted - {name for match in found for name in names(match)}
    shown = {match.pk: match.number for match in found}
    shown |= shown_before(rest, by=by) if rest else {}
    shown.pop(case.pk, None)
    now = clock.now()
    DismissedMatch.objects.bulk_create(
        [DismissedMatch(case=case, match_id=pk, at=now, by_id=by.person_id) for pk in sorted(shown)]
    )
    links = [f"[{number:08d}](/cases/{number:08d}/)" for number in sorted(shown.values())]
    return f"Shown as matching, and another issue: {', '.join(links)}" if links else ""


def shown_before(wanted: Iterable[str], *, by: Actor) -> dict[int, int]:
    """Cases named that are no longer among the best ones, with their numbers; those that `by` may
    see."""
    numbers = [int(one) for one in wanted if one.isascii() and one.isdigit() and len(one) < 19]
    return dict(access.visible_cases(by).filter(number__in=numbers).values_list("pk", "number"))


def names(match: MatchingCase) -> set[str]:
    """How a case may be named in `none_of_these`: by its number, with or without zeros."""
    return {str(match.number), match.display_number}


def named(match: MatchingCase, wanted: set[str]) -> bool:
    """Whether the agent has named this case."""
    return not wanted.isdisjoint(names(match))


def about(match: MatchingCase) -> dict[str, str]:
    """A matching case as the refusal carries it."""
    return {
        "number": match.display_number,
        "status": match.status,
        "customer": match.customer,
        "why": ", ".join(match.why),
    }
