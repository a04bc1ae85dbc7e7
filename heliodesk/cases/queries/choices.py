"""What the forms of a new case offer, read in one statement, and what was chosen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from heliodesk.cases.models import CaseSource, CaseType, RequestSubtype, RequestType
from heliodesk.cases.request import Request
from heliodesk.core import rows
from heliodesk.directory.models import Account, Contact, ContactRole, ContractStatus

OFFERED = """
SELECT 'subtype' AS kind, s.id, s.name, t.id AS of_id, t.name AS of_name,
    t.position AS first, s.position AS second, '' AS more
FROM cases_requestsubtype s JOIN cases_requesttype t ON t.id = s.request_type_id
WHERE s.is_active AND t.is_active
    AND CASE WHEN %(homeowner)s THEN t.for_homeowner ELSE t.for_installer END
UNION ALL
SELECT 'source', id, name, 0, channel, position, 0, '' FROM cases_casesource WHERE is_active
UNION ALL
SELECT 'contact', id, name, account_id, role, 0, 0, '' FROM directory_contact
WHERE account_id = ANY(%(accounts)s) AND is_active
UNION ALL
SELECT 'contract', id, contract_id, account_id, status,
    array_position(%(first_offered)s, status::text), coalesce(date '2100-01-01' - signed_on, 99999),
    concat_ws(', ', nullif(street, ''), nullif(city, ''),
        nullif(trim(concat_ws(' ', state, postal_code)), ''))
FROM directory_contract WHERE account_id = ANY(%(accounts)s)
UNION ALL
SELECT 'jira', id, base_url, 0, '', 0, 0, '' FROM jira_jirasettings WHERE is_active
ORDER BY kind, first, of_name, second, name, id
"""

#: The contract offered first is the one that the issue most likely belongs to (H2); of two, the
#: newer one.
FIRST_OFFERED = [
    ContractStatus.ACTIVE.value,
    ContractStatus.PENDING.value,
    ContractStatus.COMPLETED.value,
    ContractStatus.PENDING_CANCELLATION.value,
    ContractStatus.CANCELLED.value,
]

Option = tuple[int, str]


@dataclass(frozen=True, slots=True)
class OfferedContract:
    """A contract of the customer, as their context and the selects show it."""

    pk: int
    contract_id: str
    status: str
    address: str

    @property
    def status_label(self) -> str:
        """The status in words."""
        return ContractStatus(self.status).label


@dataclass(slots=True)
class Choices:
    """The options of the selects; `subtypes` grouped by type as `dependent` wants them."""

    types: list[Option] = field(default_factory=list)
    subtypes: list[tuple[int, str, list[Option]]] = field(default_factory=list)
    sources: list[Option] = field(default_factory=list)
    source_of_channel: dict[str, int] = field(default_factory=dict)
    contacts: dict[int, list[Option]] = field(default_factory=dict)
    primary_signers: dict[int, int] = field(default_factory=dict)
    names: dict[int, str] = field(default_factory=dict)  # of the contacts, by their ID
    contracts: dict[int, list[OfferedContract]] = field(default_factory=dict)
    #: Whether there is a Jira to find tickets in (J1).
    has_jira: bool = False


def choices(case_type: str, *, accounts: Iterable[int]) -> Choices:
    """What a case of this type may be given: active types with their subtypes, sources, the
    contacts of `accounts` and their contracts in the order of H2 (H4, N3)."""
    params: dict[str, Any] = {
        "homeowner": case_type == CaseType.HOMEOWNER,
        "accounts": list(accounts),
        "first_offered": FIRST_OFFERED,
    }
    found = Choices()
    with connection.cursor() as cursor:
        cursor.execute(OFFERED, params)
        for kind, pk, name, of_id, of_name, _, _, more in cursor.fetchall():
            if kind == "contract":
                one = OfferedContract(pk, name, of_name, more)
                found.contracts.setdefault(of_id, []).append(one)
            elif kind == "jira":
                found.has_jira = True
            else:
                _put(found, kind, (pk, name), of_id, of_name)
    return found


def _put(found: Choices, kind: str, option: Option, of_id: int, of_name: str) -> None:
    if kind == "subtype":
        if not found.types or found.types[-1][0] != of_id:
            found.types.append((of_id, of_name))
            found.subtypes.append((of_id, of_name, []))
        found.subtypes[-1][2].append(option)
    elif kind == "source":
        found.sources.append(option)
        found.source_of_channel.setdefault(of_name, option[0])
    else:
        role = ContactRole(of_name)
        found.names[option[0]] = option[1]
        named = f"{option[1]} – {role.label}" if role != ContactRole.OTHER else option[1]
        found.contacts.setdefault(of_id, []).append((option[0], named))
        if role == ContactRole.PRIMARY_SIGNER:
            found.primary_signers.setdefault(of_id, option[0])


def chosen_request(
    cleaned: dict[str, Any], *contacts: str
) -> tuple[Request, dict[str, Contact | None]]:
    """The rows behind a sent form's request fields, and by name those behind the fields that name
    contacts, in one statement; None for what there is not (H4, N3)."""
    subtype, source, *people = rows.find_each(
        rows.Wanted(RequestSubtype, cleaned["request_subtype"], ("request_type",)),
        rows.Wanted(CaseSource, cleaned["source"]),
        *(rows.Wanted(Contact, cleaned[name], ("account",)) for name in contacts if cleaned[name]),
    )
    kind = subtype.request_type if subtype else None
    if kind is None or kind.pk != cleaned["request_type"]:
        kind = rows.find(RequestType, "id = %s", [cleaned["request_type"]])
    found = dict(zip((name for name in contacts if cleaned[name]), people, strict=True))
    request = Request(kind, subtype, cleaned["description"], source, cleaned["priority"])
    return request, {name: found.get(name) for name in contacts}


def contacts_by_id(*ids: int | None) -> dict[int | None, Contact]:
    """The contacts with these IDs, their accounts read along; none for IDs that there are not."""
    wanted = [one for one in ids if one]
    found = rows.find_each(*(rows.Wanted(Contact, one, ("account",)) for one in wanted))
    return {contact.pk: contact for contact in found if contact is not None}


def org_by_id(pk: int | None, *, known: Account) -> Account | None:
    """The account with this ID, without a statement where it is the one already known."""
    if pk is None or pk == known.pk:
        return known if pk else None
    return Account.objects.filter(pk=pk).first()
