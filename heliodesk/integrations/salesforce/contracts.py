"""Contracts of an export, whole sets at a time."""

from __future__ import annotations

from heliodesk.cases.rules.contract_ending import say_contract_is_ending
from heliodesk.core.refusal import Refused
from heliodesk.directory.models import Contract
from heliodesk.directory.models.contracts import ENDING
from heliodesk.directory.rules import refusals
from heliodesk.integrations.salesforce.accounts import id_twice
from heliodesk.integrations.salesforce.mapping import Columns
from heliodesk.integrations.salesforce.sets import (
    column,
    compare,
    insert,
    record,
    refuse,
    refuse_again,
    run,
    update,
)
from heliodesk.integrations.salesforce.staging import ADDRESS, CONTRACT
from heliodesk.people.access import Actor


def contract_id_twice() -> Refused:
    """The file has this contract before."""
    return refusals.refused(
        "contract_id_twice",
        "The same contract ID stands on an earlier row. Keep one of them.",
        "contract_id",
    )


def bring_in(columns: Columns | None, *, by: Actor, telling: bool = True) -> None:
    """Check the staged contracts and put those that are not refused on the desk (D1); with
    `telling`, those that end say so on their open cases (D3)."""
    if columns is None:
        return
    match()
    find_account()
    find_installer()
    find_address()
    parts = {part for one in columns.addresses for part in one}
    known = {"contract_id", "account_id", "installer_id"} | columns.positions.keys() | parts
    given = ["external_id", *(name for name in CONTRACT.fields if name in known)]
    compare(CONTRACT, given)
    update(CONTRACT, given)
    insert(CONTRACT, {})
    follow_addresses()
    record(CONTRACT, made="contract_created", changed="contract_changed", by=by)
    if telling:
        say_what_ends(by=by)


def match() -> None:
    """Which contracts are on the desk already: by the export's ID, or else, where only one side
    has such an ID, by the contract ID."""
    refuse_again(CONTRACT, id_twice, "external_id")
    refuse_again(CONTRACT, contract_id_twice, "upper(contract_id)")
    run(
        "UPDATE import_contract i SET target_id = t.id FROM directory_contract t "
        "WHERE t.external_id = i.external_id AND i.external_id <> '' AND i.refusal = ''"
    )
    run(
        """UPDATE import_contract i SET target_id = t.id FROM directory_contract t
        WHERE i.target_id IS NULL AND upper(t.contract_id) = upper(i.contract_id)
          AND i.refusal = '' AND (t.external_id = '' OR i.external_id = '')"""
    )
    refuse_again(CONTRACT, contract_id_twice, "target_id::text")
    refuse(
        CONTRACT,
        refusals.contract_id_taken,
        """EXISTS (SELECT FROM directory_contract t WHERE upper(t.contract_id) =
           upper(i.contract_id) AND t.id IS DISTINCT FROM i.target_id)""",
    )
    run(
        """UPDATE import_contract i SET external_id = t.external_id FROM directory_contract t
        WHERE t.id = i.target_id AND i.external_id = ''"""
    )


def find_account() -> None:
    """The homeowner of each; a contract with cases stays with its own (H8)."""
    run(
        "UPDATE import_contract i SET account_id = a.id FROM directory_account a "
        "WHERE a.external_id = i.account_ref AND i.account_ref <> '' AND i.refusal = ''"
    )
    refuse(CONTRACT, refusals.account_unknown, "i.account_id IS NULL")
    refuse(
        CONTRACT,
        refusals.contract_account_not_homeowner,
        """EXISTS (SELECT FROM directory_account a WHERE a.id = i.account_id
                   AND a.kind <> 'homeowner')""",
    )
    refuse(
        CONTRACT,
        refusals.contract_moves_with_cases,
        """EXISTS (SELECT FROM directory_contract t JOIN cases_case c ON c.contract_id = t.id
                   WHERE t.id = i.target_id AND t.account_id <> i.account_id)""",
    )


def find_installer() -> None:
    """The Org that the installer column names by ID or name; where it is empty, the one on the
    desk, or the homeowner's parent account."""
    run(
        """UPDATE import_contract i SET installer_id = COALESCE(t.installer_id, a.parent_id)
        FROM import_contract s JOIN directory_account a ON a.id = s.account_id
        LEFT JOIN directory_contract t ON t.id = s.target_id
        WHERE s.file = i.file AND s.line = i.line AND i.installer_ref = ''"""
    )
    refuse(CONTRACT, refusals.installer_missing, "i.installer_ref = '' AND i.installer_id IS NULL")
    run(
        """UPDATE import_contract i SET installer_id = t.id FROM directory_account t
        WHERE t.external_id = i.installer_ref AND i.installer_ref <> ''"""
    )
    refuse(
        CONTRACT,
        refusals.installer_ambiguous,
        """i.installer_id IS NULL AND upper(i.installer_ref) IN (
            SELECT upper(name) FROM directory_account WHERE kind = 'installer'
            GROUP BY 1 HAVING count(*) > 1)""",
    )
    run(
        """UPDATE import_contract i SET installer_id = t.id FROM directory_account t
        WHERE upper(t.name) = upper(i.installer_ref) AND t.kind = 'installer'
          AND i.installer_id IS NULL AND i.refusal = ''"""
    )
    refuse(CONTRACT, refusals.installer_unknown, "i.installer_id IS NULL")
    refuse(
        CONTRACT,
        refusals.installer_not_org,
        """EXISTS (SELECT FROM directory_account t WHERE t.id = i.installer_id
                   AND t.kind <> 'installer')""",
    )


def find_address() -> None:
    """Where the export has no street: the address on the desk, or the homeowner's."""
    for table, key in (("directory_contract", "target_id"), ("directory_account", "account_id")):
        parts = ", ".join(f"{part} = t.{part}" for part in ADDRESS)
        run(
            f"UPDATE import_contract i SET {parts} FROM {table} t "
            f"WHERE t.id = i.{key} AND COALESCE(i.street, '') = '' AND i.refusal = ''"
        )
    refuse(CONTRACT, refusals.address_missing, "COALESCE(i.street, '') = ''")


def follow_addresses() -> None:
    """New addresses on the contracts' cases, as the rule has it."""
    run(
        """UPDATE cases_case c SET property_address = concat_ws(', ', NULLIF(t.street, ''),
            NULLIF(t.city, ''), NULLIF(concat_ws(' ', NULLIF(t.state, ''),
            NULLIF(t.postal_code, '')), ''))
        FROM import_contract i JOIN directory_contract t ON t.id = i.target_id
        WHERE c.contract_id = t.id AND i.refusal = '' AND NOT i.made
          AND i.changes ?| array['street', 'city', 'state', 'postal_code']"""
    )


def say_what_ends(*, by: Actor) -> None:
    """Contracts that became Cancelled or Pending Cancellation say so on their open cases (D3)."""
    ending = column(
        """SELECT i.target_id FROM import_contract i WHERE i.refusal = '' AND NOT i.made
        AND i.changes ? 'status' AND i.status = ANY(%s) ORDER BY 1""",
        sorted(ENDING),
    )
    for contract in Contract.objects.filter(pk__in=ending).order_by("pk"):
        say_contract_is_ending(contract, by=by)
