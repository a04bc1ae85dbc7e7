"""The set-up and the people of the measured desk: small, always the same."""

from __future__ import annotations

from dataclasses import dataclass

from heliodesk.cases.models import CaseSource, CaseType, ClosedReason, RequestSubtype, RequestType
from heliodesk.people.models import DeskSettings, Queue, QueueMembership, Role, User

FRONTLINE = 20
BACK_OFFICE = 50
TYPES = {
    "Billing and payments": ("Autopay or payment method", "Bill higher than expected", "Refund"),
    "System performance": ("System not producing", "Inverter fault", "Production guarantee claim"),
    "Monitoring and app": ("Gateway offline", "App sign-in", "Readings missing or wrong"),
    "Installation": ("Schedule", "Permit or inspection", "Workmanship"),
    "Service and repair": ("Roof leak", "Technician missed the appointment", "Warranty"),
    "Contract changes": ("Change order", "Signer correction", "Copy of the contract"),
    "Transfer of ownership": ("Sale of the home", "Inheritance", "Payoff quote"),
    "Sales concerns": ("Promise outside the contract", "Sales rep does not answer", "Conduct"),
}


@dataclass(frozen=True)
class Company:
    """IDs that the generator and the clients need."""

    frontline: list[int]
    back_office: list[int]
    queues: dict[str, int]  # case type to queue
    subtypes: list[tuple[int, int]]  # type, subtype
    sources: list[int]
    reasons: list[int]


def make() -> Company:
    """Insert set-up data, queues and agents; every back-office agent works both queues."""
    DeskSettings.objects.get_or_create(pk=1)
    front = [_user(f"front{n:02d}", Role.FRONTLINE) for n in range(FRONTLINE)]
    back = [_user(f"back{n:02d}", Role.BACK_OFFICE) for n in range(BACK_OFFICE)]
    queues = {case_type.value: _queue(case_type, back) for case_type in CaseType}
    sources = [
        CaseSource.objects.create(name=channel.title(), channel=channel)
        for channel in ("phone", "chat", "email", "web")
    ]
    reasons = [ClosedReason.objects.create(name=name) for name in ("Resolved", "Information given")]
    return Company(
        frontline=[user.pk for user in front],
        back_office=[user.pk for user in back],
        queues={case_type: queue.pk for case_type, queue in queues.items()},
        subtypes=_subtypes(),
        sources=[source.pk for source in sources],
        reasons=[reason.pk for reason in reasons],
    )


def _user(username: str, role: Role) -> User:
    return User.objects.create(username=username, name=f"Agent {username.title()}", role=role)


def _queue(case_type: CaseType, members: list[User]) -> Queue:
    queue = Queue.objects.create(
        name=f"Back Office Task Queue – {case_type.name.title()}",
        slug=case_type.value,
        case_type=case_type,
    )
    QueueMembership.objects.bulk_create(
        [QueueMembership(queue=queue, user=member) for member in members]
    )
    return queue


def _subtypes() -> list[tuple[int, int]]:
    made = []
    for position, (name, subtypes) in enumerate(TYPES.items()):
        request_type = RequestType.objects.create(name=name, position=position)
        for subtype in subtypes:
            child = RequestSubtype.objects.create(request_type=request_type, name=subtype)
            made.append((request_type.pk, child.pk))
    return made
