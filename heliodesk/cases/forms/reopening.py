"""The form that reopens a case (X4): nothing but the deliberate press."""

from __future__ import annotations

from heliodesk.core.forms import DeskForm


class ReopeningForm(DeskForm):
    """Sent once."""
