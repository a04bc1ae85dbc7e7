"""Files on a case (G)."""

from __future__ import annotations

from typing import Annotated, Any, cast

from django.http import HttpResponse, HttpResponseBase
from ninja import File, Router, UploadedFile

from heliodesk.api.answers import answer
from heliodesk.api.parameters import CaseNumber, Cursor, Key, Limit
from heliodesk.api.queries import shapes
from heliodesk.api.queries.listing import Condition
from heliodesk.api.requests import ApiRequest
from heliodesk.api.schemas import FileShown, Shown, listed
from heliodesk.api.shown import shown_page
from heliodesk.cases import access
from heliodesk.core.numbers import whole
from heliodesk.files.rules.upload import add_files
from heliodesk.files.views.files import case_file
from heliodesk.web.requests import DeskRequest

router = Router(tags=["Files"])
FilesPage = listed(FileShown)
BYTES = {"type": "string", "format": "binary"}


class RefusedFile(Shown):
    """A file that was not stored, and why."""

    code: str
    message: str


class StoredFile(Shown):
    """A file that is on the case now."""

    id: int
    name: str
    size: int


class UploadShown(Shown):
    """What became of each."""

    stored: list[StoredFile]
    refused: list[RefusedFile]


@router.post("/cases/{number}/files", response={201: UploadShown})
def upload_file(
    request: ApiRequest,
    number: CaseNumber,
    files: Annotated[list[UploadedFile], File(...)],
) -> HttpResponse:
    """Put files on a case (G1); refused where none of them can be stored."""
    case = access.get_bare_case(number, by=request.actor)
    outcome = add_files(case, uploads=files, by=request.actor)
    if not outcome.stored:
        raise outcome.refused[0]
    told: dict[str, Any] = {
        "stored": [
            {"id": file.pk, "name": file.name, "size": file.size} for file in outcome.stored
        ],
        "refused": [{"code": one.code, "message": one.message} for one in outcome.refused],
    }
    return answer(told, status=201)


@router.get("/cases/{number}/files", response=FilesPage)
def list_files(
    request: ApiRequest, number: CaseNumber, cursor: Cursor, limit: Limit
) -> HttpResponse:
    """The files of a case, the newest first."""
    case = access.get_bare_case(number, by=request.actor)
    of_case: Condition = ("f.case_id = %s", [case.pk])
    return shown_page(request, shapes.FILE, [of_case], limit=limit)


@router.get(
    "/cases/{number}/files/{file_id}",
    openapi_extra={
        "responses": {
            200: {
                "description": "The file's bytes",
                # Of whatever type it is: generated clients know only the first as bytes.
                "content": {
                    "application/octet-stream": {"schema": BYTES},
                    "*/*": {"schema": BYTES},
                },
            }
        }
    },
)
def download_file(request: ApiRequest, number: CaseNumber, file_id: Key) -> HttpResponseBase:
    """The file itself, as the screen opens it (G2)."""
    return case_file(cast("DeskRequest", request), whole(number) or 0, file_id, "")
