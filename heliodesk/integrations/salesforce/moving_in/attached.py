"""Files of the export, put into the desk's storage (G1, G2)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.files import File
from django.db import connection, transaction

from heliodesk.core.refusal import Refused
from heliodesk.files import names, store
from heliodesk.files.models import CaseFile
from heliodesk.files.rules.upload import require_acceptable
from heliodesk.integrations.salesforce.files import Place
from heliodesk.integrations.salesforce.moving_in.archive import (
    DAMAGED,
    Archive,
    open_bytes,
    size_of_bytes,
)
from heliodesk.integrations.salesforce.moving_in.judging import (
    NEW,
    Judgement,
    judge,
    known,
    person,
)
from heliodesk.integrations.salesforce.moving_in.posts import NO_CASE, NO_TIME
from heliodesk.integrations.salesforce.moving_in.values import refused
from heliodesk.integrations.salesforce.sets import run
from heliodesk.people.models import DeskSettings

BATCH = 50  # files of one transaction
MISSING = refused(
    "file_missing",
    "The bytes of the file are not in the export. Put its folder beside the CSV files.",
    "files",
    "G2",
)
UNREADABLE = refused(
    "file_damaged",
    "The bytes of the file cannot be read: the ZIP is damaged. Fetch it again.",
    "files",
    "G2",
)

JOINS = f"""{known("case", "c", 'i."case"')}
    {person("u", "COALESCE(NULLIF(i.created_by, ''), 'unknown')")}"""
VALUES = {"case_id": "c.target_id", "name": "i.name", "at": "i.created_at", "by_id": "u.id"}
ELSEWHERE = 'c.target_id IS NULL AND length(i."case") = 18 AND left(i."case", 3) <> \'500\''
WRONG = [("d.case_id IS NULL", NO_CASE), ("d.at IS NULL", NO_TIME)]

ATTACHMENTS = Judgement(
    "attachment", "files_casefile", JOINS, VALUES, WRONG,
    {"bytes": "i.external_id", "document": "''", "path": "''"}, left_out=ELSEWHERE,
)  # fmt: skip
LINKS = Judgement(
    "content_link", "files_casefile", JOINS, VALUES, WRONG,
    {"bytes": "i.bytes", "document": "i.document", "path": "i.path"},
    left_out=f"{ELSEWHERE} OR i.bytes IS NULL", staged="placed",
)  # fmt: skip


def judge_files() -> None:
    """Which attachments and versions go to which case; older versions are left out."""
    judge(ATTACHMENTS)
    run("DROP TABLE IF EXISTS import_versions, import_placed")
    run(
        """CREATE TEMP TABLE import_versions AS SELECT DISTINCT ON (document) *
        FROM import_content_version WHERE refusal = '' AND document <> ''
        ORDER BY document, latest DESC NULLS LAST, created_at DESC NULLS LAST, line DESC"""
    )
    run(
        """CREATE TEMP TABLE import_placed AS
        SELECT l.file, l.line, l.external_id, l.refusal, l.message, l.wrong, l.rule,
            l.place AS "case", l.document, v.external_id AS bytes, v.body AS path, v.created_by,
            v.created_at, COALESCE(NULLIF(v.path, ''), v.title || CASE WHEN v.extension <> ''
                AND v.title NOT ILIKE '%%.' || v.extension THEN '.' || v.extension ELSE '' END)
                AS name
        FROM import_content_link l LEFT JOIN import_versions v ON v.document = l.document
        UNION ALL
        SELECT v.file, v.line, v.external_id, '', NULL, NULL, NULL, v.first_place, v.document,
            v.external_id, v.body, v.created_by, v.created_at,
            COALESCE(NULLIF(v.path, ''), v.title || CASE WHEN v.extension <> ''
                AND v.title NOT ILIKE '%%.' || v.extension THEN '.' || v.extension ELSE '' END)
        FROM import_versions v WHERE v.first_place <> '' AND NOT EXISTS (
            SELECT FROM import_content_link l WHERE l.document = v.document)"""
    )
    judge(LINKS)
    run(
        """INSERT INTO import_refused SELECT 'content_version', file, line, external_id,
            COALESCE(wrong, ''), message, rule FROM import_content_version WHERE refusal <> ''"""
    )


def bring_in_files(
    archive: Archive, *, keep: bool, native: bool, tick: Callable[[str, int], None]
) -> None:
    """Check each new file, and store it where `keep`; a few at a time, each few for good."""
    limits = DeskSettings.current()
    done = 0
    for one, folder in ((ATTACHMENTS, "Attachments"), (LINKS, "ContentVersion")):
        after = ("", 0)
        while rows := _next(one, after):
            after = (rows[-1][0], rows[-1][1])
            _few(one, rows, archive, folder, limits, keep=keep, native=native)
            done += len(rows)
            tick("files", done)


Row = tuple[Any, ...]


def _next(one: Judgement, after: tuple[str, int]) -> list[Row]:
    with connection.cursor() as cursor:
        cursor.execute(
            f"""SELECT j.file, j.line, j.external_id, j.target_id, j.case_id, j.name, j.at,
                j.by_id, j.bytes, j.document, j.path FROM {one.table} j
            WHERE {NEW} AND (j.file, j.line) > (%s, %s) ORDER BY j.file, j.line LIMIT {BATCH}""",
            after,
        )
        return list(cursor.fetchall())


def _few(
    one: Judgement,
    rows: list[Row],
    archive: Archive,
    folder: str,
    limits: DeskSettings,
    *,
    keep: bool,
    native: bool,
) -> None:
    """One transaction: what is refused is listed, what is good is stored and known from now on."""
    stored: list[str] = []
    try:
        with transaction.atomic():
            for row in rows:
                name = names.clean(row[5] or "")
                place = archive.bytes_of(*paths(folder, row[8], name, row[10] or ""))
                try:
                    size = size_of(place)
                    require_acceptable(name, size, limits)
                    if keep and place is not None:
                        stored.append(_store(one, row, name, place, native=native))
                except Refused as reason:
                    _refuse(one, row, reason)
    except BaseException:
        store.discard(stored)
        raise


def paths(folder: str, version: str, name: str, said: str) -> list[str]:
    """Where the bytes may lie: under the ID, long or short, under the name, or where it is said."""
    ids = [version, version[:15]]
    bare = [f"{folder}/{one}" for one in ids]
    return [*bare, *(f"{one}_{name}" for one in bare), f"{folder}/{name}", said]


def size_of(place: Place | None) -> int:
    """How many bytes the file has; refuses one that is not there."""
    if place is None:
        raise MISSING
    return size_of_bytes(place)


def _store(one: Judgement, row: Row, name: str, place: Place, *, native: bool) -> str:
    _, _, external_id, target, case, _, at, by, version, document, _ = row
    try:
        with open_bytes(place) as stream:
            kept = store.put(File(stream, name=name), name)
    except DAMAGED as error:
        raise UNREADABLE from error
    CaseFile.objects.create(
        pk=target,
        case_id=case,
        name=name,
        size=kept.size,
        content_type=names.content_type(name)[:120],
        sha256=kept.sha256,
        stored_as=kept.key,
        at=at,
        by_id=by,
    )
    for subject, key in (
        (one.key, external_id), ("content_version", version), ("content_document", document),
    ):  # fmt: skip
        if key and (subject == one.key or one is LINKS):
            run(
                """INSERT INTO salesforce_imported (subject, external_id, target_id, digest)
                SELECT %s, %s, %s, COALESCE((SELECT digest FROM """
                + one.table
                + """ WHERE target_id = %s), 0) ON CONFLICT DO NOTHING""",
                subject, key, target, target,
            )  # fmt: skip
    if not native:
        run(
            """INSERT INTO feed_feeditem (case_id, kind, author_id, at, body, body_html, data)
            VALUES (%s, 'file_added', %s, %s, '', '', jsonb_build_object('files',
                jsonb_build_array(%s::text)))""",
            case, by, at, name,
        )  # fmt: skip
    return kept.key


def _refuse(one: Judgement, row: Row, reason: Refused) -> None:
    run(
        "INSERT INTO import_refused VALUES (%s, %s, %s, %s, %s, %s, %s)",
        one.subject, row[0], row[1], row[2], reason.field or "", reason.message, reason.rule,
    )  # fmt: skip
    run(
        """UPDATE import_counted SET created = created - 1, refused = refused + 1
        WHERE subject = %s""",
        one.subject,
    )
