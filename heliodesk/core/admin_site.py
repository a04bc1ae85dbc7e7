"""The set-up of the desk: Django's admin, for administrators, for set-up data alone."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.utils.decorators import method_decorator

from heliodesk.core.refusal import NotPermitted


class DeskAdminSite(admin.AdminSite):
    """Only the desk's own tables, and never an invitation to sign in as somebody else."""

    site_header = site_title = "Heliodesk set-up"
    index_title = "Set-up"
    enable_nav_sidebar = True

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """Register the desk's models; those of other packages are no set-up of the desk."""
        several = isinstance(model_or_iterable, Iterable)
        models: list[type[Model]] = [*model_or_iterable] if several else [model_or_iterable]
        own = [model for model in models if model.__module__.startswith("heliodesk.")]
        super().register(own, admin_class, **options)

    @method_decorator(login_not_required)
    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Where those come who may not in: sign in first, or be told who may (K1)."""
        if not request.user.is_authenticated:
            return redirect_to_login(request.GET.get("next", "/admin/"))
        if self.has_permission(request):
            return super().login(request, extra_context)
        raise NotPermitted(
            "not_an_administrator",
            "The set-up is for administrators. Ask one of them for what you need.",
            rule="K1",
        )
