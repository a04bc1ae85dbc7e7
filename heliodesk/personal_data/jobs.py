"""What erases by itself."""

from __future__ import annotations

from django.core.files.storage import default_storage

from heliodesk.core.jobs import job, periodic
from heliodesk.personal_data.rules.retention import erase_due


@job()
def delete_files(*, keys: list[str]) -> None:
    """Take the files of an erased homeowner out of the storage."""
    for key in keys:
        default_storage.delete(key)  # one that is gone already is no error


@periodic("25 * * * *")
def erase_homeowners() -> None:
    """Erase homeowners whose time is over, some hundred each hour."""
    erase_due()
