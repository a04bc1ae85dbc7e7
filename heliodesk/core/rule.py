"""The one shape of every rule: atomic, with an explicit actor, known by its procedure numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import transaction

P = ParamSpec("P")
R = TypeVar("R")

_undone_as_a_whole = ContextVar("undone_as_a_whole", default=False)

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
            savepoint = not _undone_as_a_whole.get()
            with transaction.atomic(savepoint=savepoint), _set(_undone_as_a_whole, False):
                return function(*args, **kwargs)

        return run

    return mark


def undone_as_a_whole() -> AbstractContextManager[None]:
    """Inside, a rule sets no savepoint: what it refuses undoes the whole transaction, as whoever
    opened that wants it, and going on with it nevertheless fails. The rules that it calls in turn
    have their savepoints."""
    return _set(_undone_as_a_whole, True)


@contextmanager
def _set(variable: ContextVar[bool], value: bool) -> Iterator[None]:
    before = variable.set(value)
    try:
        yield
    finally:
        variable.reset(before)
