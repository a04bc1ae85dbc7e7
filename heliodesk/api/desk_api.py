"""The REST API as a whole: one door for every operation, one shape for every refusal (K1, K5)."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, wraps
from http import HTTPStatus
from typing import Any, cast

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema
from ninja.operation import Operation

from heliodesk.api.answers import Answer, refusal
from heliodesk.api.as_read import only_as_read
from heliodesk.api.auth import A_MINUTE, Bearer, Token
from heliodesk.api.document import completed
from heliodesk.api.idempotency import answered_once
from heliodesk.api.requests import ApiRequest
from heliodesk.core.refusal import NotFound, Refused

View = Callable[..., HttpResponse]
GUESS_AGAIN_AFTER = 60  # seconds, after which an address may guess again


class DeskAPI(NinjaAPI):
    """Ninja's API; an operation is called as its function is, and the document says all there is
    to know: refusals, keys, limits."""

    def get_openapi_operation_id(self, operation: Operation) -> str:
        """The function's name: it is the operation's in the document."""
        return operation.view_func.__name__

    def get_openapi_schema(
        self, *, path_prefix: str | None = None, path_params: dict[str, Any] | None = None
    ) -> OpenAPISchema:
        """Ninja's document, and what holds for every operation."""
        made = super().get_openapi_schema(path_prefix=path_prefix, path_params=path_params)
        return completed(made)


api = DeskAPI(
    title="Heliodesk",
    version="1",
    description="The case desk by other programs: the same rules as on its screens.",
    urls_namespace="api",
    docs_url=None,
    openapi_url=None,  # views/document.py serves it
    auth=Bearer(),
)


def through_the_door(view: View) -> View:
    """Unknown parameters are refused, a POST with an `Idempotency-Key` is answered once, and
    `If-Match` is heeded."""

    @wraps(view)
    def run(request: HttpRequest, **given: Any) -> HttpResponse:
        require_known(request, view.__name__)
        known = cast("ApiRequest", request)
        if request.method != "POST":
            return only_as_read(known, view, given)
        return answered_once(
            request, known.actor.person_id, lambda: only_as_read(known, view, given)
        )

    return run


def with_limits(view: View) -> View:
    """Every answer to a token says what it has left in this minute; every 429, when to go on."""

    @wraps(view)
    def run(request: HttpRequest, *args: Any, **given: Any) -> HttpResponse:
        answer = view(request, *args, **given)
        answer.headers.setdefault("Cache-Control", "private, no-cache")
        token: Token | None = getattr(request, "token", None)
        if token is not None:
            answer["X-RateLimit-Limit"] = str(A_MINUTE)
            answer["X-RateLimit-Remaining"] = str(token.left)
            answer["X-RateLimit-Reset"] = str(token.resets_in)
        if answer.status_code == HTTPStatus.TOO_MANY_REQUESTS:
            answer["Retry-After"] = str(token.resets_in if token else GUESS_AGAIN_AFTER)
        return answer

    return run


api.add_decorator(through_the_door)
api.add_decorator(with_limits, mode="view")


@cache
def whole_document() -> OpenAPISchema:
    """What the document says, made once in each process: it takes half a second."""
    return api.get_openapi_schema()


@cache
def known_parameters() -> dict[str, set[str]]:
    """What each operation takes in its address, by its ID."""
    return {
        str(operation["operationId"]): {
            one["name"] for one in operation["parameters"] if one["in"] == "query"
        }
        for methods in whole_document()["paths"].values()
        for operation in methods.values()
    }


def require_known(request: HttpRequest, operation: str) -> None:
    """Refuse what the operation does not know, so that a misspelt filter filters nothing away."""
    for name in request.GET:
        if name not in known_parameters().get(operation, set()):
            raise Refused(
                "parameter_unknown",
                f"“{name[:40]}” is no parameter of {operation}. See the documentation.",
                rule="K5",
                field=name[:40] or "?",
            )


@api.exception_handler(Refused)
def refused(request: HttpRequest, error: Refused) -> HttpResponse:
    """A rule's refusal, as it is."""
    return refusal(error)


@api.exception_handler(Http404)
def not_found(request: HttpRequest, error: Http404) -> HttpResponse:
    """There is no such thing."""
    return refusal(NotFound("not_found", "There is no such thing here.", rule="K6"))


@api.exception_handler(AuthenticationError)
def not_let_in(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    """No token, or none that holds."""
    answer = _said(
        HTTPStatus.UNAUTHORIZED,
        "token_missing" if "Authorization" not in request.headers else "token_unknown",
        "Send “Authorization: Bearer …” with a token that has not expired or been withdrawn. "
        "Tokens are made in your settings.",
    )
    answer["WWW-Authenticate"] = "Bearer"
    return answer


@api.exception_handler(ValidationError)
def not_fitting(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """A field of another type, missing, or unknown: the first is named, all are told."""
    wrong = [(_place(one["loc"]), str(one["msg"])) for one in error.errors]
    field, message = wrong[0]
    return _said(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "body_invalid",
        f"{field or 'The body'}: {message}.",
        field=field or None,
        about={"errors": [{"field": place, "message": words} for place, words in wrong]},
    )


@api.exception_handler(HttpError)
def not_readable(request: HttpRequest, error: HttpError) -> HttpResponse:
    """What ninja itself refuses, such as a body that is no JSON."""
    return _said(HTTPStatus(error.status_code), "request_unreadable", str(error))


@api.exception_handler(RequestDataTooBig)
def too_large(request: HttpRequest, error: RequestDataTooBig) -> HttpResponse:
    """A body over the limit."""
    most = (settings.DATA_UPLOAD_MAX_MEMORY_SIZE or 0) // 1024
    return _said(
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        "body_too_large",
        f"A body has at most {most:,} KB. Send less at once.",
    )


def _said(
    status: HTTPStatus,
    code: str,
    message: str,
    *,
    field: str | None = None,
    about: dict[str, Any] | None = None,
) -> Answer:
    """What the door itself refuses, in the shape of a rule's refusal."""
    told = Refused(code, message, rule="K1", field=field, about=about)
    answer = refusal(told)
    answer.status_code = status
    return answer


def _place(loc: tuple[Any, ...]) -> str:
    """The field a message is about, such as `contact.name`: without where it was sent."""
    return ".".join(str(part) for part in loc[2:] or loc[1:])
