"""How long personal data is kept, in the set-up."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from heliodesk.core.numbers import whole
from heliodesk.personal_data.forms.erasing import RetentionForm
from heliodesk.personal_data.models import Erasure, Retention
from heliodesk.personal_data.queries.due import COUNTED, due
from heliodesk.personal_data.rules.retention import LONGEST, set_retention
from heliodesk.set_up.door import set_up_view
from heliodesk.web.requests import DeskRequest
from heliodesk.web.submit import carry_out

NAMED = 20  # homeowners whose time is over
LATEST = 20  # erasures


@set_up_view()
def retention(request: DeskRequest) -> HttpResponse:
    """The setting, whom it is about (or another number of months would be), and who was erased."""
    kept = Retention.current().months
    tried = whole(request.GET.get("try", ""))
    months = tried if tried and tried <= LONGEST else kept
    sent = request.POST if request.method == "POST" else None
    form = RetentionForm(sent, initial={"months": kept})

    def act() -> str:
        set_retention(form.cleaned_data["months"], by=request.actor)
        return reverse("retention")

    if sent is not None and form.is_valid():
        done = carry_out(request, form, act, said="The retention was changed.")
        if done:
            return done
    found = due(months) if months else []
    context = {
        "form": form,
        "kept": kept,
        "months": months,
        "count": f"{COUNTED:,}+" if len(found) > COUNTED else f"{len(found):,}",
        "due": found[:NAMED],
        "erasures": Erasure.objects.select_related("account", "by").order_by("-at")[:LATEST],
    }
    status = 422 if sent is not None else 200
    return render(request, "personal_data/retention.html", context, status=status)
