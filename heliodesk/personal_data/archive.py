"""All that is held of a homeowner as one ZIP file: `data.json`, and the files as they were put on
the cases."""

from __future__ import annotations

import json
import shutil
import tempfile
import zipfile
from typing import IO, Any

from django.core.files.storage import default_storage

from heliodesk.core import clock
from heliodesk.core.refusal import Refused

IN_MEMORY = 8 * 1024 * 1024  # bytes; a larger archive is written to a temporary file


def archive(held: dict[str, Any]) -> IO[bytes]:
    """The archive, at its beginning. Refuses where the storage does not give a file."""
    made: IO[bytes] = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 - the caller closes it
    try:
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as zipped:
            for row in held["files"]:
                row["in_this_archive"] = name = place_of(row)
                _put(zipped, name, row)
            shown = {"exported_at": clock.now().isoformat()} | held
            zipped.writestr("data.json", json.dumps(shown, indent=1, ensure_ascii=False))
    except BaseException:
        made.close()
        raise
    made.seek(0)
    return made


def place_of(row: dict[str, Any]) -> str:
    """Where a file stands in the archive: by its ID, since names repeat."""
    name = row["name"].replace("/", "_").replace("\\", "_")
    return f"files/{row['id']} {name}"


def _put(zipped: zipfile.ZipFile, name: str, row: dict[str, Any]) -> None:
    try:
        kept = default_storage.open(row["stored_as"])
    except Exception as error:  # storages fail with errors of their own
        raise Refused(
            "file_not_readable",
            f"“{row['name']}” cannot be read from the storage just now, and without it the export "
            "would not be whole. Try again in a few minutes.",
            rule="G2",
        ) from error
    with kept as source, zipped.open(name, "w", force_zip64=True) as target:
        shutil.copyfileobj(source, target)
