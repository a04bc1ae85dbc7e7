"""The deliberate decisions that a case keeps (B6, H3)."""

from __future__ import annotations

from django.db import models

from heliodesk.cases.models.cases import Case
from heliodesk.directory.models import Contract, ContractStatus
from heliodesk.people.models import User


class DismissedMatch(models.Model):
    """A case that was shown as maybe the same issue, and was not (B6)."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="dismissed_matches")
    match = models.ForeignKey(Case, models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)

    class Meta:
        verbose_name_plural = "dismissed matches"
        constraints = [models.UniqueConstraint("case", "match", name="dismissed_match_once")]

    def __str__(self) -> str:
        return f"{self.match_id} is not {self.case_id}"


class ContractConfirmation(models.Model):
    """The deliberate yes to a case on a contract that has ended or is ending (H3, D3)."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="contract_confirmations")
    contract = models.ForeignKey(Contract, models.PROTECT, related_name="+", db_index=False)
    contract_status = models.CharField(max_length=24, choices=ContractStatus)
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)

    def __str__(self) -> str:
        return f"{self.contract_id} while {self.contract_status}"
