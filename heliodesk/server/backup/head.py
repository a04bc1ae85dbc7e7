"""What a backup says about itself, in its first member."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass

from heliodesk.server.problem import Problem

#: Raised when an older desk could not read the archive.
FORMAT = 1


@dataclass(frozen=True)
class Head:
    """From which release and when the backup is, and what has to be in it."""

    format: int
    release: str
    taken_at: str  # UTC
    #: Major version of the pg_dump that wrote it.
    postgresql: int
    #: Of each app, those that the database had.
    migrations: dict[str, list[str]]
    #: Rows of each table; those that a backup leaves empty are not named.
    rows: dict[str, int]
    files: int
    #: Tells keys apart and does not tell them.
    key: str

    def as_json(self) -> bytes:
        """The member's content."""
        return json.dumps(asdict(self), indent=1).encode() + b"\n"


def read(content: bytes) -> Head:
    """The head in `content`; refuses one of a format that this release does not know."""
    try:
        said = json.loads(content)
        known = said["format"]
        if isinstance(known, int) and known > FORMAT:
            raise Problem(newer(str(said.get("release", "?"))))
        return Head(**said)
    except (ValueError, KeyError, TypeError) as error:
        raise Problem("This is no backup of a desk: its first part cannot be read.") from error


def newer(release: str) -> str:
    """What is said of a backup that a newer release made."""
    return (
        f"This backup was made by a newer release of the desk ({release}). "
        "Update the desk first, then restore."
    )


def fingerprint(key: str) -> str:
    """Of the desk's secret key: slow to guess from, and the same wherever the key is."""
    salt = b"heliodesk backup"
    return hashlib.scrypt(key.encode(), salt=salt, n=2**14, r=8, p=1, dklen=16).hex()
