"""The one shape of every rule: atomic, with an explicit actor, known by its procedure numbers."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import transaction

P = ParamSpec("P")
R = TypeVar("R")

#: Every rule's dotted name with the procedure numbers it enforces.
RULES: dict[str, tuple[str, ...]] = {}


def rule(*procedures: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Mark a function as the rule for `procedures` and run it in a transaction.

    A rule that refuses (raises `Refused`) leaves nothing behind.
    """

    def mark(function: Callable[P, R]) -> Callable[P, R]:
        RULES[f"{function.__module__}.{function.__qualname__}"] = procedures

        @wraps(function)
        def run(*args: P.args, **kwargs: P.kwargs) -> R:
            with transaction.atomic():
                return function(*args, **kwargs)

        return run

    return mark
