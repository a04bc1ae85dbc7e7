"""The engine as Django looks for it; `DATABASES` names the package."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from typing import Any

from django.db.backends.postgresql import base
from django.db.backends.postgresql.psycopg_any import get_adapters_template
from psycopg.adapt import AdaptersMap, Buffer, Loader


class MomentLoader(Loader):
    """Reads a moment as PostgreSQL writes it in UTC; the driver takes it apart in Python."""

    timezone = UTC  # of the connection, as Django asks it of a loader

    def load(self, data: Buffer) -> datetime:
        """The aware moment."""
        return datetime.fromisoformat(str(data, "ascii"))


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection whose every moment is in UTC."""

    def get_connection_params(self) -> dict[str, Any]:
        """Django's own, with the loader."""
        return {**super().get_connection_params(), "context": _adapters()}


@cache
def _adapters() -> AdaptersMap:
    adapters = AdaptersMap(get_adapters_template(True, UTC))
    adapters.register_loader("timestamptz", MomentLoader)
    return adapters
