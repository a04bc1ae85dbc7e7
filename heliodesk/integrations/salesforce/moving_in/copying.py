"""Rows as PostgreSQL's COPY reads them, put together here: most need nothing but their tabs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

Cell = str | int | bool | datetime | None

#: What stands for nothing: a sign that texts do not have, and that is written otherwise if they do.
ABSENT = "\x1e"
FORM = f"(FORMAT text, NULL '{ABSENT}')"
ROWS_AT_ONCE = 500
ESCAPES = str.maketrans(
    {"\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t", ABSENT: f"\\{ABSENT}"}
)


def blocks(rows: Iterable[Sequence[Cell]]) -> Iterator[bytes]:
    """The rows, some hundred together."""
    waiting: list[str] = []
    for row in rows:
        waiting.append(line(row))
        if len(waiting) >= ROWS_AT_ONCE:
            yield "".join(waiting).encode()
            waiting.clear()
    yield "".join(waiting).encode()


def line(row: Sequence[Cell]) -> str:
    """One row with its end."""
    cells = [cell if type(cell) is str else written(cell) for cell in row]
    joined = "\t".join(cells)
    if (
        "\\" in joined
        or "\n" in joined
        or "\r" in joined
        or joined.count("\t") != len(cells) - 1
        or joined.count(ABSENT) != row.count(None)
    ):
        return "\t".join(map(escaped, cells, row)) + "\n"
    return joined + "\n"


def written(cell: Cell) -> str:
    """What is no text, as one."""
    if cell is None:
        return ABSENT
    if isinstance(cell, datetime):
        return cell.isoformat()
    return str(cell)


def escaped(cell: str, was: Cell) -> str:
    """A text without what parts cells and rows."""
    if was is None or ("\\" not in cell and cell.isprintable()):
        return cell
    return cell.translate(ESCAPES)
