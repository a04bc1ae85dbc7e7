"""Whose texts are wanted, chosen by a part of the name (V4)."""

from __future__ import annotations

from django import forms
from django.http import QueryDict

from heliodesk.core.addresses import address
from heliodesk.core.numbers import whole
from heliodesk.core.picking import Choice, PickField, put_source
from heliodesk.people.queries.picking import People
from heliodesk.worklists.queries.names import names


class Authors(People):
    """All who may have written something, those who have left too."""

    def get(self, value: str) -> Choice | None:
        """The one with this ID; no statement, for their names are known."""
        key = whole(value)
        name = names("person").get(key) if key is not None else None
        return Choice(value, name) if name else None


def authors() -> Authors:
    """Whom everybody may look for; what they wrote is found where one may see it (K6)."""
    return Authors(address("search_authors"), with_deactivated=True)


class AuthorForm(forms.Form):
    """One of the filters of a search."""

    author = PickField("Written by", keys=True, required=False, empty="Anybody")

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        put_source(self, "author", authors())
