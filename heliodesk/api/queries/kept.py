"""Cases as JSON, each written once and kept for as long as none of its rows changes.

Whoever asks for a list again and again, as programs do, gets mostly what was there before. So a
list is found with the version that the rows of each case have (`xmin`: the transaction that wrote
them last), and PostgreSQL writes only what it has not written yet. Names of set-up data and people
are as old as they may be on the lists of the screens (`worklists/queries/names.py`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from heliodesk.api.queries.listing import those
from heliodesk.api.queries.shapes import CASE
from heliodesk.worklists.queries import names

KEPT = 4_000  # texts, of about one kilobyte

#: The version of the case `c`: each row by itself, for joining so many takes longer to plan than to
#: do. The case's own is read once more too: a list may have it from a subquery, without `xmin`.
#: Whatever changes a closing writes its case, too.
VERSION = """concat_ws(' ',
    (SELECT v.xmin FROM cases_case v WHERE v.id = c.id),
    (SELECT v.xmin FROM directory_account v WHERE v.id = c.account_id),
    (SELECT v.xmin FROM directory_contact v WHERE v.id = c.contact_id),
    (SELECT v.xmin FROM directory_contract v WHERE v.id = c.contract_id),
    (SELECT v.xmin FROM directory_account v WHERE v.id = c.installer_id),
    (SELECT v.xmin FROM directory_contact v WHERE v.id = c.installer_contact_id)
)"""


@dataclass(frozen=True, slots=True)
class Kept:
    """The JSON of a case, of these versions of its rows and of the names in it."""

    version: str
    names: int
    text: str


_kept: dict[int, Kept] = {}


def cases(versions: Mapping[int, str]) -> list[str]:
    """The cases with these IDs as JSON, in their order; `versions` are their `VERSION` by ID."""
    at = names.version()
    found = {
        pk: known.text
        for pk, version in versions.items()
        if (known := _kept.get(pk)) and known.version == version and known.names == at
    }
    missing = [pk for pk in versions if pk not in found]
    if missing:
        # Written after the versions were read: should a case change in between, its text is newer
        # than it is kept for, and is written once more next time.
        written = those(CASE, missing)
        found |= written
        _keep({pk: Kept(versions[pk], at, text) for pk, text in written.items()})
    return [found[pk] for pk in versions if pk in found]


def _keep(written: dict[int, Kept]) -> None:
    if len(_kept) + len(written) > KEPT:
        _kept.clear()
    _kept.update(written)
