"""Merging two cases on the screen, and undoing it (X7)."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods

from heliodesk.cases import access
from heliodesk.cases.forms.merging import THIS, MergeForm, UndoMergeForm
from heliodesk.cases.models import Case
from heliodesk.cases.queries.merging import candidates, what_moves
from heliodesk.cases.rules.merge_checks import require_mergeable, require_undoable, standing_merge
from heliodesk.cases.rules.merging import merge_cases, undo_merge
from heliodesk.cases.views.dialogs import dialog, sent, status_of
from heliodesk.web.requests import DeskRequest
from heliodesk.web.submit import carry_out


@require_http_methods(["GET", "POST"])
def merge_new(request: DeskRequest, number: int) -> HttpResponse:
    """Choose the other case and the survivor, see what will move, confirm.

    The choice is sent by GET: so what will move has an address, and going back loses nothing.
    """
    case = access.get_case(number, by=request.actor)
    access.require_support(by=request.actor, to="merge cases")
    access.require_open(case, to="merge it")
    found = candidates(case, by=request.actor)
    asked = sent(request) or (request.GET if "other" in request.GET else None)
    form = MergeForm(asked, number=case.display_number, found=found)
    chosen = form.is_valid()
    gone, stays = _two(case, form) if chosen else (case, case)
    if request.method == "GET" and chosen:
        require_mergeable(gone, stays, by=request.actor)
    if request.method == "POST" and chosen:

        def act() -> str:
            merge_cases(gone, into=stays, by=request.actor)
            return stays.get_absolute_url()

        said = format_html(
            'Case <a href="{}">{}</a> was merged into {}. For 6 hours it can be undone there.',
            gone.get_absolute_url(),
            gone.display_number,
            stays.display_number,
        )
        if done := carry_out(request, form, act, said=said):
            return done
    context = {
        "case": case,
        "form": form,
        "candidates": found,
        "gone": gone if chosen else None,
        "stays": stays,
        "moves": what_moves(gone, stays) if chosen else [],
    }
    return render(request, "cases/merging.html", context, status=status_of(request, form))


def _two(case: Case, form: MergeForm) -> tuple[Case, Case]:
    """The case that is closed, and the surviving one."""
    other = Case.objects.select_related("owner_agent", "owner_queue").get(
        pk=form.cleaned_data["other"]
    )
    return (other, case) if form.cleaned_data["survivor"] == THIS else (case, other)


@require_http_methods(["GET", "POST"])
def merge_undo(request: DeskRequest, number: int) -> HttpResponse:
    """Undo the merge that closed the case."""
    case = access.get_case(number, by=request.actor)
    merge = standing_merge(case)
    if request.method == "GET":
        require_undoable(merge, merge.into, by=request.actor)
    return dialog(
        request,
        "cases/merge_undo.html",
        case,
        UndoMergeForm(sent(request)),
        lambda: undo_merge(case, by=request.actor),
        said="The merge was undone.",
        more=lambda: {"into": merge.into},
    )
