"""`If-Match` and `ETag`: a case is changed only as it was read (K2)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.http import HttpResponse

from heliodesk.api.requests import ApiRequest
from heliodesk.api.shown import require_match
from heliodesk.cases import access

View = Callable[..., HttpResponse]
#: The operations that heed it, by their IDs: the document says so (`document.py`).
AS_READ: set[str] = set()


def as_read(operation: View) -> View:
    """Mark an operation on the case `number`: it is done only to the case as `If-Match` says."""
    AS_READ.add(operation.__name__)
    return operation


def only_as_read(request: ApiRequest, view: View, given: dict[str, Any]) -> HttpResponse:
    """Run an operation; one that is marked only where the case still is as `If-Match` says."""
    if "If-Match" not in request.headers or view.__name__ not in AS_READ:
        return view(request, **given)
    with transaction.atomic():
        require_match(request, access.get_bare_case(given["number"], by=request.actor))
        return view(request, **given)
