"""Components of templates, called from Python: by views whose rows are too many for a template."""

from __future__ import annotations

from typing import Any

from django.template import engines
from jinja2 import Environment


def templates() -> Environment:
    """The environment of the desk's own templates."""
    found: Environment = engines["jinja2"].env  # type: ignore[attr-defined]  # of this backend only
    return found


def macros(template: str) -> Any:
    """The macros of the template, such as `macros("web/assets.html").head(…)`."""
    return templates().get_template(template).module
