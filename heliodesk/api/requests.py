"""What a request by a token carries."""

from __future__ import annotations

from django.http import HttpRequest

from heliodesk.api.auth import Token
from heliodesk.people.access import Actor


class ApiRequest(HttpRequest):
    """A request whose token has been found: who acts, and what the token may."""

    actor: Actor
    token: Token
