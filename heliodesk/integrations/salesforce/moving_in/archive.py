"""An export as it lies there: a folder or a ZIP, its CSV files by object, its files' bytes."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO, Any

from heliodesk.integrations.salesforce.files import Export, Place, encoding_of, header_of
from heliodesk.integrations.salesforce.mapping import Columns, ImportProblem, plain

#: Words in a file's name that do not say what it holds.
AROUND = re.compile(
    r"(?:^|(?<=[^a-z]))(?:extract|export|exported|all|full|prod|production|data|sf|sfdc|salesforce|"
    r"dataloader|table|bulk|query|result|results|part|backup|copy|of|csv)(?=$|[^a-z])"
)
ENCRYPTED = 0x1
#: What reading a damaged ZIP, or one packed by a method of its own, raises.
DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError)
#: Lists that the import writes itself.
OWN = re.compile(r"(refused|noted)\.csv$", re.IGNORECASE)


@dataclass
class Archive:
    """What there is to read: the files of each object, and what is left alone."""

    root: Path
    exports: dict[str, list[Export]] = field(default_factory=dict)
    unread: list[str] = field(default_factory=list)
    parts: list[Place] = field(default_factory=list)

    def has(self, subject: str) -> bool:
        """Whether there is a file of that object."""
        return subject in self.exports

    def of(self, subject: str) -> list[Export]:
        """The files of that object, maybe none."""
        return self.exports.get(subject, [])

    def bytes_of(self, *names: str) -> Place | None:
        """Where the bytes of a file lie, under the first of these paths that there is."""
        for part in self.parts:
            for name in names:
                place = _inside(part, name)
                if place is not None:
                    return place
        return None


def _inside(part: Place, name: str) -> Place | None:
    if not name or name.startswith(("/", "\\")) or ".." in Path(name).parts or "\0" in name:
        return None
    try:
        place = part.joinpath(name)
        if isinstance(place, Path) and isinstance(part, Path) and not _stays(place, part):
            return None
        return place if place.is_file() else None
    except OSError:  # a name longer than the file system takes
        return None


def _stays(place: Path, part: Path) -> bool:
    """Whether no link leads out of the export: what lies elsewhere is not of it."""
    return place.resolve().is_relative_to(part.resolve())


def opened(root: Path, names: Mapping[str, Any]) -> Archive:
    """The export at `root`, its files found by name; refuses where there is nothing to read."""
    archive = Archive(root)
    for part in _parts(root):
        archive.parts.append(part)
        for place in _csv_files(part):
            _add(archive, place, names)
    if not archive.exports:
        raise ImportProblem(
            f"There is nothing to import in {root}: it takes the CSV files of a Salesforce export, "
            "such as Account.csv and Case.csv."
        )
    return archive


def _parts(root: Path) -> Iterator[Place]:
    """The folder and the ZIPs in it, or the one ZIP."""
    if root.is_dir():
        yield root
        for path in sorted(root.iterdir()):
            if path.suffix.lower() == ".zip":
                yield _zip(path)
    elif root.is_file():
        yield _zip(root)
    else:
        raise ImportProblem(f"{root} is neither a folder nor a ZIP file.")


def _zip(path: Path) -> Place:
    try:
        whole = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError) as error:
        raise ImportProblem(f"{path.name} cannot be read as a ZIP file ({error}).") from error
    if any(info.flag_bits & ENCRYPTED for info in whole.infolist()):
        raise ImportProblem(f"{path.name} is encrypted. Unpack it, and import the folder.")
    _slashes(whole)
    return zipfile.Path(whole, _top(whole.namelist()))


def _top(names: list[str]) -> str:
    """The folder of the ZIP that holds the CSV files: the only one so near to the top."""
    folders = {
        PurePosixPath(name).parent
        for name in names
        if name.lower().endswith(".csv") and not name.startswith("__MACOSX/")
    }
    nearest = min((len(folder.parts) for folder in folders), default=0)
    tops = [folder.as_posix() for folder in folders if len(folder.parts) == nearest]
    return f"{tops[0]}/" if nearest and len(tops) == 1 else ""


def _slashes(whole: zipfile.ZipFile) -> None:
    """Some programs of Windows part folders by backslashes."""
    for info in whole.infolist():
        info.filename = info.filename.replace("\\", "/")
    whole.NameToInfo = {info.filename: info for info in whole.infolist()}


def _csv_files(part: Place) -> list[Place]:
    places: list[Place] = list(part.iterdir())
    return sorted(
        (
            place
            for place in places
            if place.name.lower().endswith(".csv")
            and not place.name.startswith(".")
            and place.is_file()
        ),
        key=lambda place: place.name,
    )


def _add(archive: Archive, place: Place, names: Mapping[str, Any]) -> None:
    if OWN.search(place.name):
        return
    subject = subject_of(place.name, names)
    if subject is None:
        archive.unread.append(place.name)
        return
    archive.exports.setdefault(subject, []).append(understand(place, subject, names))


def subject_of(name: str, names: Mapping[str, Any]) -> str | None:
    """The object that a file of this name holds, or None where it is none of those read."""
    stem = name[: -len(".csv")] if name.lower().endswith(".csv") else name
    known = {plain(alias): subject for subject, some in names["files"].items() for alias in some}
    bare = re.sub(r"[\d]+", " ", AROUND.sub(" ", stem.lower().replace("__c", "")))
    return known.get(plain(stem)) or known.get(plain(bare))


def understand(place: Place, subject: str, names: Mapping[str, Any]) -> Export:
    """How the file is written and which columns it has; refuses one without any it knows."""
    encoding = encoding_of(place)
    delimiter, header = header_of(place, encoding)
    columns = Columns(header, subject, names)
    if "external_id" not in columns.positions:
        wanted = names[subject]["external_id"][0]
        raise ImportProblem(
            f"{place.name} has no column {wanted}, without which its rows are not known again. "
            "Export it with that column, or name yours with --map."
        )
    return Export(place, encoding, delimiter, columns)


def open_bytes(place: Place) -> IO[bytes]:
    """The bytes of a file of the export."""
    return place.open("rb")


def size_of_bytes(place: Place) -> int:
    """How many bytes a file of the export has."""
    if isinstance(place, Path):
        return place.stat().st_size
    info: zipfile.ZipInfo = place.root.getinfo(place.at)
    return info.file_size
