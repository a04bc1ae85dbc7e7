"""The fields of a case, as list views filter by them and show them as columns (V3)."""

from __future__ import annotations

from heliodesk.list_views.fields import of_case, of_work
from heliodesk.list_views.fields.kinds import Field, Kind

__all__ = ["FIELDS", "Field", "Kind"]

#: Every field by its name, in the order in which it is offered.
FIELDS: dict[str, Field] = {field.name: field for field in (*of_case.FIELDS, *of_work.FIELDS)}
