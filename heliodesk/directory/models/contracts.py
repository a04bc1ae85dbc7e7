"""Contracts: a homeowner's agreements."""

from __future__ import annotations

from django.db import models

from heliodesk.directory.models.accounts import Account
from heliodesk.directory.models.addresses import PropertyAddress


class ContractStatus(models.TextChoices):
    """Where a contract stands."""

    ACTIVE = "active", "Active"
    PENDING = "pending", "Pending"
    PENDING_CANCELLATION = "pending_cancellation", "Pending Cancellation"
    CANCELLED = "cancelled", "Cancelled"
    COMPLETED = "completed", "Completed"


#: On a contract of these a new case asks for a deliberate yes (H3, D3).
ENDING = frozenset({ContractStatus.CANCELLED, ContractStatus.PENDING_CANCELLATION})


class Contract(PropertyAddress):
    """A homeowner's agreement at one property address, with one installer (Org).

    PostgreSQL holds that the account is a homeowner and the installer an Org.
    """

    contract_id = models.CharField(max_length=40, unique=True, verbose_name="contract ID")
    account = models.ForeignKey(Account, models.PROTECT, related_name="contracts")
    installer = models.ForeignKey(Account, models.PROTECT, related_name="installed_contracts")
    status = models.CharField(max_length=24, choices=ContractStatus, default=ContractStatus.ACTIVE)
    signed_on = models.DateField(null=True, blank=True)
    system_size_kw = models.DecimalField(
        max_digits=7, decimal_places=2, null=True, blank=True, verbose_name="system size (kW DC)"
    )
    external_id = models.CharField(max_length=40, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="contract_status_is_known",
                condition=models.Q(status__in=ContractStatus.values),
            ),
            models.CheckConstraint(name="contract_has_id", condition=~models.Q(contract_id="")),
            # What a case's (contract, account) refers to.
            models.UniqueConstraint("id", "account", name="contract_of_account"),
            models.UniqueConstraint(
                "external_id", name="contract_external_id_once", condition=~models.Q(external_id="")
            ),
        ]

    def __str__(self) -> str:
        return self.contract_id

    @property
    def is_ending(self) -> bool:
        """True for Cancelled and Pending Cancellation (H3)."""
        return self.status in ENDING
