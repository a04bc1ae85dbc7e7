"""Keeping list views: save, delete, pin (V3)."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.db.models import Max

from heliodesk.core import audit, clock
from heliodesk.core.refusal import NotPermitted, Refused
from heliodesk.core.rule import rule
from heliodesk.core.text import trimmed
from heliodesk.list_views.access import get_view, may_share_with_everybody, require_keep
from heliodesk.list_views.models import ListView, PinnedView, SharedWith
from heliodesk.people.access import Actor
from heliodesk.people.models import Department, Queue

NAME_LIMIT = 80  # characters
QUERY_LIMIT = 6_000  # characters
MOST_PINS = 20


@rule("V3")
def save_list_view(
    view: ListView | None = None,
    *,
    name: str,
    query: str,
    shared_with: str = SharedWith.NOBODY,
    queue: Queue | None = None,
    department: Department | None = None,
    by: Actor,
) -> ListView:
    """Save a new view, or the given one anew; gives it. `query` is the text of the address.

    Refuses a name that is empty, too long or used already by its owner, a team that is not one's
    own, sharing with everybody for all but supervisors, and another's view.
    """
    found = get_view(view.pk, by=by) if view else ListView(owner_id=by.person_id)
    if found.pk:
        ListView.objects.select_for_update().get(pk=found.pk)
        require_keep(found, by=by)
    found.name, found.query = trimmed(name), query.lstrip("?")
    found.shared_with, found.queue, found.department = shared_with, queue, department
    _require_sound(found)
    _require_sharer(found, by=by)
    was_new = found.pk is None
    found.changed_at = clock.now()
    _save(found)
    changes = {"name": found.name, "query": found.query, "shared_with": found.shared_with}
    what = "list_view_added" if was_new else "list_view_changed"
    audit.note(what, "list_view", found.pk, changes=changes, by=by)
    return found


@rule("V3")
def delete_list_view(view: ListView, *, by: Actor) -> None:
    """Delete a view, with everybody's pins of it. Refuses for whoever may not keep it."""
    found = get_view(view.pk, by=by)
    require_keep(found, by=by)
    audit.note("list_view_deleted", "list_view", found.pk, changes={"name": found.name}, by=by)
    found.delete()


@rule("V3")
def pin(view: ListView, *, position: int | None = None, by: Actor) -> PinnedView:
    """Put the view into one's rail, last, or at the position; moves it where it is there. Refuses
    one that `by` is not offered, and more than `MOST_PINS`."""
    found = get_view(view.pk, by=by)
    mine = PinnedView.objects.filter(person_id=by.person_id)
    if position is None:
        highest = mine.aggregate(highest=Max("position"))["highest"]
        position = 0 if highest is None else highest + 1
    if mine.exclude(view=found).count() >= MOST_PINS:
        raise Refused(
            "too_many_pins",
            f"The rail holds at most {MOST_PINS} views. Take one out of it first.",
            rule="V3",
        )
    made, _ = PinnedView.objects.update_or_create(
        person_id=by.person_id, view=found, defaults={"position": position}
    )
    return made


@rule("V3")
def unpin(view: ListView, *, by: Actor) -> None:
    """Take the view out of one's rail; nothing happens where it is not there."""
    PinnedView.objects.filter(person_id=by.person_id, view=view).delete()


def _require_sound(view: ListView) -> None:
    if not (_is_text(view.name) and _is_text(view.query)):
        _refuse("name", "The name or the filter holds characters that are no text. Type it anew.")
    if not view.name or len(view.name) > NAME_LIMIT:
        _refuse("name", f"Give the view a name of at most {NAME_LIMIT} characters.")
    if len(view.query) > QUERY_LIMIT:
        _refuse("query", "The filter is too long to be kept. Take conditions away.")
    if view.shared_with not in SharedWith.values:
        _refuse("shared_with", "Choose whom the view is for: you, a team, or everybody.")
    if view.owner is None and view.shared_with != SharedWith.EVERYBODY:
        _refuse("shared_with", "It is the desk's, and supervisors keep it for everybody.")
    teams = (view.queue is not None) + (view.department is not None)
    if view.shared_with == SharedWith.TEAM and teams != 1:
        _refuse("shared_with", "Choose the team: one queue or one department.")
    if view.shared_with != SharedWith.TEAM and teams:
        _refuse("shared_with", "A team goes with “A team” only. Choose that, or no team.")
    same = ListView.objects.filter(owner=view.owner_id, name__iexact=view.name)
    if same.exclude(pk=view.pk).exists():
        _refuse_name(view)


def _is_text(text: str) -> bool:
    """Whether PostgreSQL takes it: no NUL, no half of a pair."""
    return "\x00" not in text and text == text.encode(errors="ignore").decode()


def _require_sharer(view: ListView, *, by: Actor) -> None:
    if view.shared_with == SharedWith.EVERYBODY and not may_share_with_everybody(by):
        raise NotPermitted(
            "not_a_supervisor",
            "Only supervisors and administrators share a view with everybody. Share it with a "
            "team of yours, keep it for yourself, or send the list's own address.",
            rule="V3",
            field="shared_with",
        )
    mine = view.queue_id in by.queue_ids or view.department_id in by.department_ids
    if view.shared_with == SharedWith.TEAM and not (mine or by.is_supervisor):
        raise NotPermitted(
            "not_your_team",
            f"You are not a member of {view.queue or view.department}. Share the view with a team "
            "of yours, or send the list's own address.",
            rule="V3",
            field="shared_with",
        )


def _save(view: ListView) -> None:
    """Save it; refuses a name that was used a moment before."""
    try:
        with transaction.atomic():
            view.save()
    except IntegrityError:
        _refuse_name(view)


def _refuse_name(view: ListView) -> None:
    _refuse("name", f"There is a list view “{view.name}” already. Choose another name.")


def _refuse(field: str, message: str) -> None:
    raise Refused(f"list_view_{field}", message, rule="V3", field=field)
