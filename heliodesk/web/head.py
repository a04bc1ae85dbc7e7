"""The links to style sheets and modules, written once a process."""

from __future__ import annotations

from functools import cache

from django.conf import settings
from markupsafe import Markup

from heliodesk.web.macros import macros

ASSETS = "web/assets.html"
NONCE = "\x01"  # stands where the nonce of the page comes


def assets(nonce: object) -> Markup:
    """The links, for a page with this nonce."""
    if settings.DEBUG:
        return Markup(macros(ASSETS).head(nonce))  # noqa: S704 - rendered by the template
    before, after = _parts()
    return Markup(f"{before}{nonce}{after}")  # noqa: S704 - the nonce is made of safe letters


@cache
def _parts() -> tuple[str, str]:
    before, _, after = str(macros(ASSETS).head(NONCE)).partition(NONCE)
    return before, after
