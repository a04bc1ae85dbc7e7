"""Creating and editing contracts (D1, D3)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from heliodesk.cases.models import Case
from heliodesk.cases.rules.contract_ending import say_contract_is_ending
from heliodesk.cases.rules.directory_changed import follow_contract_address
from heliodesk.core import changes
from heliodesk.core.rule import rule
from heliodesk.directory import access
from heliodesk.directory.models import Account, Contract, ContractStatus
from heliodesk.directory.models.contracts import ENDING
from heliodesk.directory.rules import refusals
from heliodesk.directory.rules.details import ADDRESS, CONTRACT, cleaned
from heliodesk.people.access import Actor

PARTS = ("status", "signed_on", "system_size_kw", "installer", "account")
FIELDS = (*CONTRACT, *PARTS)


@rule("D1", "K4")
def create_contract(account: Account, *, values: Mapping[str, Any], by: Actor) -> Contract:
    """A new contract of a homeowner.

    `values`: contract_id, address texts, status, signed_on, system_size_kw, external_id, and
    `installer`, which is the homeowner's Org where it is not given. Refuses for anybody but the
    directory's keepers (D1), under an installer account, without an Org, values that cannot be,
    and an ID that another has.
    """
    access.require_keeper(by=by, to="create contracts")
    given = {"contract_id": "", "street": "", "status": ContractStatus.ACTIVE} | dict(values)
    given["installer"] = given.get("installer") or account.parent
    contract = Contract(**checked(given | {"account": account}))
    require_ids_free(contract)
    contract.save(force_insert=True)
    changes.note_made(contract, "contract_created", FIELDS, by=by)
    return contract


@rule("D1", "D3", "K2", "K4")
def edit_contract(
    contract: Contract,
    *,
    values: Mapping[str, Any],
    seen: Mapping[str, str] | None = None,
    by: Actor,
) -> Contract:
    """Change the given fields; `seen` is what they were when the form was made.

    A new address also stands on the contract's cases; becoming Cancelled or Pending
    Cancellation is said on the open ones (D3). Refuses where another has changed a field since
    (K2), another account while there are cases, and as `create_contract` does.
    """
    access.require_keeper(by=by, to="edit contracts")
    contract = Contract.objects.select_for_update(of=("self",)).get(pk=contract.pk)
    changed = changes.settle(contract, checked(values), seen)
    if not changed:
        return contract
    if "account" in changed and Case.objects.filter(contract=contract.pk).exists():
        raise refusals.contract_moves_with_cases()
    require_ids_free(contract)
    contract.save(update_fields=list(changed))
    changes.note(contract, "contract_changed", changed, by=by)
    if changed.keys() & ADDRESS.keys():
        follow_contract_address(contract)
    if "status" in changed and contract.status in ENDING:
        say_contract_is_ending(contract, by=by)
    return contract


def checked(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values as they are kept; refuses parties, status and address that cannot be."""
    if "account" in values and values["account"].is_installer:
        raise refusals.contract_account_not_homeowner()
    if "installer" in values:
        require_installer(values["installer"])
    if "status" in values and values["status"] not in ContractStatus.values:
        raise refusals.contract_status_unknown()
    texts = cleaned(CONTRACT, values)
    if texts.get("street") == "":
        raise refusals.address_missing()
    return texts | {name: values[name] for name in PARTS if name in values}


def require_installer(installer: Account | None) -> None:
    """Refuse without an installer, or where it is no Org."""
    if installer is None:
        raise refusals.installer_missing()
    if not installer.is_installer:
        raise refusals.installer_not_org()


def require_ids_free(contract: Contract) -> None:
    """Refuse where another contract has this contract ID or external ID."""
    others = Contract.objects.exclude(pk=contract.pk)
    if others.filter(contract_id__iexact=contract.contract_id).exists():
        raise refusals.contract_id_taken()
    if contract.external_id and others.filter(external_id=contract.external_id).exists():
        raise refusals.external_id_taken()
