"""The files of a case on the screen: put there, listed, opened (G1, G2, K6)."""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.files.storage import default_storage
from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from heliodesk.cases import access
from heliodesk.cases.models import Case
from heliodesk.core.forms import DeskForm
from heliodesk.core.refusal import Refused
from heliodesk.files.names import SHOWN_INLINE
from heliodesk.files.queries import files_of, get_file
from heliodesk.files.rules.upload import Outcome, add_files
from heliodesk.files.spool import spool
from heliodesk.web.back import back_to
from heliodesk.web.filters import plural
from heliodesk.web.requests import DeskRequest
from heliodesk.web.submit import carry_out

log = logging.getLogger(__name__)

#: Whatever is in a file, it cannot load, run or reach anything (G2).
NOTHING_RUNS = "sandbox; default-src 'none'; frame-ancestors 'none'"


@csrf_exempt  # the spool has to be set before the check reads the POST; the view inside is checked
def case_files(request: DeskRequest, number: int) -> HttpResponse:
    """The files of a case, and putting more there."""
    if request.method == "POST":
        spool(request)
    return _case_files(request, number)


@csrf_protect
@require_http_methods(["GET", "POST"])
def _case_files(request: DeskRequest, number: int) -> HttpResponse:
    case = access.get_bare_case(number, by=request.actor)
    form = DeskForm(request.POST if request.method == "POST" else None)
    if request.method == "GET" or not form.is_valid():
        return _page(request, case, form)
    outcomes: list[Outcome] = []

    def act() -> str:
        uploads: list[Any] = request.FILES.getlist("files")
        outcomes.append(add_files(case, uploads=uploads, by=request.actor))
        # A form of which nothing was stored may be sent again with the same token.
        related = f"{back_to(request, f'{case.get_absolute_url()}?tab=related')}#files"
        return related if outcomes[-1].stored else ""

    try:
        done = carry_out(request, form, act)
    except Exception:
        for outcome in outcomes:
            outcome.discard()
        raise
    results = outcomes[-1] if outcomes else Outcome()
    if done and not results.refused:
        if results.stored:
            messages.success(request, f"{plural(len(results.stored), 'file')} put on the case.")
        return done
    return _page(request, case, DeskForm(), results=results, refusals=form.refusals)


def _page(
    request: DeskRequest,
    case: Case,
    form: DeskForm,
    *,
    results: Outcome | None = None,
    refusals: list[Refused] | None = None,
) -> HttpResponse:
    results = results or Outcome()
    lines = [
        (name, "" if not isinstance(result, Refused) else result.message)
        for name, result in results.results
    ]
    context = {
        "case": case,
        "files": files_of(case),
        "lines": lines,
        "summary": f"{len(results.refused)} of {plural(len(lines), 'file')} not stored",
        "refusals": [*(refusals or []), *results.refused][:1],
        "single": refusals or len(lines) == 1,
    }
    wrong = bool(context["refusals"]) or bool(form.errors)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK
    return render(request, "files/case_files.html", context, status=status)


@require_http_methods(["GET"])
def case_file(request: DeskRequest, number: int, file_id: int, name: str) -> HttpResponseBase:
    """The file itself; `name` is only what stands in the address."""
    file = get_file(number, file_id, by=request.actor)
    kept = get_conditional_response(request, etag=f'"{file.sha256}"')
    if kept is not None:
        return kept
    try:
        content = default_storage.open(file.stored_as)
    except Exception as error:  # storages fail with errors of their own
        log.exception("A file could not be read: %s", file.stored_as)
        raise Refused(
            "file_not_readable",
            f"“{file.name}” cannot be read from the storage just now. Try again in a few minutes; "
            "if it fails again, tell an administrator.",
            rule="G2",
        ) from error
    answer = FileResponse(
        content,
        as_attachment=file.content_type not in SHOWN_INLINE,
        filename=file.name,
        content_type=file.content_type,
    )
    answer["Content-Security-Policy"] = NOTHING_RUNS
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    # Asked for each time, so that nobody sees it after signing out (K1); sent only when needed.
    answer["Cache-Control"] = "private, no-cache"
    answer["ETag"] = f'"{file.sha256}"'
    return answer
