"""Accounts of an export, whole sets at a time: Orgs first, then homeowners under them."""

from __future__ import annotations

from heliodesk.core.refusal import Refused
from heliodesk.directory.rules import refusals
from heliodesk.integrations.salesforce.mapping import Columns
from heliodesk.integrations.salesforce.sets import (
    compare,
    insert,
    record,
    refuse,
    refuse_again,
    run,
    update,
)
from heliodesk.integrations.salesforce.staging import ACCOUNT
from heliodesk.people.access import Actor

MANAGERS = ("account_manager", "sales_manager")
INSTALLER, HOMEOWNER = "i.kind = 'installer'", "i.kind = 'homeowner'"


def id_twice() -> Refused:
    """The file has this ID before."""
    return refusals.refused(
        "id_twice", "The same Id stands on an earlier row. Keep one of them.", "external_id"
    )


def bring_in(columns: Columns | None, *, by: Actor) -> None:
    """Check the staged accounts and put those that are not refused on the desk (D1)."""
    if columns is None:
        return
    match()
    settle_kinds()
    refuse(ACCOUNT, refusals.installer_has_no_parent, f"{INSTALLER} AND i.parent_ref <> ''")
    find_managers()
    texts = {"name"} | columns.positions.keys() | {p for one in columns.addresses for p in one}
    given = [name for name in ACCOUNT.fields if name in texts]
    put(INSTALLER, [*given, *(f"{name}_id" for name in MANAGERS if name in texts)])
    find_parents()
    put(HOMEOWNER, [*given, *(["parent_id"] if "parent" in texts else [])])
    follow_names()
    record(ACCOUNT, made="account_created", changed="account_changed", by=by)


def match() -> None:
    """Which accounts are on the desk already."""
    refuse_again(ACCOUNT, id_twice, "external_id")
    run(
        "UPDATE import_account i SET target_id = t.id FROM directory_account t "
        "WHERE t.external_id = i.external_id AND i.external_id <> '' AND i.refusal = ''"
    )


def settle_kinds() -> None:
    """An account that does not say its kind, or only a record type's ID, has it from the desk or
    from how the others speak of it; one whose kind stays unknown, or changes, is refused."""
    run(
        """UPDATE import_account i SET kind = CASE
            WHEN t.kind IS NOT NULL THEN t.kind
            WHEN i.parent_ref <> '' THEN 'homeowner'
            WHEN i.external_id IN (SELECT account_ref FROM import_contract) THEN 'homeowner'
            WHEN i.external_id IN (SELECT parent_ref FROM import_account)
              OR i.name IN (SELECT parent_ref FROM import_account)
              OR i.external_id IN (SELECT installer_ref FROM import_contract)
              OR i.name IN (SELECT installer_ref FROM import_contract) THEN 'installer'
            ELSE '' END
        FROM import_account s LEFT JOIN directory_account t ON t.id = s.target_id
        WHERE s.file = i.file AND s.line = i.line AND i.refusal = '' AND i.kind = ''
          AND (i.kind_said = '' OR i.kind_said LIKE '012%')"""
    )
    refuse(ACCOUNT, refusals.account_kind_unknown, "i.kind = ''")
    refuse(
        ACCOUNT,
        refusals.account_kind_stays,
        "EXISTS (SELECT FROM directory_account t WHERE t.id = i.target_id AND t.kind <> i.kind)",
    )


def find_managers() -> None:
    """The person whom an Org's manager column names by email, ID or name; the one on the desk
    stays where it names nobody here. On homeowners it is the Org's own, seen through."""
    run(f"UPDATE import_account i SET account_manager = '', sales_manager = '' WHERE {HOMEOWNER}")
    for name in MANAGERS:
        run(
            f"""UPDATE import_account i SET {name}_id = COALESCE((
                SELECT CASE WHEN count(*) = 1 THEN min(u.id) END FROM people_user u
                WHERE i.{name} <> '' AND (u.external_id = i.{name} OR u.is_active
                    AND lower(i.{name}) IN (lower(u.email), lower(u.name)))
            ), (SELECT t.{name}_id FROM directory_account t WHERE t.id = i.target_id))
            WHERE {INSTALLER} AND i.refusal = ''"""
        )


def find_parents() -> None:
    """The Org that a homeowner's parent column names by ID or by name; an empty one changes
    nothing."""
    run(
        f"""UPDATE import_account i SET parent_id = t.parent_id FROM directory_account t
        WHERE t.id = i.target_id AND i.parent_ref = '' AND {HOMEOWNER}"""
    )
    run(
        f"""UPDATE import_account i SET parent_id = t.id FROM directory_account t
        WHERE t.external_id = i.parent_ref AND i.parent_ref <> '' AND {HOMEOWNER}"""
    )
    refuse(
        ACCOUNT,
        refusals.parent_ambiguous,
        f"""{HOMEOWNER} AND i.parent_id IS NULL AND upper(i.parent_ref) IN (
            SELECT upper(name) FROM directory_account WHERE kind = 'installer'
            GROUP BY 1 HAVING count(*) > 1)""",
    )
    run(
        f"""UPDATE import_account i SET parent_id = t.id FROM directory_account t
        WHERE upper(t.name) = upper(i.parent_ref) AND t.kind = 'installer' AND i.refusal = ''
          AND i.parent_id IS NULL AND i.parent_ref <> '' AND {HOMEOWNER}"""
    )
    refuse(
        ACCOUNT,
        refusals.parent_not_installer,
        """i.parent_id IS NULL AND i.parent_ref IN (
            SELECT external_id FROM import_account WHERE kind = 'homeowner' AND refusal = '')""",
    )
    refuse(ACCOUNT, refusals.parent_unknown, "i.parent_ref <> '' AND i.parent_id IS NULL")
    refuse(
        ACCOUNT,
        refusals.parent_not_installer,
        """EXISTS (SELECT FROM directory_account t WHERE t.id = i.parent_id
                   AND t.kind <> 'installer')""",
    )


def put(kind: str, fields: list[str]) -> None:
    """Insert and update the accounts of one kind."""
    compare(ACCOUNT, fields, kind)
    update(ACCOUNT, fields, kind)
    insert(ACCOUNT, {"kind": "i.kind"}, kind)


def follow_names() -> None:
    """New names on the accounts' cases, as the rule has it."""
    run(
        """UPDATE cases_case c SET customer_name = i.name FROM import_account i
        WHERE c.account_id = i.target_id AND c.contract_gap <> 'not_on_record'
          AND i.refusal = '' AND NOT i.made AND i.changes ? 'name'"""
    )
