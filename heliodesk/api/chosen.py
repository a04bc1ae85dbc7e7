"""What a body names, as the rows that rules take; a refusal names the field."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

from django.db.models import Model, QuerySet

from heliodesk.api.bodies import UnderContract
from heliodesk.cases import access
from heliodesk.cases.models import Case, Priority
from heliodesk.cases.rules.jira_links import Ticket
from heliodesk.core.refusal import NotFound, Refused
from heliodesk.directory import access as directory
from heliodesk.directory.models import Account, Contact, Contract
from heliodesk.integrations.jira.tickets import read_tickets
from heliodesk.people.access import Actor
from heliodesk.people.models import Queue, User

M = TypeVar("M", bound=Model)
PRIORITIES = {"high": Priority.HIGH, "normal": Priority.NORMAL}


def row(rows: QuerySet[M], pk: int | None, field: str) -> M | None:
    """The row with this ID among `rows`; None for none, refused where there is no such one."""
    return None if pk is None else found(rows.filter(pk=pk).first(), pk, field)


def by_slug(rows: QuerySet[M], slug: str, field: str) -> M:
    """The queue or department of this slug."""
    return found(rows.filter(slug=slug).first(), slug, field)


def account(pk: int | None, field: str, *, by: Actor) -> Account | None:
    """An account that `by` may see (K6)."""
    return row(directory.visible_accounts(by).select_related("parent"), pk, field)


def contact(pk: int | None, field: str, *, by: Actor) -> Contact | None:
    """A contact that `by` may see (K6)."""
    return row(directory.visible_contacts(by).select_related("account"), pk, field)


def contract(contract_id: str | None, field: str, *, by: Actor) -> Contract | None:
    """A contract that `by` may see, by its contract ID (K6)."""
    if contract_id is None:
        return None
    try:
        return directory.get_contract(contract_id, by=by)
    except NotFound as error:
        raise unknown(contract_id, field) from error


def under_contract(body: UnderContract, *, by: Actor) -> dict[str, Any]:
    """The contract and who goes with it, as the rules of H1 to H3 and H8 take them."""
    chosen = contract(body.contract_id, "contract_id", by=by)
    installer = account(body.installer, "installer", by=by)
    return {
        "contract": chosen,
        "contact": contact(body.contact, "contact", by=by),
        "installer": installer or (chosen.installer if chosen else None),
        "installer_contact": contact(body.installer_contact, "installer_contact", by=by),
        "cancelled_contract_confirmed": body.cancelled_contract_confirmed,
    }


def case(number: str | None, field: str, *, by: Actor) -> Case | None:
    """A case that `by` may see, by its number (K6)."""
    if number is None:
        return None
    try:
        return access.get_case(number, by=by)
    except NotFound as error:
        raise unknown(number, field) from error


def tickets(texts: Sequence[str], field: str) -> list[Ticket]:
    """Jira tickets by their keys or URLs (J1); refuses as `read_tickets`, naming the field."""
    with called(ticket=field):
        return read_tickets("\n".join(texts))


def owner(agent: int | None, queue: str | None) -> User | Queue:
    """Exactly one of an agent by ID and a queue by slug (Q1)."""
    if (agent is None) == (queue is None):
        raise Refused(
            "owner_is_one",
            "Give one of `agent` (an ID) and `queue` (a slug), and not the other.",
            rule="Q1",
            field="agent",
        )
    if queue is not None:
        return by_slug(Queue.objects.all(), queue, "queue")
    return found(User.objects.filter(pk=agent or 0).first(), agent, "agent")


def found(one: M | None, asked: Any, field: str) -> M:
    """The row; refused where there is none."""
    if one is None:
        raise unknown(asked, field)
    return one


def unknown(asked: Any, field: str) -> Refused:
    """What is said of a reference that leads nowhere."""
    return Refused(
        "reference_unknown",
        f"“{str(asked)[:40]}” is nothing that `{field}` can name, or not for this token to see.",
        rule="K6",
        field=field,
    )


@contextmanager
def called(**sent_as: str) -> Iterator[None]:
    """A rule's refusals name a field as the body does: `called(reason="closed_reason")`."""
    try:
        yield
    except Refused as refused:
        refused.field = sent_as.get(refused.field or "", refused.field)
        raise
