"""The links to style sheets and modules, written once a process."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.conf import settings
from django.template import engines
from markupsafe import Markup

NONCE = "\x01"  # stands where the nonce of the page comes


def assets(nonce: object) -> Markup:
    """The links, for a page with this nonce."""
    if settings.DEBUG:
        return Markup(_macros().head(nonce))  # noqa: S704 - rendered by the template
    before, after = _parts()
    return Markup(f"{before}{nonce}{after}")  # noqa: S704 - the nonce is made of safe letters


@cache
def _parts() -> tuple[str, str]:
    before, _, after = str(_macros().head(NONCE)).partition(NONCE)
    return before, after


def _macros() -> Any:
    environment = engines["jinja2"].env  # type: ignore[attr-defined]
    return environment.get_template("web/assets.html").module
