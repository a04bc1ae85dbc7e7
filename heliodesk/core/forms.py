"""What every form of the desk has: a token against sending twice, and room for refusals."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms

from heliodesk.core.refusal import Refused
from heliodesk.core.text import is_blank


class DeskForm(forms.Form):
    """A form that a rule may refuse. What was typed stays in it (K5, C5).

    `once` is the hidden token of K3; it is kept when the form is shown again after a refusal.
    """

    once = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("once", str(uuid4()))
        self.refusals: list[Refused] = []

    def _clean_fields(self) -> None:
        """A text that nobody can see is no text."""
        super()._clean_fields()  # type: ignore[misc]  # Django's own hook, which its stubs leave out
        for name, field in self.fields.items():
            typed = self.cleaned_data.get(name)
            if isinstance(typed, str) and typed and is_blank(typed):
                self.cleaned_data[name] = ""
                if field.required:
                    self.add_error(name, field.error_messages["required"])

    def refuse(self, refused: Refused) -> None:
        """Show the refusal at its field, or above the form where it has none (K5)."""
        self.refusals.append(refused)
        field = refused.field if refused.field in self.fields else None
        self.add_error(field, forms.ValidationError(refused.message, code=refused.code))
