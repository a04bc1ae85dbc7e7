"""The fields of a case, as list views filter by them and show them as columns (V3)."""

from __future__ import annotations

from heliodesk.list_views import case_fields, work_fields
from heliodesk.list_views.kinds import Field, Kind

__all__ = ["FIELDS", "Field", "Kind"]

#: Every field by its name, in the order in which it is offered.
FIELDS: dict[str, Field] = {
    field.name: field for field in (*case_fields.FIELDS, *work_fields.FIELDS)
}
