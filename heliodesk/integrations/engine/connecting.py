"""The Engine that is set up, and asking it for something while somebody waits."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

from heliodesk.cases.models import EngineSettings
from heliodesk.core.sealed import Unsealable, unseal
from heliodesk.integrations.engine.client import Engine, EngineAway

T = TypeVar("T")

#: Seconds for which nobody waits again after Engine did not answer, in this process.
NOT_ASKED_FOR = 30.0


def connected(settings: EngineSettings) -> Engine:
    """The Engine of these settings, which have an address. Fails with `EngineAway` where its token
    cannot be read any more."""
    try:
        token = unseal(settings.token) if settings.token else ""
    except Unsealable as error:
        raise EngineAway(
            "the desk cannot read its token for Engine any more: an administrator has to enter it "
            "anew"
        ) from error
    return Engine(settings.address, token)


class Patience:
    """How long nobody waits for Engine because it has just not answered, by its address."""

    def __init__(self) -> None:
        self._until: dict[str, float] = {}

    def is_out(self, address: str) -> bool:
        """Whether it is too soon to ask again."""
        return self._until.get(address, 0.0) > time.monotonic()

    def lose(self, address: str) -> None:
        """Not to be asked for a while; of other addresses nothing is kept."""
        self._until = {address: time.monotonic() + NOT_ASKED_FOR}

    def regain(self) -> None:
        """Ask again."""
        self._until = {}


patience = Patience()


def ask(settings: EngineSettings, question: Callable[[Engine], T]) -> T:
    """What Engine answers to somebody who waits for it. Fails with `EngineAway`, at once where it
    has not answered just before."""
    if patience.is_out(settings.address):
        raise EngineAway("Engine did not answer a moment ago, and is asked again in half a minute")
    try:
        answer = question(connected(settings))
    except EngineAway:
        patience.lose(settings.address)
        raise
    patience.regain()
    return answer
