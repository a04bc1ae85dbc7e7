"""Putting files on a case (G1, G2): those that are good are stored, the others named with why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Protocol

from heliodesk.assignments.rules.follow_up import answer_follow_ups
from heliodesk.cases import access
from heliodesk.cases.models import Case
from heliodesk.core import clock
from heliodesk.core.refusal import Refused
from heliodesk.core.rule import rule
from heliodesk.feed import kinds
from heliodesk.feed.record import record
from heliodesk.files import names, store
from heliodesk.files.models import CaseFile
from heliodesk.people.access import Actor
from heliodesk.people.models import DeskSettings


class Upload(Protocol):
    """A file as it came in, such as Django's `UploadedFile`: `name`, `size` in bytes, `chunks`."""

    @property
    def name(self) -> str | None:
        """Its name, as the sender called it."""

    @property
    def size(self) -> int | None:
        """How many bytes were sent."""

    def chunks(self, chunk_size: int | None = None) -> Any:
        """Its bytes."""


@dataclass(slots=True)
class Outcome:
    """What became of several files: one result each, in the order in which they came."""

    results: list[tuple[str, CaseFile | Refused]] = field(default_factory=list)

    @property
    def stored(self) -> list[CaseFile]:
        """Those which are on the case now."""
        return [result for _, result in self.results if isinstance(result, CaseFile)]

    @property
    def refused(self) -> list[Refused]:
        """Why the others are not."""
        return [result for _, result in self.results if isinstance(result, Refused)]

    def discard(self) -> None:
        """Take the bytes out of the storage again, where the transaction was rolled back."""
        store.discard(file.stored_as for file in self.stored)


@rule("G1", "G2", "X6")
def add_files(case: Case, *, uploads: Iterable[Upload], by: Actor) -> Outcome:
    """Put the files on the case, and say so in its feed; gives a result for each. Those of a
    department answer what it was asked (F2).

    Refuses all together whoever may not see the case, and where there is no file; and each by
    itself: one that is empty, over the limit, of a refused type, or not stored whole. Whatever
    fails afterwards takes the bytes out of the storage again.
    """
    access.require_visible(case, by=by)
    limits = DeskSettings.current()
    outcome = Outcome()
    try:
        for upload in uploads:
            name = names.clean(upload.name or "")
            outcome.results.append((name, _one(case, upload, name, limits, by=by)))
        if not outcome.results:
            raise Refused("no_file", "Choose a file first.", rule="G1", field="files")
        if outcome.stored:
            CaseFile.objects.bulk_create(outcome.stored)
            item = record(
                case, kinds.FILE_ADDED, files=[file.name for file in outcome.stored], by=by
            )
            if by.department_ids:
                answer_follow_ups(case, by.department_ids, by=by, at=item.at)
    except BaseException:
        outcome.discard()
        raise
    return outcome


def _one(
    case: Case, upload: Upload, name: str, limits: DeskSettings, *, by: Actor
) -> CaseFile | Refused:
    try:
        require_acceptable(name, upload.size or 0, limits)
        kept = store.put(upload, name)
    except Refused as refused:
        return refused
    return CaseFile(
        case=case,
        name=name,
        size=kept.size,
        content_type=names.content_type(name)[:120],
        sha256=kept.sha256,
        stored_as=kept.key,
        at=clock.now(),
        by_id=by.person_id,
    )


def require_acceptable(name: str, size: int, limits: DeskSettings) -> None:
    """Refuse an empty file, one over the limit, and one of a refused type (G1)."""
    if not size:
        raise _refused("file_empty", f"“{name}” is empty. Check it, and choose it again.")
    if size > limits.file_size_limit:
        raise _refused(
            "file_too_large",
            f"“{name}” has {names.size_in_words(size)}, and the limit is "
            f"{limits.file_size_limit_mb} MB. Make it smaller, or put it on in parts.",
        )
    kind = names.ending(name)
    if kind in limits.refused_types:
        raise _refused(
            "file_type_refused",
            f"“{name}” is of a type that is not taken (.{kind}). "
            "Put it on as a PDF, an image or a text.",
        )


def _refused(code: str, message: str) -> Refused:
    return Refused(code, message, rule="G1", field="files")
