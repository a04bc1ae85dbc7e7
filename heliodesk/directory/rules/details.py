"""The texts of a directory record, checked and written as the desk writes them (D1).

Pure functions, so that the screens' rules and an import give the same verdict on the same text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from heliodesk.core.refusal import Refused
from heliodesk.core.text import trimmed
from heliodesk.directory import phones
from heliodesk.directory.rules.refusals import refused

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x85\u2028\u2029\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Text:
    """A text of a record: its label, how many characters fit, whether it has to be there."""

    label: str
    limit: int
    required: bool = False
    sort: str = "line"


ADDRESS = {
    "street": Text("street", 200, sort="street"),
    "city": Text("city", 100),
    "state": Text("state", 60),
    "postal_code": Text("ZIP code", 20),
    "country": Text("country", 60),
}
REACHED_BY = {
    "phone": Text("phone", 40, sort="phone"),
    "email": Text("email address", 254, sort="email"),
}
EXTERNAL_ID = {"external_id": Text("external ID", 40)}

ACCOUNT = {"name": Text("name", 200, required=True)} | REACHED_BY | ADDRESS | EXTERNAL_ID
CONTACT = {"name": Text("name", 160, required=True)} | REACHED_BY | EXTERNAL_ID
CONTRACT = {"contract_id": Text("contract ID", 40, True, "id")} | ADDRESS | EXTERNAL_ID
JOB = {
    "job_id": Text("job ID", 40, True, "id"),
    "name": Text("name", 200),
    "phase": Text("phase", 60),
}


def cleaned(texts: Mapping[str, Text], values: Mapping[str, str]) -> dict[str, str]:
    """Those of `values` that are texts of the record, as they are kept.

    Refuses one that is missing, too long, not an email address, or cannot be stored.
    """
    return {name: clean(name, text, values[name]) for name, text in texts.items() if name in values}


def clean(name: str, text: Text, value: str) -> str:
    """One text as it is kept; refuses as `cleaned` says."""
    if _CONTROL.search(value):
        raise refused(
            "not_text", f"The {text.label} has a character that is not text. Type it anew.", name
        )
    if text.sort == "street":
        value = ", ".join(part.strip(" ,") for part in value.splitlines() if part.strip(" ,"))
    value = " ".join(trimmed(value).split())
    if text.sort == "phone":
        value = phones.written(value)
    if text.required and not value:
        raise refused("missing", f"Give the {text.label}.", name)
    if len(value) > text.limit:
        raise too_long(name, text, len(value))
    if text.sort == "email" and value:
        require_email(name, value)
    if text.sort == "id" and "/" in value:
        raise refused("slash", f"A {text.label} has no slash. Write it with a dash.", name)
    return value


def too_long(name: str, text: Text, length: int) -> Refused:
    """More characters than fit."""
    return refused(
        "too_long",
        f"The {text.label} has {length} characters; at most {text.limit} fit. Shorten it.",
        name,
    )


def require_email(name: str, value: str) -> None:
    """Refuse what is no email address."""
    try:
        validate_email(value)
    except ValidationError:
        raise refused(
            "email_invalid",
            f"“{value}” is not an email address. Correct it or leave it empty.",
            name,
        ) from None
