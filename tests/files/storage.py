"""What the storage of a test holds."""

from __future__ import annotations

from pathlib import Path


def stored_files(storage: Path) -> list[Path]:
    """Every file in it."""
    return [path for path in storage.rglob("*") if path.is_file()]
