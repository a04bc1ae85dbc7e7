"""The filter of a list as chips over its table (V3)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from heliodesk.list_views.filters import Condition, Filter, Group
from heliodesk.list_views.views.address import ListAddress
from heliodesk.list_views.views.words import Names, Words, words_of

LEADS = {"all": "", "any": "any of", "none": "none of"}


@dataclass(frozen=True, slots=True)
class Chip:
    """A condition: its words, where it is changed, and the list without it. One that always holds
    has neither address."""

    words: Words
    edit: str = ""
    without: str = ""


@dataclass(frozen=True, slots=True)
class ChipGroup:
    """The chips of a group; `lead` says how many of them have to hold, where not all do."""

    lead: str
    chips: list[Chip]


def chip_groups(filter: Filter, *, at: ListAddress, names: Names) -> list[ChipGroup]:
    """The groups of the filter as chips of the list at that address."""
    found = []
    for group, name in named(filter):
        chips = [
            Chip(
                words_of(condition, names),
                edit=at.form(group=name, was=condition.text),
                without=at.of(take_out(filter, name, condition.text)),
            )
            for condition in group.conditions
        ]
        found.append(ChipGroup(LEADS[group.mode], chips))
    return found


def named(filter: Filter) -> Iterator[tuple[Group, str]]:
    """Each group with the name of its parameter in the address."""
    seen: dict[str, int] = {}
    for group in filter.groups:
        number = seen[group.mode] = seen.get(group.mode, 0) + 1
        yield group, group.mode if number == 1 else f"{group.mode}.{number}"


def take_out(filter: Filter, name: str, text: str) -> Filter:
    """The filter without the condition that reads so, in the group of that name."""
    groups = []
    for group, known in named(filter):
        left = tuple(one for one in group.conditions if known != name or one.text != text)
        groups.append(Group(group.mode, left))
    return Filter(tuple(one for one in groups if one.conditions))


def put(filter: Filter, name: str, condition: Condition, was: str = "") -> Filter:
    """The filter with the condition in the group of that name, which is made where there is none;
    in the place of the one that reads `was` there."""
    groups = []
    found = False
    for group, known in named(filter):
        conditions = list(group.conditions)
        texts = [one.text for one in conditions]
        if known == name:
            found = True
            place = texts.index(was) if was in texts else len(conditions)
            conditions[place : place + 1] = [condition]
        conditions = list(dict.fromkeys(conditions))
        groups.append(Group(group.mode, tuple(conditions)))
    if not found:
        mode = name.partition(".")[0]
        groups.append(Group(mode if mode in LEADS else "all", (condition,)))  # type: ignore[arg-type]  # one of LEADS
    groups.sort(key=lambda group: list(LEADS).index(group.mode))
    return Filter(tuple(groups))
