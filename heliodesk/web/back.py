"""Where a form leads when it is done: to the list or page that it was opened from."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

PLACES = (
    "/assignments/", "/departments/", "/cases/", "/list-views/", "/queues/", "/people/",
    "/search/",
)  # fmt: skip


def back_to(request: HttpRequest, otherwise: str) -> str:
    """The address that `back` names, where it is one of the desk's own lists or pages; `otherwise`
    for anything else."""
    return own(request.POST.get("back") or request.GET.get("back") or "", otherwise)


def own(asked: str, otherwise: str) -> str:
    """The address, where it is one of the desk's own lists or pages; `otherwise` for anything
    else."""
    known = asked.startswith(PLACES) or asked == "/"
    safe = asked.isprintable() and url_has_allowed_host_and_scheme(asked, allowed_hosts=None)
    return asked if known and safe else otherwise
