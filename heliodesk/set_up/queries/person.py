"""One person, as their page in the set-up shows them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce, JSONObject

from heliodesk.api.models import ApiToken
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
    tokens: list[ApiToken]  # those that have not been withdrawn


def person_page(pk: int) -> PersonPage | None:
    """All that the page says, or None; at most four statements."""
    person: Any = _with_all().filter(pk=pk).first()
    if person is None:
        return None
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
        open_cases=person.open_cases,
        queues=[At(**one) for one in person.queues_at],
        departments=[At(**one) for one in person.departments_at],
        invitation=_invitation(person) if person.invited else None,
        places=places_of(person, current="") if person.is_active else [],
        factors=", ".join(words for kind, words in FACTORS.items() if kind in person.factor_kinds),
        tokens=list(ApiToken.objects.filter(user=pk, withdrawn_at=None)),
    )


def _with_all() -> QuerySet[User]:
    """People with their queues, departments and second factors, and how many cases they own."""
    queues = QueueMembership.objects.order_by("queue__position", "queue__name")
    departments = DepartmentMembership.objects.order_by("department__position", "department__name")
    open_cases = Case.objects.exclude(status=Status.CLOSED).filter(owner_agent=OuterRef("pk"))
    counted = open_cases.order_by().values("owner_agent").annotate(n=Count("pk")).values("n")
    kinds = Authenticator.objects.filter(user=OuterRef("pk")).values("type")
    return with_state().annotate(
        queues_at=_places(queues, "queue"),
        departments_at=_places(departments, "department"),
        factor_kinds=ArraySubquery(kinds),
        open_cases=Coalesce(Subquery(counted), 0),
    )


def _places(memberships: QuerySet[Any], of: str) -> ArraySubquery:
    """The fields of `At` for each."""
    at = JSONObject(pk=F(f"{of}__pk"), name=F(f"{of}__name"), is_active=F(f"{of}__is_active"))
    return ArraySubquery(memberships.filter(user=OuterRef("pk")).values(at=at))


def _invitation(person: User) -> Invitation | None:
    found = Invitation.objects.filter(user=person, accepted_at=None, withdrawn_at=None)
    return found.select_related("user", "invited_by").first()
