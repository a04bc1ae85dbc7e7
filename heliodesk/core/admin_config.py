"""Puts the desk's own set-up site in the place of Django's admin."""

from __future__ import annotations

from django.contrib.admin.apps import AdminConfig


class DeskAdminConfig(AdminConfig):
    """Django's admin, with the site that lets only administrators in."""

    default_site = "heliodesk.core.admin_site.DeskAdminSite"
