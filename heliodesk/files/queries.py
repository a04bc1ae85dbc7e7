"""Reading the files of a case (G)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote
from uuid import uuid4

from heliodesk.cases.access import visible_cases
from heliodesk.cases.models import Case
from heliodesk.core.refusal import NotFound
from heliodesk.files.models import CaseFile
from heliodesk.files.names import is_shown, size_in_words
from heliodesk.people.access import Actor
from heliodesk.people.models import DeskSettings


@dataclass(frozen=True, slots=True)
class FileRow:
    """One file as the list shows it; `size` in words."""

    id: int
    name: str
    size: str
    by: str
    at: datetime
    url: str

    @property
    def is_shown(self) -> bool:
        """Whether it opens in a tab of its own, rather than being downloaded."""
        return is_shown(self.name)


@dataclass(frozen=True, slots=True)
class FilesPage:
    """The files of a case, newest first, and what may be put there."""

    rows: list[FileRow]
    upload_url: str
    limit: str
    limit_bytes: int
    refused: str
    refused_types: str
    once: str


def files_of(case: Case, *, limits: DeskSettings | None = None) -> FilesPage:
    """The files of a case that the actor may see. Two SQL statements, one with `limits` given."""
    found = CaseFile.objects.filter(case=case).order_by("-at", "-id")
    rows = found.values_list("id", "name", "size", "by__name", "at")
    url = f"{case.get_absolute_url()}files/"
    limits = limits or DeskSettings.current()
    types = sorted(limits.refused_types)
    return FilesPage(
        rows=[
            FileRow(pk, name, size_in_words(size), by, at, f"{url}{pk}/{quote(name, safe='')}")
            for pk, name, size, by, at in rows
        ],
        upload_url=url,
        limit=f"{limits.file_size_limit_mb} MB",
        limit_bytes=limits.file_size_limit,
        refused=", ".join(f".{kind}" for kind in types),
        refused_types=" ".join(types),
        once=str(uuid4()),
    )


def get_file(number: int, file_id: int, *, by: Actor) -> CaseFile:
    """The file on a case that `by` may see; refuses with `NotFound` (K6)."""
    found = CaseFile.objects.filter(
        pk=file_id, case__in=visible_cases(by).filter(number=number).values("pk")
    ).first()
    if found is None:
        raise NotFound(
            "file_not_found",
            "There is no such file, or its case is not one you may see. "
            "Look among the files of the case.",
            rule="K6",
        )
    return found
