"""What comes in: fields of their very type, nothing unknown, nothing that is no text."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from ninja import Schema
from pydantic import AfterValidator, ConfigDict, Field, StrictBool, StrictStr

LARGEST_ID = 2**63 - 1


def readable(text: str) -> str:
    """The text; fails where PostgreSQL could not keep it."""
    if "\x00" in text:
        raise ValueError("NUL is no character of a text")
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise ValueError("half a character is no text") from error
    return text


def aware(at: datetime) -> datetime:
    """The moment; fails where it does not say its offset."""
    if at.tzinfo is None:
        raise ValueError("give the offset, such as Z")
    return at


Text = Annotated[StrictStr, AfterValidator(readable)]
Id = Annotated[int, Field(strict=True, ge=1, le=LARGEST_ID)]
Flag = StrictBool
Moment = Annotated[
    datetime, Field(strict=False, json_schema_extra={"format": "date-time"}), AfterValidator(aware)
]
PriorityName = Literal["high", "normal"]


class Body(Schema):
    """A body whose fields are all known."""

    model_config = ConfigDict(extra="forbid")


class UnderContract(Body):
    """The contract of a homeowner case and who goes with it (H3 to H5, H8); where no installer is
    named, the contract's."""

    contract_id: Text
    contact: Id
    installer: Id | None = None
    installer_contact: Id | None = None
    cancelled_contract_confirmed: Flag = False
