"""Creating and editing accounts (D1)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from heliodesk.cases.rules.directory_changed import follow_account_name
from heliodesk.core import changes
from heliodesk.core.rule import rule
from heliodesk.directory import access
from heliodesk.directory.models import Account, AccountKind
from heliodesk.directory.rules import refusals
from heliodesk.directory.rules.details import ACCOUNT, cleaned
from heliodesk.people.access import Actor

PARTIES = ("parent", "account_manager", "sales_manager")
FIELDS = (*ACCOUNT, *PARTIES)


@rule("D1", "K4")
def create_account(*, kind: str, values: Mapping[str, Any], by: Actor) -> Account:
    """A new installer or homeowner account.

    `values` are its fields: texts, and rows for `parent`, `account_manager`, `sales_manager`.
    Refuses for anybody but the directory's keepers (D1), an unknown kind, values that cannot be,
    and an external ID that another has.
    """
    access.require_keeper(by=by, to="create accounts")
    if kind not in AccountKind.values:
        raise refusals.account_kind_unknown()
    account = Account(kind=kind, **checked(kind, {"name": ""} | dict(values)))
    require_external_id_free(account)
    account.save(force_insert=True)
    changes.note_made(account, "account_created", ("kind", *FIELDS), by=by)
    return account


@rule("D1", "K2", "K4")
def edit_account(
    account: Account,
    *,
    values: Mapping[str, Any],
    seen: Mapping[str, str] | None = None,
    by: Actor,
) -> Account:
    """Change the given fields; a new name also stands on the account's cases.

    `seen` is what the fields were when the form was made: refuses where another has changed one of
    them since (K2), another kind, and as `create_account` does.
    """
    access.require_keeper(by=by, to="edit accounts")
    account = Account.objects.select_for_update().get(pk=account.pk)
    if values.get("kind", account.kind) != account.kind:
        raise refusals.account_kind_stays()
    changed = changes.settle(account, checked(account.kind, values), seen)
    if not changed:
        return account
    require_external_id_free(account)
    account.save(update_fields=list(changed))
    if "name" in changed:
        follow_account_name(account)
    changes.note(account, "account_changed", changed, by=by)
    return account


def checked(kind: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """The values as they are kept; refuses a parent or managers that do not fit the kind."""
    parent: Account | None = values.get("parent")
    if kind == AccountKind.INSTALLER and parent is not None:
        raise refusals.installer_has_no_parent()
    if parent is not None and not parent.is_installer:
        raise refusals.parent_not_installer()
    if kind == AccountKind.HOMEOWNER and (
        values.get("account_manager") or values.get("sales_manager")
    ):
        raise refusals.managers_of_installer()
    parties = {name: values[name] for name in PARTIES if name in values}
    return cleaned(ACCOUNT, values) | parties


def require_external_id_free(account: Account) -> None:
    """Refuse where another account has this external ID."""
    others = Account.objects.filter(external_id=account.external_id).exclude(pk=account.pk)
    if account.external_id and others.exists():
        raise refusals.external_id_taken()
