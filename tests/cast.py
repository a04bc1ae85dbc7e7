"""The cast of the tests: a small company, each of its people with one part, and an outsider.

`Cast` is a fixture's worth of rows; the functions below make more where a test needs more.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from heliodesk.assignments.models import STANDING, AssignmentStatus, CaseAssignment
from heliodesk.cases.models import (
    Case,
    CaseSource,
    CaseType,
    ClosedReason,
    Closure,
    Priority,
    RequestSubtype,
    RequestType,
    Status,
)
from heliodesk.core import clock
from heliodesk.directory.models import Account, AccountKind, Contact, ContactRole, Contract
from heliodesk.people.access import Actor, actor_for
from heliodesk.people.models import (
    Department,
    DepartmentMembership,
    Queue,
    QueueMembership,
    ReferralReason,
    Role,
    User,
)


@dataclass
class Cast:
    """Everybody and everything that the tests speak of."""

    frank: User  # frontline agent, creates cases
    fiona: User  # another frontline agent
    bea: User  # back office, homeowner queue
    bob: User  # back office, homeowner queue too
    ines: User  # back office, installer queue
    sue: User  # supervisor
    ada: User  # administrator
    dora: User  # member of the Sales department, in no role
    oscar: User  # outsider: member of a department without anything to do here

    homeowner_queue: Queue
    installer_queue: Queue
    sales: Department
    legal: Department
    sales_reason: ReferralReason
    legal_reason: ReferralReason  # of Legal, which asks for no managers

    org: Account  # Brightfield Solar
    other_org: Account
    org_contact: Contact  # operations at Brightfield
    other_org_contact: Contact
    homeowner: Account  # Maria Delgado
    signer: Contact  # Maria Delgado
    co_signer: Contact
    contract: Contract  # active
    cancelled: Contract  # of the same homeowner
    neighbour: Account
    neighbour_contact: Contact
    neighbour_contract: Contract

    billing: RequestType
    autopay: RequestSubtype
    performance: RequestType
    low_production: RequestSubtype
    phone: CaseSource
    email: CaseSource
    resolved: ClosedReason
    voided: ClosedReason
    duplicate: ClosedReason


def actor(user: User) -> Actor:
    """The user as a rule's `by`."""
    return actor_for(user, origin="test")


def user(username: str, role: str = Role.NONE, **fields: Any) -> User:
    """A new active user called after the username."""
    fields.setdefault("name", f"{username.title()} Tester")
    return User.objects.create(
        username=username, role=role, email=f"{username}@example.com", **fields
    )


def queue(name: str, slug: str, case_type: str, *members: User) -> Queue:
    """A queue with members."""
    made = Queue.objects.create(name=name, slug=slug, case_type=case_type)
    QueueMembership.objects.bulk_create([QueueMembership(queue=made, user=m) for m in members])
    return made


def department(name: str, slug: str, *members: User, **fields: Any) -> Department:
    """A department with members."""
    made = Department.objects.create(name=name, slug=slug, **fields)
    DepartmentMembership.objects.bulk_create(
        [DepartmentMembership(department=made, user=m) for m in members]
    )
    return made


def homeowner(name: str, org: Account) -> tuple[Account, Contact]:
    """A homeowner account under its Org, with the primary signer."""
    account = Account.objects.create(kind=AccountKind.HOMEOWNER, name=name, parent=org)
    signer = Contact.objects.create(
        account=account,
        name=name,
        role=ContactRole.PRIMARY_SIGNER,
        phone="(619) 555-0143",
        email=f"{name.split()[0].lower()}@example.org",
    )
    return account, signer


def contract(contract_id: str, account: Account, **fields: Any) -> Contract:
    """A contract of a homeowner with the installer that is the parent account."""
    fields.setdefault("installer", account.parent)
    fields.setdefault("street", "12 Fir Lane")
    fields.setdefault("city", "Fresno")
    fields.setdefault("state", "CA")
    fields.setdefault("postal_code", "93650")
    return Contract.objects.create(contract_id=contract_id, account=account, **fields)


def case(cast: Cast, **fields: Any) -> Case:
    """A homeowner case on the cast's contract, owned by Frank, unless `fields` say otherwise.

    Made straight in the table, for tests whose matter is not how a case is created. With
    `status=closed` it has its closure.
    """
    now: datetime = fields.pop("created_at", clock.now())
    if "owner_queue" in fields:
        fields.setdefault("owner_agent", None)
    values: dict[str, Any] = {
        "case_type": CaseType.HOMEOWNER,
        "status": Status.NEW,
        "priority": Priority.NORMAL,
        "account": cast.homeowner,
        "contact": cast.signer,
        "contract": cast.contract,
        "installer": cast.org,
        "customer_name": cast.homeowner.name,
        "property_address": cast.contract.address,
        "request_type": cast.billing,
        "request_subtype": cast.autopay,
        "source": cast.phone,
        "description": "Autopay was charged twice in October.",
        "owner_agent": cast.frank,
        "created_at": now,
        "created_by": cast.frank,
        "last_modified_at": now,
        "last_modified_by": cast.frank,
        "review_due_from": now,
    } | fields
    if values["status"] == Status.CLOSED:
        values.setdefault("closed_at", now)
    with transaction.atomic():
        made = Case.objects.create(**values)
        if made.closed_at:
            Closure.objects.create(
                case=made, reason=cast.resolved, closed_at=made.closed_at, closed_by=cast.frank
            )
    return made


