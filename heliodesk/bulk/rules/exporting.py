"""Exporting a list of cases as CSV (V3). Every export is recorded: who, when, which filter, how
many rows (K4)."""

from __future__ import annotations

import logging
import shutil
import tempfile
from datetime import timedelta
from typing import IO, Any
from uuid import uuid4

from django.core.files.storage import default_storage
from django.core.files.uploadedfile import TemporaryUploadedFile

from heliodesk.bulk.access import may_export, require_export
from heliodesk.bulk.models import Export
from heliodesk.bulk.queries.exported import Wanted, exported
from heliodesk.bulk.selection import Selection
from heliodesk.core import audit, clock
from heliodesk.core.jobs import defer
from heliodesk.core.refusal import Refused
from heliodesk.core.rule import rule
from heliodesk.people.access import Actor, active_user, actor_for
from heliodesk.people.models import DeskSettings

log = logging.getLogger(__name__)

JOB = "heliodesk.bulk.jobs.write_export"
FOLDER = "exports"  # in the storage
KEPT_FOR = timedelta(hours=24)
MOST_KEPT = 3  # files of one person
IN_MEMORY = 1024 * 1024  # bytes
LEAST_FREE = 1024 * 1024 * 1024  # bytes that an export leaves on the disk
LOOKED_AT = 32 * 1024 * 1024  # bytes written between two looks at the disk


@rule("V3", "K4", "K6")
def export_now(wanted: Wanted, *, by: Actor) -> tuple[IO[bytes], int]:
    """The whole file of a small export, from its beginning, and how many rows it has.

    Refuses whoever may not export, and as `selected.condition` does. Nothing is answered before
    all is written: so a file that arrives is never cut short by a failure.
    """
    require_export(by=by)
    file: IO[bytes] = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - the caller closes it
    rows = 0
    try:
        for block, more in exported(wanted, by=by):
            file.write(block)
            rows += more
    except BaseException:
        file.close()
        raise
    file.seek(0)
    _note(_row(wanted, by=by), rows, by=by)
    return file, rows


@rule("V3", "K1", "K4")
def start_export(wanted: Wanted, *, by: Actor) -> Export:
    """Have a worker write a large export; gives it, or the same one that is being written already.

    Refuses whoever may not export, and as `selected.condition` does.
    """
    require_export(by=by)
    export = _row(wanted, by=by)
    same = {name: getattr(export, name) for name in ("query", "columns", "order", "for_excel")}
    running = Export.objects.filter(by_id=by.person_id, ended_at=None, **same).first()
    if running is not None:
        return running
    export.save()
    defer(JOB, once=f"{JOB} {export.pk}", export=export.pk)
    return export


def write_export(export_id: int) -> None:
    """Write the file of an export into the storage, as whoever asked may see and export now. May
    run twice: the second finds it written."""
    export = Export.objects.get(pk=export_id)
    if export.ended_at is not None:
        return
    try:
        by = _acting(export)
        with TemporaryUploadedFile("export.csv", "text/csv", 0, "utf-8") as file:
            rows = _write(export, file, by)
            key = _stored(export, file)
    except Refused as refused:
        _end(export, failed_because=refused.message[:300])
        return
    try:
        _end(export, stored_as=key, size=default_storage.size(key), rows=rows)
    except BaseException:
        default_storage.delete(key)
        raise
    _note(export, rows, by=by)
    _forget_beyond(export)


@rule("V3")
def forget_exports(*, by: Actor) -> int:
    """Take the files of old exports out of the storage; gives how many. The record stays."""
    old = Export.objects.filter(ended_at__lt=clock.now() - KEPT_FOR).exclude(stored_as="")
    forgotten = sum(_forget(export) for export in old.select_for_update(skip_locked=True))
    return forgotten + _forget_unknown()


def _forget_unknown() -> int:
    """Files that a worker had written when it was killed, before it could say so."""
    try:
        kept = default_storage.listdir(FOLDER)[1]
    except FileNotFoundError:  # a disk says so; an object store has no folders
        return 0
    known = set(Export.objects.exclude(stored_as="").values_list("stored_as", flat=True))
    keys = {f"{FOLDER}/{name}" for name in kept} - known
    before = clock.now() - KEPT_FOR
    old = [key for key in keys if default_storage.get_modified_time(key) < before]
    for key in old:
        default_storage.delete(key)
    return len(old)


def _acting(export: Export) -> Actor:
    user = active_user(export.by_id)
    by = actor_for(user, origin=f"{export.origin[:60]}, export {export.pk}") if user else None
    if by is None or not may_export(by, DeskSettings.current()):
        raise Refused(
            "may_not_export",
            "Whoever asked for it may not export lists any more. Ask a supervisor.",
            rule="V3",
        )
    return by


def _write(export: Export, file: Any, by: Actor) -> int:
    """Write all rows; gives how many. Refuses where the disk is nearly full."""
    rows = size = looked = 0
    require_room()
    for block, more in exported(_wanted(export), by=by):
        file.write(block)
        rows, size = rows + more, size + len(block)
        if size - looked > LOOKED_AT:
            looked = size
            require_room()
    file.size = size
    file.seek(0)
    return rows


def require_room() -> None:
    """Refuse where writing on would fill the disk."""
    if shutil.disk_usage(tempfile.gettempdir()).free < LEAST_FREE:
        raise Refused(
            "disk_full",
            "The disk of the desk is nearly full, so no large file is written. "
            "Tell an administrator, or export fewer cases or columns.",
            rule="V3",
        )


def _stored(export: Export, file: Any) -> str:
    try:
        return default_storage.save(f"{FOLDER}/{uuid4().hex}.csv", file)
    except Exception as error:  # storages fail with errors of their own
        log.exception("Export %s could not be stored", export.pk)
        raise Refused(
            "storage_failed",
            "The file could not be stored. Try again in a few minutes; if it fails again, tell an "
            "administrator.",
            rule="V3",
        ) from error


def _row(wanted: Wanted, *, by: Actor) -> Export:
    over = wanted.over
    picked = "cases=" + ",".join(map(str, over.numbers))
    return Export(
        by_id=by.person_id,
        origin=by.origin,
        query=over.query if over.everything else picked,
        columns=",".join(wanted.columns),
        order=wanted.order[:60],
        for_excel=wanted.for_excel,
        started_at=clock.now(),
    )


def _wanted(export: Export) -> Wanted:
    return Wanted(
        Selection(query=export.query, everything=True),
        tuple(export.columns.split(",")),
        export.order,
        export.for_excel,
    )


def _end(export: Export, **fields: Any) -> None:
    Export.objects.filter(pk=export.pk).update(ended_at=clock.now(), **fields)


def _note(export: Export, rows: int, *, by: Actor) -> None:
    changes = {"query": export.query, "columns": export.columns, "rows": rows}
    audit.note("exported", "export", export.pk, changes=changes, by=by)


def _forget_beyond(export: Export) -> None:
    """Only the latest few files of a person are kept."""
    mine = Export.objects.filter(by_id=export.by_id).exclude(stored_as="").order_by("-id")
    for old in mine[MOST_KEPT:]:
        _forget(old)


def _forget(export: Export) -> int:
    try:
        default_storage.delete(export.stored_as)
    except Exception:  # tried again by the next run
        log.exception("The file of export %s stays in the storage", export.pk)
        return 0
    Export.objects.filter(pk=export.pk).update(stored_as="", forgotten_at=clock.now())
    return 1
