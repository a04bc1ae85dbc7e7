"""The search field: an exact number leads straight there, anything else to the accounts."""

from __future__ import annotations

import re
from urllib.parse import urlencode

from django.http import HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from heliodesk.cases.access import visible_cases
from heliodesk.directory.models import Contract
from heliodesk.people.access import Actor
from heliodesk.web.requests import DeskRequest

CASE_NUMBER = re.compile(r"#?0*(\d{1,12})")


@require_safe
def find(request: DeskRequest) -> HttpResponseRedirect:
    """Where what was typed leads to: a case by its number, a contract by its ID, or accounts."""
    typed = request.GET.get("q", "").strip()
    address = case_address(typed, by=request.actor) or contract_address(typed, by=request.actor)
    return redirect(address or f"{reverse('accounts')}?{urlencode({'q': typed})}")


def case_address(typed: str, *, by: Actor) -> str | None:
    """The address of the case with this number, however many zeros were typed (K6)."""
    number = CASE_NUMBER.fullmatch(typed)
    if number is None:
        return None
    case = visible_cases(by).filter(number=int(number[1])).only("number").first()
    return case.get_absolute_url() if case else None


def contract_address(typed: str, *, by: Actor) -> str | None:
    """The address of the contract with exactly this ID, in any case; Support only (K6)."""
    if not typed or not by.is_support:
        return None
    found = Contract.objects.filter(contract_id__in={typed, typed.upper()}).first()
    return reverse("contract", args=[found.contract_id]) if found else None
