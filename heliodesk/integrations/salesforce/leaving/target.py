"""Where an export goes: a folder or a ZIP file, which is there when it is whole, or not at all."""

from __future__ import annotations

import shutil
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from heliodesk.integrations.salesforce.mapping import ImportProblem

BLOCK = 1 << 20


class Target(Protocol):
    """Takes one file after the other."""

    def write(self, name: str, blocks: Iterable[bytes]) -> None:
        """A file of that name, which may stand in a folder."""


class Folder:
    """A folder of its own."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def write(self, name: str, blocks: Iterable[bytes]) -> None:
        """A file in it."""
        path = self.root / name
        path.parent.mkdir(exist_ok=True, mode=0o700)
        with path.open("wb") as file:
            for block in blocks:
                file.write(block)


class Zip:
    """A ZIP file; CSV is compressed, files are not, since most are already."""

    def __init__(self, whole: zipfile.ZipFile) -> None:
        self.whole = whole

    def write(self, name: str, blocks: Iterable[bytes]) -> None:
        """A file in it."""
        info = zipfile.ZipInfo(name)
        plain = name.endswith((".csv", ".json"))
        info.compress_type = zipfile.ZIP_DEFLATED if plain else zipfile.ZIP_STORED
        info.external_attr = 0o600 << 16
        with self.whole.open(info, "w", force_zip64=True) as file:
            for block in blocks:
                file.write(block)


@contextmanager
def opened(path: Path) -> Iterator[Target]:
    """Inside, files are written; afterwards they are at `path`. Refuses a path that is taken; a
    folder may be there while it is empty."""
    if path.exists() and (not path.is_dir() or any(path.iterdir())):
        raise ImportProblem(f"{path} is there already: choose another name, or remove it.")
    try:
        with tempfile.TemporaryDirectory(dir=path.parent, prefix=f".{path.name}-") as folder:
            draft = Path(folder, path.name)
            if path.suffix.lower() == ".zip":
                with zipfile.ZipFile(draft, "x", compresslevel=1) as whole:
                    yield Zip(whole)
                draft.chmod(0o600)  # whoever reads it reads everything
            else:
                draft.mkdir(mode=0o700)
                yield Folder(draft)
            draft.rename(path)
    except OSError as error:
        raise ImportProblem(f"The export cannot be written to {path}: {error}.") from error


def require_room(path: Path, wanted: int) -> None:
    """Refuse where the disk has not `wanted` bytes free."""
    free = shutil.disk_usage(path.parent).free
    if free < wanted:
        raise ImportProblem(
            f"The files alone have {wanted // 1024**2:,} MB, and {path.parent} has "
            f"{free // 1024**2:,} MB free: choose another place."
        )
