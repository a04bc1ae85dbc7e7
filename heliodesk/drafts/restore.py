"""Putting back into a form what was being typed (C5)."""

from __future__ import annotations

from typing import Any, TypeVar

from django import forms

from heliodesk.drafts.keep import kept
from heliodesk.people.access import Actor

F = TypeVar("F", bound=forms.Form)


def typed(form_class: type[forms.Form], key: str, *, by: Actor) -> dict[str, Any]:
    """What `by` has typed into the form `key`, for the fields that the form has: its initial
    values. Hidden fields are the desk's own (tokens, what the form was made from) and stay so."""
    found = kept(key, by=by)
    shown = {
        name
        for name, field in form_class.base_fields.items()
        if not isinstance(field.widget, forms.HiddenInput)
    }
    return {name: value for name, value in found.items() if name in shown}


def restored(
    form_class: type[F], key: str, *, by: Actor, initial: dict[str, Any] | None = None
) -> F:
    """An unsent form with `initial`, and over it what was being typed. One SQL statement."""
    return form_class(initial=(initial or {}) | typed(form_class, key, by=by))
