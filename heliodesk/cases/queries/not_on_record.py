"""Contracts that may be those of a customer who is not on record (N5)."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection

from heliodesk.cases.models import Case, ContractGap
from heliodesk.directory.access import visible_contracts
from heliodesk.directory.models import ContractStatus
from heliodesk.directory.models.addresses import one_line
from heliodesk.directory.phones import digits
from heliodesk.people.access import Actor

SHOWN = 5
#: Shorter numbers are no phone numbers; of longer ones the last ten digits are compared.
PHONE_DIGITS = 7, 10

# Each arm reads one of the directory's trigram indexes: `%` finds what is roughly alike, the
# similarity then decides. On an address the house number has to be the same.
MAY_BE_THEIRS = r"""
WITH found (contract, why, likeness) AS (
    SELECT k.id, 'name', similarity(desk_folded(a.name), desk_folded(%(name)s))
    FROM directory_account a JOIN directory_contract k ON k.account_id = a.id
    WHERE %(name)s <> '' AND desk_folded(a.name) %% desk_folded(%(name)s)
    UNION ALL
    SELECT k.id, 'name', similarity(desk_folded(c.name), desk_folded(%(name)s))
    FROM directory_contact c JOIN directory_contract k ON k.account_id = c.account_id
    WHERE %(name)s <> '' AND desk_folded(c.name) %% desk_folded(%(name)s)
    UNION ALL
    SELECT id, 'address',
        similarity(
            desk_folded(street || ' ' || city || ' ' || postal_code), desk_folded(%(address)s))
    FROM directory_contract
    WHERE %(address)s <> ''
        AND desk_folded(street || ' ' || city || ' ' || postal_code)
            %% desk_folded(%(address)s)
        AND substring(street from '^\d+') IS NOT DISTINCT FROM substring(%(address)s from '^\d+')
    UNION ALL
    SELECT k.id, 'phone', 1
    FROM directory_account a JOIN directory_contract k ON k.account_id = a.id
    WHERE %(phone)s <> '' AND regexp_replace(a.phone, '\D', '', 'g') LIKE '%%' || %(phone)s
    UNION ALL
    SELECT k.id, 'phone', 1
    FROM directory_contact c JOIN directory_contract k ON k.account_id = c.account_id
    WHERE %(phone)s <> '' AND regexp_replace(c.phone, '\D', '', 'g') LIKE '%%' || %(phone)s
), best AS (
    SELECT contract, why, max(likeness) AS likeness FROM found
    WHERE likeness >= CASE why WHEN 'address' THEN 0.4 ELSE 0.55 END GROUP BY contract, why
)
SELECT contract, array_agg(why ORDER BY why) AS why
FROM best GROUP BY contract ORDER BY sum(likeness) DESC, contract DESC LIMIT %(limit)s
"""


@dataclass(frozen=True, slots=True)
class Somebody:
    """What is known of a customer who is not on record."""

    name: str = ""
    phone: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class MaybeTheirs:
    """A contract that may be theirs, with what is alike: name, address, phone."""

    contract_id: str
    customer: str
    address: str
    status: str
    why: tuple[str, ...]


def contracts_that_may_be_theirs(case: Case, *, by: Actor) -> list[MaybeTheirs]:
    """The contracts to propose on a case *not on record*, best first (N5); none on others."""
    if case.contract_gap != ContractGap.NOT_ON_RECORD:
        return []
    return contracts_for(
        Somebody(case.customer_name, case.customer_phone, case.property_address), by=by
    )


def contracts_for(somebody: Somebody, *, by: Actor) -> list[MaybeTheirs]:
    """Contracts with that name, address or phone, in whatever spelling; those to be seen (K6)."""
    known = _known(somebody)
    if not any(known.values()):
        return []
    with connection.cursor() as cursor:
        cursor.execute(MAY_BE_THEIRS, known | {"limit": SHOWN})
        found: dict[int, list[str]] = dict(cursor.fetchall())
    contracts = visible_contracts(by).select_related("account").in_bulk(list(found))
    return [
        MaybeTheirs(
            contract_id=one.contract_id,
            customer=one.account.name,
            address=one_line(one.street, one.city, one.state, one.postal_code),
            status=ContractStatus(one.status).label,
            why=tuple(found[pk]),
        )
        for pk, one in ((pk, contracts[pk]) for pk in found if pk in contracts)
    ]


def _known(somebody: Somebody) -> dict[str, str]:
    """What is compared: capitals without odd characters, and the last digits of the phone."""
    shortest, longest = PHONE_DIGITS
    phone = digits(somebody.phone)
    return {
        "name": _capitals(somebody.name),
        "address": _capitals(somebody.address),
        "phone": phone[-longest:] if len(phone) >= shortest else "",
    }


def _capitals(text: str) -> str:
    return " ".join(text.replace("\0", " ").upper().split())[:200]
