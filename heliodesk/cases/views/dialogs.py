"""What the dialogs of a case have in common: one page for the form, shown again when refused."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import render

from heliodesk.cases.models import Case
from heliodesk.core.forms import DeskForm
from heliodesk.drafts.keep import kept
from heliodesk.web.requests import DeskRequest
from heliodesk.web.submit import carry_out


def dialog(
    request: DeskRequest,
    template: str,
    case: Case,
    form: DeskForm,
    act: Callable[[], object],
    *,
    said: str,
    draft: str = "",
    tab: str = "",
    more: Callable[[], Mapping[str, Any]] = dict,
) -> HttpResponse:
    """Answer a dialog of a case: carry out `act` for a valid form and lead back to the case, to
    its `tab` where one is named, or show the form; `more` gives what else the template needs, and
    is asked only then."""

    def there() -> str:
        act()
        return case.get_absolute_url() + (f"?tab={tab}" if tab else "")

    if request.method == "POST" and form.is_valid():
        done = carry_out(request, form, there, said=said, draft=draft)
        if done:
            return done
    context = {"case": case, "form": form, "draft": draft, **more()}
    return render(request, template, context, status=status_of(request, form))


def sent(request: DeskRequest) -> QueryDict | None:
    """What was sent, also where it is nothing; None for a form that is shown first."""
    return request.POST if request.method == "POST" else None


def status_of(request: DeskRequest, form: DeskForm) -> int:
    """200 for a form that is shown first; what the rule's refusal says where one refused."""
    if request.method != "POST":
        return HTTPStatus.OK
    return form.refusals[-1].status if form.refusals else HTTPStatus.UNPROCESSABLE_ENTITY


def typed_before(request: DeskRequest, draft: str, *names: str) -> dict[str, Any]:
    """What the person had typed into those fields and not sent (C5); nothing on a POST."""
    found = kept(draft, by=request.actor) if request.method == "GET" else {}
    return {name: str(found[name]) for name in names if found.get(name)}
