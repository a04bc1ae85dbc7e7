"""A storage of the test's own."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytest_django import Settings


@pytest.fixture
def storage(tmp_path: Path, settings: Settings) -> Path:
    """The folder of a storage that begins empty."""
    settings.MEDIA_ROOT = tmp_path / "files"
    return tmp_path / "files"
