"""CSV files of a directory, kept between being shown and being brought in (D1)."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings

from heliodesk.core import clock
from heliodesk.core.refusal import NotFound
from heliodesk.integrations.salesforce.directory import Figures, Outcome, RefusedRow
from heliodesk.people.access import Actor

KEPT = 24 * 3600  # seconds: whoever has not said yes by then chooses the files again
SHOWN = "shown.json"


def keep(files: Iterable[tuple[str, Any]], *, by: Actor) -> tuple[UUID, Path]:
    """Write uploaded files (name and file) into a folder of their own; gives its key and the
    folder. What was kept for longer than a day is thrown away."""
    tidy()
    key = uuid4()
    folder = _folder(key, by=by)
    folder.mkdir(mode=0o700, parents=True)
    for name, upload in files:
        with (folder / name).open("wb") as file:
            for chunk in upload.chunks():
                file.write(chunk)
    return key, folder


def find(key: UUID, *, by: Actor) -> tuple[Path, Outcome]:
    """The folder and what was shown of it; refuses where it is another's or there is none."""
    folder = _folder(key, by=by)
    try:
        said = json.loads((folder / SHOWN).read_text(encoding="utf-8"))
    except OSError:
        raise NotFound(
            "import_gone",
            "These files have been brought in, or were kept for longer than a day. Choose them "
            "again.",
            rule="D1",
        ) from None
    return folder, Outcome(
        [Figures(**one) for one in said["figures"]],
        [RefusedRow(**one) for one in said["refused"]],
        said["warnings"],
    )


def show(folder: Path, outcome: Outcome) -> None:
    """Keep what is shown, so that exactly this is brought in."""
    (folder / SHOWN).write_text(json.dumps(asdict(outcome)), encoding="utf-8")


def drop(folder: Path) -> None:
    """Throw the files away."""
    shutil.rmtree(folder, ignore_errors=True)


def tidy() -> None:
    """Throw away what nobody has said yes to."""
    for folder in _place().glob("*"):
        with suppress(FileNotFoundError):  # somebody else throws it away just now
            if clock.now().timestamp() - folder.stat().st_mtime > KEPT:
                drop(folder)


def _folder(key: UUID, *, by: Actor) -> Path:
    """One's own alone."""
    return _place() / f"{by.person_id}-{key}"


def _place() -> Path:
    return Path(settings.DATA_DIR) / "imports"
