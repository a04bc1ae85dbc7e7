"""Keeping quick texts (W3)."""

from __future__ import annotations

from django.db import IntegrityError, transaction

from heliodesk.core import audit
from heliodesk.core.refusal import NotFound, NotPermitted, Refused
from heliodesk.core.rule import rule
from heliodesk.core.text import trimmed
from heliodesk.people.access import Actor
from heliodesk.quick_texts.facts import FACTS, unknown_facts
from heliodesk.quick_texts.models import QuickText

NAME_LIMIT = 80  # characters
TEXT_LIMIT = 4000  # characters


@rule("W3")
def keep_quick_text(
    quick_text: QuickText | None = None, *, name: str, text: str, shared: bool, by: Actor
) -> QuickText:
    """Write a new quick text, or the given one anew; gives it.

    Refuses a name that is empty, too long or used already, a text that is empty, too long or
    names facts which there are not, and a shared one for anybody but a supervisor.
    """
    found = get_quick_text(quick_text.pk, by=by) if quick_text else QuickText()
    if shared or (found.pk and found.owner_id is None):
        require_sharer(by=by)
    found.name, found.text = trimmed(name), trimmed(text)
    found.owner_id = None if shared else by.person_id
    require_sound(found)
    was_new = found.pk is None
    _save(found)
    what = "quick_text_added" if was_new else "quick_text_changed"
    audit.note(what, "quick_text", found.pk, changes={"name": found.name, "shared": shared}, by=by)
    return found


@rule("W3")
def delete_quick_text(quick_text: QuickText, *, by: Actor) -> None:
    """Delete one's own quick text; a shared one, as a supervisor. Refuses another's."""
    found = get_quick_text(quick_text.pk, by=by)
    if found.owner_id is None:
        require_sharer(by=by)
    audit.note("quick_text_deleted", "quick_text", found.pk, changes={"name": found.name}, by=by)
    found.delete()


def get_quick_text(key: int, *, by: Actor) -> QuickText:
    """One's own quick text or a shared one; refuses with `NotFound` for anybody else's."""
    found = QuickText.objects.filter(pk=key).first()
    if found is None or found.owner_id not in (None, by.person_id):
        raise NotFound("quick_text_not_found", "There is no such quick text.", rule="W3")
    return found


def require_sharer(*, by: Actor) -> None:
    """Refuse for anybody but a supervisor: what is shared speaks for the desk."""
    if not by.is_supervisor:
        raise NotPermitted(
            "not_a_supervisor",
            "Only a supervisor keeps the shared quick texts. Keep one of your own instead.",
            rule="W3",
        )


def require_sound(quick_text: QuickText) -> None:
    """Refuse what cannot be kept as it is."""
    if not quick_text.name or len(quick_text.name) > NAME_LIMIT:
        _refuse("name", f"Give it a name of at most {NAME_LIMIT} characters.")
    if not quick_text.text or len(quick_text.text) > TEXT_LIMIT:
        _refuse("text", f"Write a text of at most {TEXT_LIMIT:,} characters.")
    if unknown := unknown_facts(quick_text.text):
        _refuse(
            "text",
            f"There is no fact {{{unknown[0]}}}. Those are: "
            + ", ".join(f"{{{fact}}}" for fact in FACTS)
            + ".",
        )
    same = QuickText.objects.filter(owner=quick_text.owner_id, name__iexact=quick_text.name)
    if same.exclude(pk=quick_text.pk).exists():
        _refuse_name(quick_text)


def _save(quick_text: QuickText) -> None:
    """Save it; refuses a name that somebody else has used a moment before."""
    try:
        with transaction.atomic():
            quick_text.save()
    except IntegrityError:
        _refuse_name(quick_text)


def _refuse_name(quick_text: QuickText) -> None:
    _refuse("name", f"There is a quick text “{quick_text.name}” already. Choose another name.")


def _refuse(field: str, message: str) -> None:
    raise Refused(f"quick_text_{field}", message, rule="W3", field=field)
