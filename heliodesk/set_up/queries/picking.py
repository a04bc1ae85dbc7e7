"""People whom an administrator chooses while typing: for a department, a queue, the whole desk."""

from __future__ import annotations

from heliodesk.core.addresses import address
from heliodesk.core.picking import Choice
from heliodesk.people.models import Department, Queue
from heliodesk.people.queries.picking import SUPERVISOR, Likely, People, members_first

ITSELF = Choice("0", "Heliodesk itself", "what no person did")


def follow_up_people(department_id: int) -> People:
    """Whom follow-ups of the department may tag: its members first (F1)."""
    where = f"{address('people_options')}?department={department_id}"
    return People(where, (members_first(department_id),))


def escalation_people(standing: int | None = None) -> People:
    """Who may be the escalation contact: supervisors and administrators first (F3)."""
    return People(f"{address('people_options')}?for=escalations", (SUPERVISOR,), standing=standing)


def newcomers(place: Queue | Department) -> People:
    """Active people who are not among the members yet, of Support where it is a queue."""
    kind = "queue" if isinstance(place, Queue) else "department"
    of = f"people_{kind}membership m WHERE m.user_id = u.id AND m.{kind}_id = %(place)s"
    among = f"u.is_active AND NOT EXISTS (SELECT FROM {of})"
    if isinstance(place, Queue):
        among += " AND u.role <> ''"
    return People(
        address(f"set_up_{kind}_newcomers", place.pk), among=Likely(among, {"place": place.pk})
    )


class Everybody(People):
    """All who have ever done something on the desk, and the desk itself (K4)."""

    def find(self, typed: str) -> list[Choice]:
        """The desk itself too, where it is called so."""
        found = super().find(typed)
        itself = typed.casefold() in ITSELF.label.casefold()
        return [ITSELF, *found] if itself else found

    def get(self, value: str) -> Choice | None:
        """The desk itself, or a person."""
        return ITSELF if value == ITSELF.value else super().get(value)


def everybody() -> Everybody:
    """Those who have left as well."""
    return Everybody(f"{address('people_options')}?for=changes", with_deactivated=True)