def installer_case(cast: Cast, **fields: Any) -> Case:
    """An installer case at Brightfield by its operations contact, owned by Frank."""
    return case(
        cast,
        **{
            "case_type": CaseType.INSTALLER,
            "account": cast.org,
            "contact": cast.org_contact,
            "contract": None,
            "customer_name": cast.org.name,
            "property_address": "",
        }
        | fields,
    )


def assignment(cast: Cast, case: Case, **fields: Any) -> CaseAssignment:
    """A case assignment that stands with Sales, unless `fields` say otherwise.

    Accepted or completed it is Dora's, and ended by her with a word why. The case's status is left
    alone: rules settle it, this does not.
    """
    created_at = fields.pop("created_at", case.created_at)
    status = fields.get("status", AssignmentStatus.OPEN)
    defaults: dict[str, Any] = {
        "department": cast.sales,
        "reason": cast.sales_reason,
        "comments": "Who promised this?",
        "acted_at": created_at,
        "created_by": cast.frank,
    }
    if status in (AssignmentStatus.ACCEPTED, AssignmentStatus.COMPLETED):
        defaults |= {"assignee": cast.dora, "accepted_at": created_at}
    if status not in STANDING:
        defaults |= {"ended_at": created_at, "ended_by": cast.dora, "outcome": "Asked the rep."}
    fields = defaults | fields
    return CaseAssignment.objects.create(case=case, created_at=created_at, **fields)


def make_cast() -> Cast:
    """Insert the whole cast."""
    frank, fiona = user("frank", Role.FRONTLINE), user("fiona", Role.FRONTLINE)
    bea, bob = user("bea", Role.BACK_OFFICE), user("bob", Role.BACK_OFFICE)
    ines, sue = user("ines", Role.BACK_OFFICE), user("sue", Role.SUPERVISOR)
    ada, dora, oscar = user("ada", Role.ADMINISTRATOR), user("dora"), user("oscar")
    sales = department("Sales", "sales", dora, wants_managers=True)
    org = Account.objects.create(
        kind=AccountKind.INSTALLER, name="Brightfield Solar", account_manager=sue, sales_manager=ada
    )
    other_org = Account.objects.create(kind=AccountKind.INSTALLER, name="Cedar Ridge Energy")
    legal = department("Legal", "legal", oscar)
    maria, signer = homeowner("Maria Delgado", org)
    neighbour, neighbour_contact = homeowner("Tom Okafor", org)
    billing = RequestType.objects.create(name="Billing and payments", position=1)
    performance = RequestType.objects.create(name="System performance", position=2)
    return Cast(
        frank=frank,
        fiona=fiona,
        bea=bea,
        bob=bob,
        ines=ines,
        sue=sue,
        ada=ada,
        dora=dora,
        oscar=oscar,
        homeowner_queue=queue(
            "Back Office Task Queue – Homeowner", "homeowner", CaseType.HOMEOWNER, bea, bob
        ),
        installer_queue=queue(
            "Back Office Task Queue – Installer", "installer", CaseType.INSTALLER, ines
        ),
        sales=sales,
        legal=legal,
        sales_reason=ReferralReason.objects.create(department=sales, name="Sales promise"),
        legal_reason=ReferralReason.objects.create(department=legal, name="Attorney letter"),
        org=org,
        other_org=other_org,
        org_contact=Contact.objects.create(
            account=org, name="Priya Raman", role=ContactRole.OPERATIONS, email="ops@example.com"
        ),
        other_org_contact=Contact.objects.create(account=other_org, name="Lee Tran"),
        homeowner=maria,
        signer=signer,
        co_signer=Contact.objects.create(
            account=maria, name="Luis Delgado", role=ContactRole.CO_SIGNER
        ),
        contract=contract("C-1001", maria),
        cancelled=contract("C-0999", maria, status="cancelled", street="9 Old Road"),
        neighbour=neighbour,
        neighbour_contact=neighbour_contact,
        neighbour_contract=contract("C-2001", neighbour, street="14 Fir Lane"),
        billing=billing,
        autopay=RequestSubtype.objects.create(request_type=billing, name="Autopay"),
        performance=performance,
        low_production=RequestSubtype.objects.create(
            request_type=performance, name="Low production"
        ),
        phone=CaseSource.objects.create(name="Phone", channel="phone"),
        email=CaseSource.objects.create(name="Email", channel="email"),
        resolved=ClosedReason.objects.create(name="Resolved"),
        voided=ClosedReason.objects.create(name="Case Voided", is_case_voided=True),
        duplicate=ClosedReason.objects.create(name="Duplicate", set_by_system=True),
    )
