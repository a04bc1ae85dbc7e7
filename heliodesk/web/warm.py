"""Getting a server process ready before its first page: views and templates."""

from __future__ import annotations

import gc

from django.urls import get_resolver

from heliodesk.web.macros import templates


def warm() -> None:
    """Import every view and load every template of the desk, so that nobody waits for it later."""
    get_resolver().url_patterns  # noqa: B018 - reading it imports the views
    environment = templates()
    for name in environment.list_templates(extensions=["html"]):
        environment.get_template(name)
    # What is loaded now stays: the collector need not look through it with every page.
    gc.collect()
    gc.freeze()
