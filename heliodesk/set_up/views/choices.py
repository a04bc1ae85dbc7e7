"""What people choose from, on the screen of administrators: adding, changing, placing, retiring and
deleting one of a list, of whichever kind."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render

from heliodesk.cases.models import RequestSubtype
from heliodesk.core.numbers import whole
from heliodesk.core.refusal import NotFound, Refused
from heliodesk.directory.forms.keeping import KeepingForm
from heliodesk.directory.views.keeping import prefilled
from heliodesk.people.models import Choice
from heliodesk.people.rules.choices import (
    delete_choice,
    offer_choice_again,
    place_choice,
)
from heliodesk.set_up.door import set_up_view
from heliodesk.set_up.forms.choices import PlaceForm, SentForm
from heliodesk.set_up.views.choice_kinds import KINDS, Kind
from heliodesk.web.requests import DeskRequest
from heliodesk.web.submit import See, carry_out


@set_up_view()
def choice_new(request: DeskRequest, kind: str) -> HttpResponse:
    """Add one at the end of its list; `of` in the address is what it belongs to."""
    made = KINDS[kind]
    choice = made.model()
    if choice.of:
        above = made.model._meta.get_field(choice.of).related_model
        key = whole(request.GET.get("of", ""))
        found = above._default_manager.filter(pk=key).first()  # type: ignore[union-attr]  # a foreign key's
        if key is None or found is None:
            raise _gone(made)
        setattr(choice, choice.of, found)
    draft = f"set-up/{kind}/new/{request.GET.get('of', '')}"
    return _form(request, made, choice, draft, said="“{}” was added.")


@set_up_view()
def choice_edit(request: DeskRequest, kind: str, pk: int) -> HttpResponse:
    """Change one."""
    choice = _found(kind, pk)
    return _form(request, KINDS[kind], choice, f"set-up/{kind}/{pk}", said="“{}” was saved.")


@set_up_view("POST")
def choice_place(request: DeskRequest, kind: str, pk: int) -> HttpResponse:
    """Put it before or after another; sent twice, it stands there all the same (K3)."""
    choice = _found(kind, pk)
    form = PlaceForm(request.POST)
    beside = form.is_valid() and (form.cleaned_data["before"] or form.cleaned_data["after"])

    def act() -> None:
        after = bool(form.cleaned_data.get("after"))
        place_choice(choice, beside=beside or 0, after=after, by=request.actor)

    return _done(request, KINDS[kind], choice, act)


@set_up_view("POST")
def choice_retirement(request: DeskRequest, kind: str, pk: int) -> HttpResponse:
    """Offer it no more. A second press changes nothing."""
    made, choice = KINDS[kind], _found(kind, pk)
    said = f"“{choice.name}” is retired: kept where it was chosen, and not offered any more."
    return _done(request, made, choice, lambda: made.retire(choice, by=request.actor), said)


@set_up_view("POST")
def choice_offering(request: DeskRequest, kind: str, pk: int) -> HttpResponse:
    """Offer it again. A second press changes nothing."""
    choice = _found(kind, pk)
    said = f"“{choice.name}” is offered again."
    again = partial(offer_choice_again, choice, by=request.actor)
    return _done(request, KINDS[kind], choice, again, said)


@set_up_view()
def choice_deletion(request: DeskRequest, kind: str, pk: int) -> HttpResponse:
    """Delete what was never used, when pressed."""
    made, choice = KINDS[kind], _found(kind, pk)
    form = SentForm(request.POST if request.method == "POST" else None)

    def act() -> str:
        delete_choice(choice, by=request.actor)
        return made.page(choice)

    said = f"“{choice.name}” was deleted."
    valid = request.method == "POST" and form.is_valid()
    if valid and (done := carry_out(request, form, act, said=said)):
        return done
    context = {"choice": choice, "form": form, "noun": made.noun, "back": made.page(choice)}
    return render(request, "set_up/choice_deletion.html", context, status=_status(request, form))


def _form(request: DeskRequest, kind: Kind, choice: Any, draft: str, *, said: str) -> HttpResponse:
    is_new = choice.pk is None
    ticked = ("for_homeowner", "for_installer", "follow_up_all")
    defaults = {name: "on" for name in ticked if name in kind.fields} if is_new else {}
    initial, was, draft = prefilled(
        request, draft, list(kind.fields), None if is_new else choice, **defaults
    )
    sent = request.POST if request.method == "POST" else None
    form = kind.form(sent, subtype=choice, initial=initial, seen=was)
    kept: list[Choice] = []

    def act() -> str:
        values = {name: form.cleaned_data[name] for name in kind.fields}
        kept.append(kind.keep(choice, values, form.seen, request.actor))
        return kind.own(kept[-1]) if kind.own else kind.page(choice)

    if request.method == "POST" and form.is_valid():
        name = " ".join(form.cleaned_data["name"].split())
        if done := carry_out(request, form, act, said=said.format(name), draft=draft):
            return done
    context = {
        "form": form,
        "title": f"New {kind.noun}" if is_new else f"Edit {choice.name}",
        "sub": _of(choice),
        "back": kind.page(choice),
        "draft": draft,
        "fixed": choice.is_fixed,
        "reasons": _reasons(form) if isinstance(choice, RequestSubtype) else [],
    }
    return render(request, "set_up/choice.html", context, status=_status(request, form))


def _of(choice: Choice) -> str:
    """What it belongs to, in words."""
    return f"Of {getattr(choice, choice.of).name}" if choice.of else ""


def _reasons(form: KeepingForm) -> list[tuple[int, str, list[tuple[int, str]]]]:
    """The reasons that may be suggested, by their departments."""
    groups: dict[int, tuple[int, str, list[tuple[int, str]]]] = {}
    for one in form.fields["suggested_reason"].queryset:  # type: ignore[attr-defined]  # a field of rows
        of = one.department
        groups.setdefault(of.pk, (of.pk, of.name, []))[2].append((one.pk, one.name))
    return list(groups.values())


def _done(
    request: DeskRequest, kind: Kind, choice: Choice, act: Callable[[], Any], said: str = ""
) -> HttpResponse:
    """Do it and go back to the list, which says what was refused."""
    try:
        act()
        if said:
            messages.success(request, said)
    except Refused as refused:
        if refused.status == HTTPStatus.FORBIDDEN:
            raise
        messages.error(request, f"{refused.message} ({refused.rule})")
    return See(kind.page(choice))


def _found(kind: str, pk: int) -> Any:
    """The one with this ID."""
    made = KINDS[kind]
    rows = made.model._default_manager
    above = [made.model.of] if made.model.of else []
    found = (
        rows.select_related(*above).filter(pk=pk).first() if above else rows.filter(pk=pk).first()
    )
    if found is None:
        raise _gone(made)
    return found


def _gone(kind: Kind) -> NotFound:
    return NotFound(
        "choice_not_found",
        f"There is no such {kind.noun}: somebody has deleted it. Look at the list.",
        rule=kind.model.procedure,
    )


def _status(request: DeskRequest, form: Any) -> int:
    if request.method != "POST":
        return HTTPStatus.OK
    refusals = form.refusals
    return refusals[-1].status if refusals else HTTPStatus.UNPROCESSABLE_ENTITY
