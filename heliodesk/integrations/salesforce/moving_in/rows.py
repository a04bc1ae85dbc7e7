"""What the words of an export mean, and what is made of a row before it is staged."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from heliodesk.integrations.salesforce.ids import eighteen
from heliodesk.integrations.salesforce.moving_in.rendering import html
from heliodesk.integrations.salesforce.moving_in.rich_text import plain
from heliodesk.integrations.salesforce.moving_in.values import Read, Words, refused

#: Fields of which each word has to mean something: object, field, list of the map, procedure.
CHOSEN = {
    ("case", "status"): ("statuses", "S"),
    ("case", "priority"): ("priorities", "H4"),
    ("assignment", "status"): ("statuses", "A4"),
}
#: Fields with a word that may mean something, and is passed over otherwise.
UNDERSTOOD = {
    ("case", "case_type"): "types",
    ("user", "role"): "roles",
    ("task", "sort"): "sorts",
}
#: Fields which name something on the desk, maybe by another word.
NAMED = {
    ("case", "source"): "sources",
    ("case", "closed_reason"): "closed_reasons",
    ("closure", "reason"): "closed_reasons",
    ("case", "request_type"): "request_types",
    ("assignment", "department"): "departments",
}
CUT_AT = 1000  # characters: a body of just as many was probably cut by the export


class Dictionary:
    """The map, its lists turned round. Record types join it once they are read."""

    def __init__(self, names: Mapping[str, Any]) -> None:
        self.names = names
        self.lists: dict[tuple[str, str], Words] = {}

    def words(self, subject: str, group: str) -> Words:
        """One list of the map, such as the statuses of cases."""
        key = (subject, group)
        if key not in self.lists:
            self.lists[key] = Words(self.names[subject][group])
        return self.lists[key]

    def record_type(self, external_id: str, *said: str) -> None:
        """A record type means what its name or developer name means."""
        for subject, group in (("case", "types"), ("account", "kinds")):
            words = self.words(subject, group)
            meaning = next(filter(None, map(words.meaning, said)), None)
            if meaning and words.meaning(external_id) is None:
                words.found[external_id.casefold()] = meaning
                self.names[subject][group][meaning] += [external_id, external_id[:15]]

    def instead(self, field: str) -> str:
        """What stands in for a case's field that is empty."""
        some = self.names["case"]["instead_of_nothing"].get(field) or [""]
        return str(some[0])

    def reader(self, subject: str, field: str) -> Read | None:
        """How the words of this field are read; None where it is no such field."""
        if (subject, field) in CHOSEN:
            return self._chosen(subject, field)
        if group := UNDERSTOOD.get((subject, field)):
            words = self.words(subject, group)
            return lambda cell: words.meaning(eighteen(cell.strip())) or ""
        if group := NAMED.get((subject, field)):
            # Closures have the words of their cases.
            named = self.words("case" if subject == "closure" else subject, group)
            return lambda cell: named.name(cell) if cell.strip() else ""
        return None

    def _chosen(self, subject: str, field: str) -> Read:
        group, rule = CHOSEN[subject, field]
        words = self.words(subject, group)

        def read(cell: str) -> str:
            meaning = words.meaning(cell)
            if meaning is None:
                raise refused(
                    f"{field}_unknown",
                    f"“{cell[:60]}” is no {field} that the map knows. Name it under "
                    f"[{subject}.{group}]: {', '.join(words.meanings)}.",
                    field,
                    rule,
                )
            return meaning

        return read


Finish = Callable[[dict[str, Any], Dictionary], None]


def finish_case(values: dict[str, Any], words: Dictionary) -> None:
    """Subject and description together, the subtype by its type, and what stands in for nothing."""
    for field in ("source", "request_type", "request_subtype", "closed_reason"):
        if not values[field]:
            values[field] = words.instead(field)
    kind, subtype = values["request_type"], values["request_subtype"]
    both = words.words("case", "request_subtypes").meaning(f"{kind}: {subtype}")
    if both and ": " in both:
        values["request_type"], values["request_subtype"] = both.split(": ", 1)
    subject, said = values["subject"], values["description"]
    if subject and not said.startswith(subject):
        values["description"] = f"{subject}\n\n{said}".strip()


def finish_post(values: dict[str, Any], words: Dictionary) -> None:
    """The text as the desk writes it, and rendered once (C5)."""
    said = values["body"]
    values["cut"] = len(said) == CUT_AT
    values["body"] = said = plain(said, rich=values["rich"])
    values["html"] = html(said)


def finish_item(values: dict[str, Any], words: Dictionary) -> None:
    """A post, with the title and link that it may have; what happened, with its data."""
    if values["data"]:
        _require_data(values["data"])
    finish_post(values, words)
    if values["kind"]:
        return
    title, link = values["title"], values["link"]
    extra = [one for one in (title, link) if one and one not in values["body"]]
    if extra and (values["body"] or link):
        values["body"] = "\n\n".join([*extra, *filter(None, [values["body"]])])
        values["html"] = html(values["body"])


def _require_data(said: str) -> None:
    try:
        whole = isinstance(json.loads(said), dict)
    except ValueError:
        whole = False
    if not whole:
        raise refused("data_unreadable", "Data__c is no JSON object.", "data", "C3")


def finish_comment(values: dict[str, Any], words: Dictionary) -> None:
    """A case comment is plain."""
    values["html"] = html(values["body"])


def finish_task(values: dict[str, Any], words: Dictionary) -> None:
    """The words of a task as the feed shows them."""
    said = values["description"]
    if values["subject"] != "Case Review" and not said:
        said = values["subject"]
    values["html"] = html(said)


def finish_setup(values: dict[str, Any], words: Dictionary) -> None:
    """Facts are JSON."""
    if values["facts"]:
        _require_data(values["facts"])


FINISH: dict[str, Finish] = {
    "case": finish_case,
    "comment": finish_comment,
    "feed_item": finish_item,
    "feed_comment": finish_post,
    "task": finish_task,
    "desk_setup": finish_setup,
    "desk_fact": finish_setup,
}
