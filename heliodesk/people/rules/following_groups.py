"""Role and memberships that follow the groups of a provider (K1). What is mapped follows; what was
given by hand and is not mapped stays."""

from __future__ import annotations

from collections.abc import Iterable

from heliodesk.core import audit
from heliodesk.core.refusal import Refused
from heliodesk.core.rule import rule
from heliodesk.people.access import Actor
from heliodesk.people.models import (
    DepartmentMembership,
    GroupMapping,
    IdentityProvider,
    QueueMembership,
    Role,
    User,
)
from heliodesk.people.rules.leaving import leave_department, leave_queue
from heliodesk.people.rules.membership import join_department, join_queue
from heliodesk.people.rules.people import change_person

RANK = [Role.NONE, Role.FRONTLINE, Role.BACK_OFFICE, Role.SUPERVISOR, Role.ADMINISTRATOR]


@rule("K1", "Q5")
def follow_groups(
    user: User, provider: IdentityProvider, groups: frozenset[str] | None, *, by: Actor
) -> None:
    """Give a person what their groups there mean here, and take from them what is mapped and no
    group gives any more. What a rule forbids to take (Q5, A4) stays, and the record says so.
    Unknown groups change nothing."""
    mappings = list(provider.mappings.select_related("queue", "department"))
    if groups is None or not mappings:
        return
    acting = Actor(user_id=None, name=by.name, role=Role.ADMINISTRATOR, origin=by.origin)
    given = [one for one in mappings if one.group in groups]
    role = _role(user, mappings, given)
    if RANK.index(role) > RANK.index(Role(user.role)):
        _set_role(user, role, by=acting)
    _follow_queues(user, mappings, given, by=acting)
    _follow_departments(user, mappings, given, by=acting)
    if RANK.index(role) < RANK.index(Role(user.role)):
        _set_role(user, role, by=acting)


def _role(user: User, mappings: Iterable[GroupMapping], given: Iterable[GroupMapping]) -> Role:
    """The highest role that a group gives. A role that no group gives, and that is higher, was
    given by hand."""
    mapped = {Role(one.role) for one in mappings if one.role}
    wanted = max((Role(one.role) for one in given if one.role), key=RANK.index, default=Role.NONE)
    now = Role(user.role)
    if now not in mapped and RANK.index(now) > RANK.index(wanted):
        return now
    return wanted


def _set_role(user: User, role: Role, *, by: Actor) -> None:
    """Another role, unless the desk would stand without an administrator, or cases without an owner
    in Support."""
    try:
        user.role = change_person(user, values={"role": role}, by=by).role
    except Refused as refused:
        _note_kept(user, str(Role(user.role).label), refused, by=by)


def _follow_queues(
    user: User, mappings: list[GroupMapping], given: list[GroupMapping], *, by: Actor
) -> None:
    wanted = {one.queue_id: one.queue for one in given if one.queue and one.queue.is_active}
    mine = QueueMembership.objects.filter(user=user).select_related("queue", "user")
    held = {one.queue_id: one for one in mine.order_by("queue_id")}
    for key, queue in wanted.items():
        if key not in held:
            try:
                join_queue(queue, user, by=by)
            except Refused as refused:
                _note_kept(user, queue.name, refused, by=by)
    mapped = {one.queue_id for one in mappings if one.queue}
    for key, membership in held.items():
        if key in mapped - set(wanted):
            try:
                leave_queue(membership, by=by)
            except Refused as refused:
                _note_kept(user, membership.queue.name, refused, by=by)


def _follow_departments(
    user: User, mappings: list[GroupMapping], given: list[GroupMapping], *, by: Actor
) -> None:
    wanted = {
        one.department_id: one.department
        for one in given
        if one.department and one.department.is_active
    }
    mine = DepartmentMembership.objects.filter(user=user).select_related("department", "user")
    held = {one.department_id: one for one in mine.order_by("department_id")}
    for key, department in wanted.items():
        if key not in held:
            join_department(department, user, by=by)
    mapped = {one.department_id for one in mappings if one.department}
    for key, membership in held.items():
        if key in mapped - set(wanted):
            try:
                leave_department(membership, by=by)
            except Refused as refused:
                _note_kept(user, membership.department.name, refused, by=by)


def _note_kept(user: User, what: str, refused: Refused, *, by: Actor) -> None:
    """What a rule does not let follow the groups: whoever reads the record sees why."""
    told = {"what": what, "why": f"{refused.message} ({refused.rule})"}
    audit.note("kept_against_groups", "user", user.pk, changes=told, by=by)
