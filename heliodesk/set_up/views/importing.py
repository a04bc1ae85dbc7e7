"""Bringing the directory in from CSV files: first shown, then done, everything or nothing (D1)."""

from __future__ import annotations

import csv
from io import StringIO
from pathlib import Path
from uuid import UUID

from django.db import IntegrityError
from django.http import HttpResponse

from heliodesk.core.addresses import address
from heliodesk.core.refusal import Refused
from heliodesk.integrations.salesforce import directory, files, mapping
from heliodesk.integrations.salesforce.directory import Outcome
from heliodesk.integrations.salesforce.files import Export
from heliodesk.people.access import Actor
from heliodesk.set_up import uploads
from heliodesk.set_up.door import set_up_view
from heliodesk.set_up.forms.importing import ImportForm
from heliodesk.set_up.forms.people import SentForm
from heliodesk.set_up.views.saving import saved
from heliodesk.web.requests import DeskRequest

MOST = 50  # refused rows on the page; all of them are in the file


@set_up_view()
def import_new(request: DeskRequest) -> HttpResponse:
    """Choose the files; they are tried, and what they would do is shown."""
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = ImportForm(*sent)

    def act() -> str:
        key, folder = uploads.keep(form.chosen(), by=request.actor)
        try:
            uploads.show(folder, _tried(folder, by=request.actor))
        except mapping.ImportProblem as problem:
            uploads.drop(folder)
            raise refused(problem) from problem
        return address("set_up_import_shown", key)

    return saved(request, form, act, "set_up/import_new.html", said="")


@set_up_view()
def import_shown(request: DeskRequest, key: UUID) -> HttpResponse:
    """What the files would do; pressed, they do it."""
    form = SentForm(request.POST if request.method == "POST" else None)
    folder, shown = uploads.find(key, by=request.actor)

    def act() -> str:
        _bring_in(folder, shown, by=request.actor)
        return address("accounts")

    done = saved(
        request, form, act, "set_up/import_shown.html",
        said="The directory is brought in.", figures=shown.figures, refused=shown.refused[:MOST],
        all_refused=len(shown.refused), warnings=shown.warnings, key=key,
        changes=any(one.created or one.changed for one in shown.figures),
    )  # fmt: skip
    if done.status_code == 303:
        uploads.drop(folder)
    return done


@set_up_view("GET", "HEAD")
def import_refused(request: DeskRequest, key: UUID) -> HttpResponse:
    """All refused rows as a CSV file."""
    _, shown = uploads.find(key, by=request.actor)
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow(["file", "line", "field", "reason", "rule"])
    writer.writerows([one.file, one.line, one.field, one.reason, one.rule] for one in shown.refused)
    named = {"Content-Disposition": 'attachment; filename="refused.csv"'}
    return HttpResponse(text.getvalue(), content_type="text/csv; charset=utf-8", headers=named)


def refused(problem: mapping.ImportProblem) -> Refused:
    """What an import says, as a form shows it."""
    return Refused("import_problem", f"{problem} Nothing was changed.", rule="D1")


def _tried(folder: Path, *, by: Actor) -> Outcome:
    exports = _exports(folder)
    with directory.stage(exports):
        return directory.preview(exports, by=by)


def _bring_in(folder: Path, shown: Outcome, *, by: Actor) -> None:
    try:
        exports = _exports(folder)
        with directory.stage(exports):
            directory.import_as_shown(exports, shown, by=by)
    except mapping.ImportProblem as problem:
        raise refused(problem) from problem
    except IntegrityError as error:
        raise refused(directory.changed_meanwhile()) from error


def _exports(folder: Path) -> dict[str, Export]:
    return files.find(folder, mapping.load(None))
