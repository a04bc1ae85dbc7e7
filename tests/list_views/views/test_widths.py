"""How wide the usual columns are: what they hold fits, and they stand side by side (V3)."""

from __future__ import annotations

import pytest

from heliodesk.list_views.views.list_page import INSTALLER_WIDTHS, QUEUE_WIDTHS
from heliodesk.list_views.views.place import INSTALLER_COLUMNS, QUEUE_COLUMNS, WIDER

CHECKBOX, TAKE = 36, 64
#: What the rail and the page's edges leave of a window.
EDGES = 128


@pytest.mark.parametrize(
    ("columns", "widths"), [(QUEUE_COLUMNS, QUEUE_WIDTHS), (INSTALLER_COLUMNS, INSTALLER_WIDTHS)]
)
def test_v3_the_usual_columns_of_a_queue_stand_side_by_side(
    columns: tuple[str, ...], widths: dict[str, int]
) -> None:
    assert sum(widths[name] for name in columns) + CHECKBOX + TAKE <= 1440 - EDGES
    narrower = [widths[name] for name in columns if name not in WIDER]
    assert sum(narrower) + CHECKBOX + TAKE <= 1280 - EDGES


def test_v3_what_is_long_has_more_room_than_what_is_short() -> None:
    long = ("request_type", "request_subtype", "customer", "property_address")
    assert min(QUEUE_WIDTHS[name] for name in long) > QUEUE_WIDTHS["status"]
    assert max(QUEUE_WIDTHS.values()) == QUEUE_WIDTHS["request_subtype"]


def test_v3_the_name_of_a_company_has_the_most_room_among_installers_cases() -> None:
    assert max(INSTALLER_WIDTHS.values()) == INSTALLER_WIDTHS["customer"]
