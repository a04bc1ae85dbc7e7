"""Moving the desk's clock in tests."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from heliodesk.core import clock


class Clock:
    """A clock that stands still until a test moves it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.at = timezone.now().replace(microsecond=0)
        monkeypatch.setattr(clock, "now", lambda: self.at)

    def move(self, **parts: float) -> datetime:
        """Move by a `timedelta` of these parts, such as `hours=6`."""
        self.at += timedelta(**parts)
        return self.at
