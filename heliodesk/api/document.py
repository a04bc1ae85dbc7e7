"""What the OpenAPI document says of every operation alike."""

from __future__ import annotations

from typing import Any

from ninja.openapi.schema import OpenAPISchema

from heliodesk.api.as_read import AS_READ

#: What may be answered instead, with the schema of a refusal.
ALWAYS = {
    400: "The address or the body cannot be read",
    401: "No token, or none that holds",
    403: "The token's person, or its scope, may not do this",
    422: "A field, a parameter or a cursor is wrong",
    429: "The token has used up its requests of this minute, or the address has sent too many that "
    "are none; see Retry-After",
}
ON_SOMETHING = {404: "There is no such thing, or its person may not see it (K6)"}
ON_CHANGE = {
    409: "The state forbids it, or a gate wants a deliberate yes; `about` says what of",
    413: "The body is too large",
}
REFUSAL = {
    "title": "Refusal",
    "type": "object",
    "properties": {
        "code": {"type": "string", "description": "Stable, for programs."},
        "message": {"type": "string", "description": "For people: what is wrong, what to do."},
        "field": {"type": ["string", "null"], "description": "The field it belongs to."},
        "rule": {"type": "string", "description": "The number of the procedure."},
        "about": {"type": "object", "description": "What a person has to look at."},
    },
    "required": ["code", "message", "field", "rule"],
    "additionalProperties": False,
}
TAGS = {
    "Cases": "Finding, opening and changing cases (B4, B6, H, N)",
    "Working a case": "Owner, status, review, closing, merging, following, links (Q, S, L, X, W)",
    "Case assignments": "What departments are asked for, and what they answer (A, F)",
    "Feed and notices": "Posts, interactions, the bell (B1, C)",
    "Files": "Files on cases (G)",
    "Directory": "Accounts, contacts, contracts and jobs (D)",
    "Jira": "Jira tickets of a case (J)",
    "The desk": "Who one is, what the desk offers to choose from, search (V4)",
}
IDEMPOTENCY_KEY = {
    "in": "header",
    "name": "Idempotency-Key",
    "required": False,
    "description": "Sent again with the same key, the request is answered as the first time (K3).",
    "schema": {"type": "string", "minLength": 1, "maxLength": 200, "pattern": "^[!-~]+$"},
}
IF_MATCH = {
    "in": "header",
    "name": "If-Match",
    "required": False,
    "description": "The ETag of the case as it was read; it is changed only as that (K2).",
    "schema": {"type": "string"},
}
IF_NONE_MATCH = IF_MATCH | {
    "name": "If-None-Match",
    "description": "The ETag of the case as one has it; answered by 304 where it is the same.",
}
ETAG = {"schema": {"type": "string"}, "description": "The state of the case, for `If-Match`"}
LIMITS = {
    name: {"schema": {"type": "integer"}, "description": words}
    for name, words in (
        ("X-RateLimit-Limit", "Requests a minute"),
        ("X-RateLimit-Remaining", "What is left of them"),
        ("X-RateLimit-Reset", "Seconds until they are anew"),
    )
}


def completed(document: OpenAPISchema) -> OpenAPISchema:
    """The document with refusals, keys and limits at each operation."""
    document["components"]["schemas"]["Refusal"] = REFUSAL
    document["security"] = [{"Bearer": []}]
    document["servers"] = [{"url": "/", "description": "The desk that gave this document"}]
    document["tags"] = [{"name": name, "description": words} for name, words in TAGS.items()]
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            _complete(path, method, operation)
    return document


def _complete(path: str, method: str, operation: dict[str, Any]) -> None:
    others = dict(ALWAYS)
    if "{" in path:
        others |= ON_SOMETHING
    if method != "get":
        others |= ON_SOMETHING | ON_CHANGE
    for answer in operation["responses"].values():
        answer["headers"] = {**LIMITS, **answer.get("headers", {})}
    _complete_as_read(operation, others)
    for status, words in others.items():
        operation["responses"].setdefault(
            status,
            {
                "description": words,
                "content": {
                    "application/json": {"schema": {"$ref": "#/components/schemas/Refusal"}}
                },
            },
        )
    if method == "post":
        operation["parameters"] = [*operation["parameters"], IDEMPOTENCY_KEY]


def _complete_as_read(operation: dict[str, Any], others: dict[int, str]) -> None:
    """The ETag of an answer with a case, and the operations that take it back."""
    for answer in operation["responses"].values():
        if "/CaseShown'" in str(answer.get("content")):
            answer["headers"]["ETag"] = ETAG
    if operation["operationId"] in AS_READ:
        operation["parameters"] = [*operation["parameters"], IF_MATCH]
        others[412] = "The case is no longer as `If-Match` says (K2)"
    if operation["operationId"] == "get_case":
        operation["parameters"] = [*operation["parameters"], IF_NONE_MATCH]
        operation["responses"][304] = {"description": "The case is as `If-None-Match` says"}
