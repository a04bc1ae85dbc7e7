"""The orders of a list of cases: by any column that has one (V3)."""

from __future__ import annotations

from heliodesk.list_views.orders.list_order import (
    COLUMNS,
    INDEXED,
    ListOrder,
    order_gone,
    order_named,
)

__all__ = ["COLUMNS", "INDEXED", "ListOrder", "order_gone", "order_named"]
