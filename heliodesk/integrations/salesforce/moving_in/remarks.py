"""What whoever runs the import should know beside the counts (M1)."""

from __future__ import annotations

from collections.abc import Iterator

from heliodesk.integrations.salesforce.moving_in.archive import Archive
from heliodesk.integrations.salesforce.sets import column


def of(archive: Archive) -> Iterator[str]:
    """The remarks on what was read."""
    exports = [one for some in archive.exports.values() for one in some]
    if deleted := sum(one.left_out["deleted"] for one in exports):
        yield f"Records that were deleted in Salesforce (IsDeleted), left out: {deleted:,}."
    if cut := column("SELECT count(*) FROM import_noted")[0]:
        yield (
            f"Texts of the feed with exactly 1,000 characters, which the export has probably cut: "
            f"{cut:,}. They are listed in noted.csv."
        )
