"""What every form of the desk has: a token against sending twice, and room for refusals."""

from __future__ import annotations

import copy
from typing import Any, TypeVar, cast
from uuid import uuid4

from django import forms

from heliodesk.core.refusal import Refused
from heliodesk.core.text import is_blank

T = TypeVar("T")


class Fields(dict[str, forms.Field]):
    """The fields of a form's class. Each form gets its own ones: Django copies all that they hold,
    and the copies take longer than the rest of a form; these share what nobody changes in place."""

    def __deepcopy__(self, memo: dict[int, Any]) -> dict[str, forms.Field]:
        return {name: _own(field) for name, field in self.items()}


def _own(field: forms.Field) -> forms.Field:
    if isinstance(field.widget, forms.MultiWidget):
        return copy.deepcopy(field)
    copied, widget = _shallow(field), _shallow(field.widget)
    widget.attrs = dict(widget.attrs)
    copied.widget, copied.error_messages = widget, dict(field.error_messages)
    if isinstance(field, forms.ModelChoiceField):
        copied.queryset = field.queryset  # type: ignore[attr-defined]  # as Django copies it
    return copied


def _shallow(thing: T) -> T:
    made = object.__new__(type(thing))
    made.__dict__.update(thing.__dict__)
    return made


def offer_rows(form: forms.BaseForm, name: str, rows: Any) -> None:
    """Have a field of the form choose among the rows of that queryset."""
    cast("forms.ModelChoiceField[Any]", form.fields[name]).queryset = rows


def offer_choices(form: forms.BaseForm, name: str, choices: list[Any]) -> None:
    """Have a field of the form choose among those."""
    cast("forms.ChoiceField", form.fields[name]).choices = choices


class LongText(forms.CharField):
    """A text of several lines. Of one that is too long a browser that knew its limit would cut off
    the end without a word; it is refused instead, with all of it still there (K5)."""

    widget = forms.Textarea

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Without `maxlength`."""
        attrs = super().widget_attrs(widget)
        attrs.pop("maxlength", None)
        return attrs


class DeskForm(forms.Form):
    """A form that a rule may refuse. What was typed stays in it (K5, C5).

    `once` is the hidden token of K3; it is kept when the form is shown again after a refusal.
    """

    once = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        if not isinstance(self.base_fields, Fields):
            type(self).base_fields = Fields(self.base_fields)
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
