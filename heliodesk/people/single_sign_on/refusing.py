"""The page that says why nobody came in, and doing without the others that allauth has (K1, K5)."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from lxml.etree import LxmlError
from onelogin.saml2.errors import OneLogin_Saml2_Error, OneLogin_Saml2_ValidationError
from requests import RequestException

from heliodesk.core.outgoing import NotReached
from heliodesk.core.refusal import Refused

log = logging.getLogger(__name__)

#: What goes wrong with answers that are none, or not for this browser.
UNFIT = (
    PermissionDenied, ValidationError, OAuth2Error, OneLogin_Saml2_Error,
    OneLogin_Saml2_ValidationError, LxmlError, ValueError, KeyError, TypeError, AttributeError,
)  # fmt: skip
NOT_HERE = Refused(
    "provider_unknown",
    "This desk has no such sign-in, or it is switched off. Sign in another way.",
    rule="K1",
)
NOT_REACHED = Refused(
    "provider_not_reached",
    "Your company’s sign-in does not answer the desk. Try again in a minute; if it goes on, tell "
    "your administrator.",
    rule="K1",
)
NOT_FOR_HERE = Refused(
    "answer_not_for_here",
    "This answer of your company’s sign-in was used already, is too old, or belongs to another "
    "browser. Sign in anew from here.",
    rule="K1",
)

View = Callable[..., HttpResponseBase]


def refusal_page(request: HttpRequest, refused: Refused) -> HttpResponse:
    """Why, and the way back to the sign-in."""
    context = {"refusal": refused}
    status = HTTPStatus.FORBIDDEN
    return render(request, "socialaccount/refused.html", context, status=status)


def said_clearly(view: View) -> View:
    """The view, with a page for all that goes wrong between the desk and a provider. What a
    stranger sends must not show as an error of the desk."""

    @wraps(view)
    def run(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except (Http404, SocialApp.DoesNotExist):
            return refusal_page(request, NOT_HERE)
        except (RequestException, NotReached, OSError) as error:
            log.warning("A provider was not reached: %s", error)
            return refusal_page(request, NOT_REACHED)
        except UNFIT as error:
            log.warning("An answer of a provider was refused: %r", error)
            return refusal_page(request, NOT_FOR_HERE)

    return run
