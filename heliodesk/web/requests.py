"""The request as the desk's views get it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest

from heliodesk.people.access import Actor
from heliodesk.people.models import User

if TYPE_CHECKING:
    from django_htmx.middleware import HtmxDetails


class DeskRequest(HttpRequest):
    """A signed-in person's request; `actor` is what the rules take as `by`."""

    user: User
    actor: Actor
    htmx: HtmxDetails
