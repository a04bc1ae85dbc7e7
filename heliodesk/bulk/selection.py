"""Over which cases: the ones that were picked, all that a filter lets through, or what was refused
before."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Selection:
    """One of three: case `numbers`; with `everything` all that match the `query` (the text of a
    list's filter); `again_of`, the ID of an action whose refused cases are meant."""

    numbers: tuple[int, ...] = ()
    query: str = ""
    everything: bool = False
    again_of: int | None = None
