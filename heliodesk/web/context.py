"""What the sign-in pages, which are Django templates, need beside their form."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from heliodesk.web.assets import STYLES
from heliodesk.web.shell import theme


def sign_in(request: HttpRequest) -> dict[str, Any]:
    """Colour scheme and style sheets; in a demo also the people one can be (`demo_people`)."""
    people = import_module("heliodesk.demo.people").DEMO_SIGN_INS if settings.DEMO else []
    names = ("username", "name", "role", "about")
    return {
        "demo": settings.DEMO,
        "demo_people": [dict(zip(names, person, strict=True)) for person in people],
        "theme": theme(request),
        "desk_styles": STYLES,
    }
