"""Refusals: what a rule says when it may not go on (K5)."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any


class Refused(Exception):
    """A rule refused. Nothing was changed.

    `code` is stable and meant for programs, `message` says to a person what is wrong and what to
    do instead, `rule` is the procedure number which it follows, `field` names the form field it
    belongs to, and `about` carries what a person has to look at (matching cases, a contract).
    """

    def __init__(
        self,
        code: str,
        message: str,
        *,
        rule: str,
        field: str | None = None,
        about: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.rule = rule
        self.field = field
        self.about = dict(about or {})

    @property
    def status(self) -> HTTPStatus:
        """422 for a field, 409 for a state that forbids the act."""
        return HTTPStatus.UNPROCESSABLE_ENTITY if self.field else HTTPStatus.CONFLICT


class NotPermitted(Refused):
    """The actor may not do this, whatever was sent (K1, K7)."""

    @property
    def status(self) -> HTTPStatus:
        """403: the thing may be seen, the act is not the actor's."""
        return HTTPStatus.FORBIDDEN


class NotFound(Refused):
    """There is no such thing, or the actor may not see it: the answer is the same (K6)."""

    @property
    def status(self) -> HTTPStatus:
        """404 in both cases, so that nobody can probe for what exists."""
        return HTTPStatus.NOT_FOUND


class NeedsConfirmation(Refused):
    """Only a deliberate yes goes on (B6, H3); `about` says what the yes is to."""
