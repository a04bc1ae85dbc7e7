"""The only door to an item of a feed (K6)."""

from __future__ import annotations

from heliodesk.cases.models import Case
from heliodesk.core.refusal import NotFound
from heliodesk.feed.models import FeedItem


def get_item(case: Case, item_id: int) -> FeedItem:
    """The item with this ID on a case which the actor may see; refuses with `NotFound`."""
    item = FeedItem.objects.filter(case=case, pk=item_id).select_related("author", "parent").first()
    if item is None:
        raise NotFound(
            "post_not_found",
            "There is no such post on this case. Look for it in the feed.",
            rule="K6",
        )
    return item
