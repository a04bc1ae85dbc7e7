"""The demo company's departments, as its set-up data has them."""

from __future__ import annotations

from collections import defaultdict

from heliodesk.demo.people import FOLLOW_UP_CONTACTS, STAFF
from heliodesk.people.defaults import DEPARTMENTS

MEMBERS_OF: dict[str, tuple[str, ...]] = {
    department.name: tuple(
        person.username for person in STAFF if department.name in person.departments
    )
    for department in DEPARTMENTS
}
TOPICS = {department.name: department.topics for department in DEPARTMENTS}
WANTS_MANAGERS = {department.name for department in DEPARTMENTS if department.asks_for_managers}
VOIDING = {department.name for department in DEPARTMENTS if department.voids_case_when_refused}


def _contacts() -> dict[tuple[str, str], tuple[str, ...]]:
    """Whom a follow-up tags, by department and topic (F1)."""
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for department, topic, username in FOLLOW_UP_CONTACTS:
        found[department, topic].append(username)
    first_only = {each.name for each in DEPARTMENTS if each.tags_first_active_contact}
    return {
        key: tuple(names[:1] if key[0] in first_only else names) for key, names in found.items()
    }


CONTACTS = _contacts()
