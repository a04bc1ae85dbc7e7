"""What administrators keep as a list to choose from: reasons, types, sources."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models


class Choice(models.Model):
    """One of a list to choose from, in an order. What is in use is retired, never deleted: it
    stays where it was chosen, and is not offered any more."""

    noun: ClassVar[str]  # what a refusal calls it
    procedure: ClassVar[str]  # whose number a refusal names
    of: ClassVar[str] = ""  # the field of what it belongs to, where each has a list of its own

    name = models.CharField(max_length=120)
    is_active = models.BooleanField(default=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        abstract = True

    @property
    def is_fixed(self) -> bool:
        """Whether the desk itself works with it: it keeps its name and stays offered."""
        return False

    def siblings(self) -> models.QuerySet[Any]:
        """All of the list that it belongs to, in order."""
        mine = {f"{self.of}_id": getattr(self, f"{self.of}_id")} if self.of else {}
        return type(self)._default_manager.filter(**mine).order_by("position", "name")

    def is_needed(self) -> bool:
        """Whether the desk could not go on without it among those that are offered."""
        return False
