"""One person, as their page in the set-up shows them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from allauth.mfa.models import Authenticator

from heliodesk.cases.models import Case, Status
from heliodesk.people.models import (
    DepartmentMembership,
    Invitation,
    MailWanted,
    QueueMembership,
    Role,
    User,
)
from heliodesk.people.queries.sessions import Place, places_of
from heliodesk.set_up.queries.people import state_of, with_state

FACTORS = {"totp": "an app", "webauthn": "a key", "recovery_codes": "recovery codes"}


@dataclass(frozen=True, slots=True)
class At:
    """A queue or a department of the person."""

    pk: int
    name: str
    is_active: bool


@dataclass(frozen=True, slots=True)
class PersonPage:
    """Who they are, where they work, how they come in, and what is still theirs."""

    pk: int
    name: str
    username: str
    email: str
    role: str
    external_id: str
    state: str
    is_active: bool
    joined_at: datetime
    last_login: datetime | None
    mail: str
    mail_refused: str
    has_password: bool
    password_is_temporary: bool
    open_cases: int
    queues: list[At]
    departments: list[At]
    invitation: Invitation | None
    places: list[Place]
    factors: str


def person_page(pk: int) -> PersonPage | None:
    """All that the page says, or None; at most six statements."""
    person: Any = with_state().filter(pk=pk).first()
    if person is None:
        return None
    queues = QueueMembership.objects.filter(user=pk).select_related("queue")
    departments = DepartmentMembership.objects.filter(user=pk).select_related("department")
    return PersonPage(
        pk=person.pk,
        name=person.name,
        username=person.username,
        email=person.email,
        role=Role(person.role).label,
        external_id=person.external_id,
        state=state_of(person),
        is_active=person.is_active,
        joined_at=person.joined_at,
        last_login=person.last_login,
        mail=MailWanted(person.mail_wanted).label,
        mail_refused=person.mail_refused,
        has_password=person.has_usable_password(),
        password_is_temporary=person.password_is_temporary,
        open_cases=Case.objects.exclude(status=Status.CLOSED).filter(owner_agent=pk).count(),
        queues=[At(one.queue_id, one.queue.name, one.queue.is_active) for one in queues],
        departments=[
            At(one.department_id, one.department.name, one.department.is_active)
            for one in departments
        ],
        invitation=_invitation(person) if person.invited else None,
        places=places_of(person, current="") if person.is_active else [],
        factors=_factors(person),
    )


def _invitation(person: User) -> Invitation | None:
    found = Invitation.objects.filter(user=person, accepted_at=None, withdrawn_at=None)
    return found.select_related("user", "invited_by").first()


def _factors(person: User) -> str:
    """The second factors in words, such as "an app, recovery codes"."""
    kinds = Authenticator.objects.filter(user_id=person.pk).values_list("type", flat=True)
    return ", ".join(words for kind, words in FACTORS.items() if kind in set(kinds))
