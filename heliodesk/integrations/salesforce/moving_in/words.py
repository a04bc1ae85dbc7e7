"""The words of an export's texts, put into the index of the search in large lots (V4)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from heliodesk.integrations.salesforce.sets import run

INDEX = "search_text_words"
USUAL, LARGE = 512, 8192  # kilobytes


@contextmanager
def in_large_lots() -> Iterator[None]:
    """Inside, new words wait in a longer list before they are sorted into the index, which takes
    half the time. Only this transaction knows of it: nobody waits, and it is as before when the
    transaction is over, however it ends."""
    run(f"ALTER INDEX {INDEX} SET (gin_pending_list_limit = {LARGE})")
    yield
    run(f"SELECT gin_clean_pending_list('{INDEX}')")
    run(f"ALTER INDEX {INDEX} SET (gin_pending_list_limit = {USUAL})")
