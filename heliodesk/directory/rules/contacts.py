"""Adding and editing contacts (D1)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from heliodesk.cases.models import Case
from heliodesk.core import changes
from heliodesk.core.rule import rule
from heliodesk.directory import access
from heliodesk.directory.models import Account, Contact, ContactRole
from heliodesk.directory.rules import refusals
from heliodesk.directory.rules.details import CONTACT, cleaned
from heliodesk.people.access import Actor

PARTS = ("role", "is_active", "account")
FIELDS = (*CONTACT, *PARTS)


@rule("D1", "K4")
def add_contact(account: Account, *, values: Mapping[str, Any], by: Actor) -> Contact:
    """A new person of the account. Frontline agents may as well.

    `values`: name, role, email, phone, external_id. Refuses for anybody outside Support (D1),
    values that cannot be, and an external ID that another has.
    """
    access.require_contact_adder(by=by)
    kept = checked({"name": "", "role": ContactRole.OTHER} | dict(values) | {"account": account})
    contact = Contact(**kept)
    require_external_id_free(contact)
    contact.save(force_insert=True)
    changes.note_made(contact, "contact_added", FIELDS, by=by)
    return contact


@rule("D1", "K2", "K4")
def edit_contact(
    contact: Contact,
    *,
    values: Mapping[str, Any],
    seen: Mapping[str, str] | None = None,
    by: Actor,
) -> Contact:
    """Change the given fields; `seen` is what they were when the form was made.

    Refuses where another has changed one of them since (K2), another account where the contact has
    cases, for anybody but the directory's keepers (D1), and as `add_contact` does.
    """
    access.require_keeper(by=by, to="edit contacts")
    contact = Contact.objects.select_for_update(of=("self",)).get(pk=contact.pk)
    earlier = contact.account_id
    changed = changes.settle(contact, checked(values), seen)
    if not changed:
        return contact
    if "account" in changed and has_cases(contact.pk, earlier):
        raise refusals.contact_moves_with_cases()
    require_external_id_free(contact)
    contact.save(update_fields=list(changed))
    changes.note(contact, "contact_changed", changed, by=by)
    return contact


def checked(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values as they are kept; refuses a role that there is not."""
    if values.get("role", ContactRole.OTHER) not in ContactRole.values:
        raise refusals.refused(
            "contact_role_unknown", "Choose a role from the list, such as Other.", "role"
        )
    return cleaned(CONTACT, values) | {name: values[name] for name in PARTS if name in values}


def has_cases(contact_id: int, account_id: int) -> bool:
    """Whether the contact stands on a case, as the customer's or the installer's contact."""
    as_installer = Case.objects.filter(installer=account_id, installer_contact=contact_id)
    return Case.objects.filter(contact=contact_id).exists() or as_installer.exists()


def require_external_id_free(contact: Contact) -> None:
    """Refuse where another contact has this external ID."""
    others = Contact.objects.filter(external_id=contact.external_id).exclude(pk=contact.pk)
    if contact.external_id and others.exists():
        raise refusals.external_id_taken()
