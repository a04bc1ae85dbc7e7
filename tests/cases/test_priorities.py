"""Priorities are offered in one order wherever one is chosen (H4)."""

from __future__ import annotations

from heliodesk.bulk.forms.acts import BulkPriorityForm
from heliodesk.cases.forms.editing import MAKERS
from heliodesk.cases.forms.opening import NewCaseForm
from heliodesk.cases.models import Priority
from heliodesk.list_views.fields import FIELDS
from heliodesk.list_views.fields.choices import choices

IN_ORDER = ["Normal", "High"]


def test_h4_the_usual_priority_is_offered_first_everywhere() -> None:
    fields = [
        NewCaseForm.base_fields["priority"],
        BulkPriorityForm.base_fields["priority"],
        MAKERS["priority"](None),
    ]
    for field in fields:
        assert [label for _, label in field.choices] == IN_ORDER
    assert [one.label for one in choices(FIELDS["priority"])] == IN_ORDER
    assert {value for value, _ in Priority.offered()} == set(Priority.values)
