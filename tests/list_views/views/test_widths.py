"""How wide the usual columns are: what they hold fits, and they stand side by side (V3)."""

from __future__ import annotations

import pytest

from heliodesk.list_views.views.list_page import QUEUE_WIDTHS
from heliodesk.list_views.views.place import INSTALLER_COLUMNS, QUEUE_COLUMNS, WIDER

CHECKBOX, TAKE = 36, 64
#: What the rail and the page's edges leave of a window.
EDGES = 128


@pytest.mark.parametrize("columns", [QUEUE_COLUMNS, INSTALLER_COLUMNS])
def test_v3_the_usual_columns_of_a_queue_stand_side_by_side(columns: tuple[str, ...]) -> None:
    assert sum(QUEUE_WIDTHS[name] for name in columns) + CHECKBOX + TAKE <= 1440 - EDGES
    narrower = [QUEUE_WIDTHS[name] for name in columns if name not in WIDER]
    assert sum(narrower) + CHECKBOX + TAKE <= 1280 - EDGES


def test_v3_what_is_long_has_more_room_than_what_is_short() -> None:
    long = ("request_type", "request_subtype", "customer", "property_address")
    assert min(QUEUE_WIDTHS[name] for name in long) > QUEUE_WIDTHS["status"]
    assert max(QUEUE_WIDTHS.values()) == QUEUE_WIDTHS["request_subtype"]
