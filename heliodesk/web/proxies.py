"""Who really comes, where web servers stand before the desk (K1, K4)."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest, HttpResponse


class ProxiesMiddleware:
    """Believes so many X-Forwarded-For as there are web servers of one's own, and the last one's
    X-Forwarded-Proto; with none set, neither. Locking out by address and the record need it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Go on with the address that the outermost of them has seen."""
        if settings.PROXIES:
            self.believe(request, settings.PROXIES)
        return self.get_response(request)

    def believe(self, request: HttpRequest, proxies: int) -> None:
        """Set the address and the scheme from what the own web servers have added."""
        passed = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
        came = passed[-proxies].strip() if len(passed) >= proxies else ""
        with suppress(ValueError):  # nobody has said it: the address of the web server stays
            request.META["REMOTE_ADDR"] = str(ip_address(came))
        if request.META.get("HTTP_X_FORWARDED_PROTO") == "https":
            request.META["wsgi.url_scheme"] = "https"
