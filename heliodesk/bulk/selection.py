"""Over which cases: the ones that were picked, all that a filter lets through, or what an earlier
action refused or had not come to."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Selection:
    """One of four: case `numbers`; with `everything` all that match the `query` (the text of a
    list's filter); `again_of`, the ID of an action whose refused cases are meant; `rest_of`, that
    of a stopped one, whose cases that it had not come to are meant."""

    numbers: tuple[int, ...] = ()
    query: str = ""
    everything: bool = False
    again_of: int | None = None
    rest_of: int | None = None

    @property
    def earlier(self) -> int | None:
        """The ID of the action that this one comes after."""
        return self.again_of or self.rest_of
