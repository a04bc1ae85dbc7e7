"""Contacts of an export, whole sets at a time."""

from __future__ import annotations

from heliodesk.directory.rules import refusals
from heliodesk.integrations.salesforce.accounts import id_twice
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
from heliodesk.integrations.salesforce.staging import CONTACT
from heliodesk.people.access import Actor


def bring_in(columns: Columns | None, *, by: Actor) -> None:
    """Check the staged contacts and put those that are not refused on the desk (D1).

    There are some without a file of their own where accounts are person accounts.
    """
    merge_person_accounts()
    match()
    keep_open_roles()
    known = columns.positions.keys() if columns else {"phone", "email"}
    given = [n for n in CONTACT.fields if n in {"name", "role", "account_id"} | known]
    compare(CONTACT, given)
    update(CONTACT, given)
    insert(CONTACT, {"is_active": "COALESCE(i.is_active, true)"})
    record(CONTACT, made="contact_added", changed="contact_changed", by=by)


def merge_person_accounts() -> None:
    """A person account's contact is also in an export of contacts: that row is taken, as the
    primary signer."""
    same = "o.account_ref = d.account_ref AND d.of_person_account = 'true'"
    run(
        f"""UPDATE import_contact o SET role = 'primary_signer' FROM import_contact d
        WHERE {same} AND o.of_person_account = 'false' AND o.refusal = ''"""
    )
    run(
        f"""DELETE FROM import_contact d USING import_contact o
        WHERE {same} AND o.of_person_account = 'false' AND o.refusal = ''"""
    )


def match() -> None:
    """Which contacts are on the desk already, and of which account each is."""
    refuse_again(CONTACT, id_twice, "external_id")
    run(
        "UPDATE import_contact i SET target_id = t.id FROM directory_contact t "
        "WHERE t.external_id = i.external_id AND i.external_id <> '' AND i.refusal = ''"
    )
    run(
        "UPDATE import_contact i SET account_id = a.id FROM directory_account a "
        "WHERE a.external_id = i.account_ref AND i.account_ref <> '' AND i.refusal = ''"
    )
    refuse(CONTACT, refusals.account_unknown, "i.account_id IS NULL")
    refuse(
        CONTACT,
        refusals.contact_moves_with_cases,
        """EXISTS (SELECT FROM directory_contact t WHERE t.id = i.target_id
              AND t.account_id <> i.account_id
              AND (EXISTS (SELECT FROM cases_case c WHERE c.contact_id = t.id)
                OR EXISTS (SELECT FROM cases_case c WHERE c.installer_id = t.account_id
                           AND c.installer_contact_id = t.id)))""",
    )


def keep_open_roles() -> None:
    """A role that is not told stays as it is on the desk. Of a homeowner's new contacts the first,
    or the one who is called like the account, is the primary signer where there is none."""
    run(
        """UPDATE import_contact i SET role = t.role FROM directory_contact t
        WHERE t.id = i.target_id AND i.role = ''"""
    )
    run(
        """UPDATE import_contact i SET role = 'primary_signer' FROM (
            SELECT DISTINCT ON (s.account_id) s.file, s.line
            FROM import_contact s JOIN directory_account a ON a.id = s.account_id
            WHERE s.refusal = '' AND s.role = '' AND a.kind = 'homeowner'
              AND NOT EXISTS (SELECT FROM directory_contact t
                              WHERE t.account_id = a.id AND t.role = 'primary_signer')
              AND s.account_id NOT IN (SELECT account_id FROM import_contact
                                       WHERE role = 'primary_signer' AND account_id IS NOT NULL)
            ORDER BY s.account_id, upper(s.name) = upper(a.name) DESC, s.file, s.line
        ) first WHERE first.file = i.file AND first.line = i.line AND i.role = ''"""
    )
    run("UPDATE import_contact SET role = 'other' WHERE role = ''")
