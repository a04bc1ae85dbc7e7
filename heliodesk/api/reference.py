"""The OpenAPI document as people read it: sections of operations with their fields."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

METHODS = ("get", "post", "put", "patch", "delete")


@dataclass(frozen=True, slots=True)
class FieldLine:
    """A parameter or a field of a body: its name, its type in words, what it means."""

    name: str
    kind: str
    required: bool
    words: str = ""


@dataclass(frozen=True, slots=True)
class OperationLine:
    """One operation."""

    name: str
    method: str
    path: str
    words: str
    parameters: list[FieldLine] = field(default_factory=list)
    body: list[FieldLine] = field(default_factory=list)
    answers: str = ""


def sections(document: dict[str, Any]) -> list[tuple[str, list[OperationLine]]]:
    """The operations by their tag, in the order of the document."""
    found: dict[str, list[OperationLine]] = defaultdict(list)
    schemas = document["components"]["schemas"]
    for path, methods in document["paths"].items():
        for method in METHODS:
            if operation := methods.get(method):
                found[operation["tags"][0]].append(_operation(path, method, operation, schemas))
    return list(found.items())


def _operation(
    path: str, method: str, operation: dict[str, Any], schemas: dict[str, Any]
) -> OperationLine:
    content = operation.get("requestBody", {}).get("content", {})
    body = _schema(content)
    good = min(status for status in operation["responses"] if int(status) < 300)
    answered = operation["responses"][good].get("content", {})
    schema = _schema(answered)
    return OperationLine(
        name=operation["operationId"],
        method=method.upper(),
        path=path,
        words=operation.get("description", ""),
        parameters=[
            FieldLine(
                one["name"], _kind(one["schema"]), one["required"], one.get("description", "")
            )
            for one in operation["parameters"]
        ],
        body=_fields(body, schemas),
        answers=f"{good} {_kind(schema)}",
    )


def _schema(content: dict[str, Any]) -> dict[str, Any]:
    """The schema of the first way in which it is written; empty where there is none."""
    for written in content.values():
        return dict(written["schema"])
    return {}


def _fields(schema: dict[str, Any], schemas: dict[str, Any]) -> list[FieldLine]:
    if "$ref" in schema:
        schema = schemas[_name(schema)]
    required = set(schema.get("required", ()))
    return [
        FieldLine(name, _kind(one), name in required, one.get("description", ""))
        for name, one in schema.get("properties", {}).items()
    ]


def _kind(schema: dict[str, Any]) -> str:
    """The type of a schema in a few words, such as `list of text`."""
    if "$ref" in schema:
        return _name(schema).removesuffix("Shown")
    if "anyOf" in schema:
        kinds = [_kind(one) for one in schema["anyOf"] if one.get("type") != "null"]
        return " or ".join(kinds)
    if "enum" in schema:
        return ", ".join(str(one) or "“”" for one in schema["enum"])
    if "const" in schema:
        return str(schema["const"])
    kind = schema.get("type", "")
    if kind == "array":
        return f"list of {_kind(schema.get('items', {}))}"
    words = {"string": "text", "integer": "whole number", "boolean": "true or false"}
    return str(schema.get("format") or words.get(str(kind), kind))


def _name(schema: dict[str, Any]) -> str:
    return str(schema["$ref"]).rsplit("/", 1)[-1]
