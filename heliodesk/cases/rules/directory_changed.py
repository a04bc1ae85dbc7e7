"""What a case keeps of the directory on its own row follows the directory (D1, H5).

The names and addresses that lists sort by are copies: bringing them up to date is no change to
the case (S4) and is not in its feed; the record of changes has the account's or contract's own.
"""

from __future__ import annotations

from heliodesk.cases.models import Case, ContractGap
from heliodesk.directory.models import Account, Contract


def follow_account_name(account: Account) -> None:
    """The account's new name on its cases, but those of homeowners not on record (N5)."""
    own = Case.objects.filter(account=account).exclude(contract_gap=ContractGap.NOT_ON_RECORD)
    own.update(customer_name=account.name)


def follow_contract_address(contract: Contract) -> None:
    """The contract's new property address on its cases."""
    Case.objects.filter(contract=contract).update(property_address=contract.address)
