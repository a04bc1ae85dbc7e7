"""What departments were asked for: case assignments, and what the feed says of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.moments import DAY, HOUR
from benchmarks.story import Event, Story

if TYPE_CHECKING:
    from benchmarks.company import Person, Team
    from benchmarks.history import Historian

SHARE = 0.24  # of the cases
ROOM = 4  # assignments that a case may have
ENDS = ["completed"] * 80 + ["returned"] * 8 + ["rejected"] * 5 + ["withdrawn"] * 7
STILL_OPEN = 0.7  # of those of an owned case that is open


def refer(historian: Historian, story: Story) -> None:
    """Give the case its assignments, now and then."""
    if story.queued or historian.random() > SHARE:
        return
    for place in range(historian.choose((1, 1, 1, 1, 1, 2, 2, 3))):
        stands = story.is_open and historian.random() < STILL_OPEN
        _assign(historian, story, story.pk * ROOM + place, stands)
        if stands:
            story.status = "internal_referral"
        elif story.status == "new":
            story.status = "awaiting_support"


def _assign(historian: Historian, story: Story, pk: int, stands: bool) -> None:
    moments, text = historian.moments, historian.moments.text
    team = historian.choose(historian.company.departments)
    member = historian.choose(team.members)
    end = story.closed or moments.now
    created = moments.between(min(story.acts_from, end), end)
    ended = None if stands else moments.between(created, end)
    status = historian.choose(("open", "open", "accepted")) if stands else historian.choose(ENDS)
    accepts = status in ("accepted", "completed")
    accepted = min(created + int(historian.random() * 2 * DAY), ended or end) if accepts else None
    outcome = historian.write.sentence() if status in ("completed", "returned", "rejected") else ""
    ended_by = None if stands else story.agent if status == "withdrawn" else member.pk
    reason, reason_name, subtype = historian.choose(team.reasons)
    comments = historian.write.text(2)
    historian.tables.assignments.add(
        *(pk, story.pk, team.pk, reason, subtype, historian.choose(team.topics)),
        *(comments, status, outcome, text(created), story.agent, text(accepted)),
        *(member.pk if accepts else None, text(ended), ended_by),
        text(ended or accepted or created),
        *(_managers(team, story, historian) if team.wants_managers else (None, None)),
    )
    name = f"CA-{pk:05d}"
    about = f'{{"assignment": "{name}", "department": "{team.name}"'
    asked = f'{about}, "reason": "{reason_name}"}}'
    story.events.append(Event(created, "assignment_created", story.agent, comments, asked))
    if accepted is not None:
        story.events.append(Event(accepted, "assignment_accepted", member.pk, "", f"{about}}}"))
    if ended is not None and ended_by is not None:
        last = f'{about}, "still_open": 0}}'
        story.events.append(Event(ended, f"assignment_{status}", ended_by, outcome, last))
    elif historian.random() < 0.1:
        _follow_up(historian, story, pk, created, end, f"{about}}}", team.members[0], name)


def _managers(team: Team, story: Story, historian: Historian) -> tuple[int, int]:
    return historian.directory.org(story.installer).managers


def _follow_up(
    historian: Historian,
    story: Story,
    pk: int,
    created: int,
    end: int,
    about: str,
    contact: Person,
    name: str,
) -> None:
    asked, text = historian.moments.between(created, end), historian.moments.text
    historian.tables.follow_ups.add(pk, text(asked), text(asked + 48 * HOUR), story.agent)
    body = f"@{contact.username} how does {name} stand?"
    story.events.append(Event(asked, "follow_up", story.agent, body, about))
