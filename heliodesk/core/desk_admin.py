"""What every page of the set-up does: record each change (K4), keep what is in use, and show a
rule's refusal at the form."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.contrib.admin import ModelAdmin, TabularInline
from django.core.exceptions import ValidationError
from django.db import models
from django.forms import BaseInlineFormSet, ModelForm
from django.http import HttpRequest

from heliodesk.core import audit
from heliodesk.core.refusal import Refused

if TYPE_CHECKING:
    AdminBase = ModelAdmin[Any]
    InlineBase = TabularInline[Any, Any]
    SetUpForm = ModelForm[Any]
    RowsBase = BaseInlineFormSet[Any, Any, Any]
else:
    AdminBase, InlineBase, SetUpForm, RowsBase = (
        ModelAdmin, TabularInline, ModelForm, BaseInlineFormSet,
    )  # fmt: skip

SECRET = {"password", "new_password"}


class DeskAdmin(AdminBase):
    """A set-up page. Changes are in the record with old and new values (K4)."""

    show_full_result_count = False

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Save, and record what changed."""
        before = type(obj).objects.filter(pk=obj.pk).values().first() if change else None
        super().save_model(request, obj, form, change)
        note(request, obj, before)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        """Save the rows beside, and record each that is new, changed or taken away."""
        formset.save(commit=False)
        for obj, _ in formset.changed_objects:
            before = type(obj).objects.filter(pk=obj.pk).values().first()
            obj.save()
            note(request, obj, before)
        for obj in formset.new_objects:
            obj.save()
            note(request, obj, None)
        for obj in formset.deleted_objects:
            self.remove_row(request, obj)
        formset.save_m2m()

    def remove_row(self, request: HttpRequest, obj: Any) -> None:
        """Take one row beside away."""
        note_gone(request, obj)
        obj.delete()

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        """Delete what nothing uses, and record what it said."""
        note_gone(request, obj)
        super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: Any) -> None:
        """Delete several, each recorded."""
        for obj in queryset:
            self.delete_model(request, obj)

    def get_deleted_objects(
        self, objs: Any, request: HttpRequest
    ) -> tuple[list[Any], dict[Any, Any], set[Any], list[Any]]:
        """What is in use is named by what uses it, and kept: it is retired instead."""
        return [str(obj) for obj in objs], {}, set(), used_by(objs)


class DeskInline(InlineBase):
    """Rows beside a set-up record."""

    extra = 0


def used_by(objs: Iterable[models.Model]) -> list[str]:
    """What uses these rows, in words, by the references that PostgreSQL protects."""
    wanted = list(objs)
    found = []
    for relation in wanted[0]._meta.get_fields(include_hidden=True) if wanted else ():
        if (
            not isinstance(relation, models.ManyToOneRel)
            or relation.on_delete is not models.PROTECT
        ):
            continue
        users = relation.related_model
        if users._base_manager.filter(**{f"{relation.field.name}__in": wanted}).exists():
            found.append(f"{str(users._meta.verbose_name_plural).capitalize()} use it: retire it.")
    return list(dict.fromkeys(found))


def note(request: HttpRequest, obj: models.Model, before: dict[str, Any] | None) -> None:
    """Record a new or changed set-up row: field to [old, new] (K4)."""
    now = type(obj)._base_manager.filter(pk=obj.pk).values().get()
    changes = {
        name: told(name, (before or {}).get(name), value)
        for name, value in now.items()
        if name not in {"id", "last_login"} and value != (before or {}).get(name)
    }
    if changes:
        kind = "set_up_added" if before is None else "set_up_changed"
        record(request, kind, obj, changes)


def note_gone(request: HttpRequest, obj: models.Model) -> None:
    """Record a set-up row that is deleted, with what it said (K4)."""
    was = type(obj)._base_manager.filter(pk=obj.pk).values().get()
    changes = {name: told(name, value, None) for name, value in was.items() if name != "id"}
    record(request, "set_up_deleted", obj, changes)


def record(request: HttpRequest, kind: str, obj: models.Model, changes: dict[str, Any]) -> None:
    """One entry by the person of the request."""
    by: audit.By = request.actor  # type: ignore[attr-defined]  # ActorMiddleware sets it
    audit.note(kind, obj._meta.model_name or "", obj.pk, changes=changes, by=by)


def told(name: str, old: Any, new: Any) -> list[Any]:
    """Old and new as the record keeps them; of a password only that it was set."""
    if name in SECRET:
        return ["", "set"]
    return [str(one) if isinstance(one, (date, datetime)) else one for one in (old, new)]


@contextmanager
def refusals(field: str | None = None) -> Iterator[None]:
    """A rule's refusal becomes an error of the form, with the rule's number (K5)."""
    try:
        yield
    except Refused as refused:
        said = f"{refused.message} ({refused.rule})"
        raise ValidationError({field: said} if field else said, code=refused.code) from refused
