"""The form that links a ticket with a case (J1, J2)."""

from __future__ import annotations

from django import forms

from heliodesk.core.forms import DeskForm


class LinkForm(DeskForm):
    """A key or a URL; proposed by words or key while one types."""

    ticket = forms.CharField(
        label="Ticket", max_length=1000, error_messages={"required": "Name a ticket."}
    )
