"""The command line."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from heliodesk.__main__ import parser

pytestmark = pytest.mark.programs
CHECKOUT = Path(__file__).resolve().parent.parent.parent


def heliodesk(data: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a command on the database of the tests' template."""
    return subprocess.run(
        [sys.executable, "-P", "-m", "heliodesk", *arguments],
        env=os.environ | {"PYTHONPATH": str(CHECKOUT), "HELIODESK_DATA": str(data)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_commands_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        parser().parse_args(["--help"])
    assert ended.value.code == 0
    said = capsys.readouterr().out
    for command in ("demo", "serve", "migrate", "manage", "import", "doctor"):
        assert f"\n    {command} " in said


def test_doctor_finds_a_secret_that_others_may_read(tmp_path: Path) -> None:
    (tmp_path / "secret-key").write_text("x\n", encoding="ascii")
    (tmp_path / "secret-key").chmod(0o644)
    done = heliodesk(tmp_path, "doctor")
    assert done.returncode == 1
    assert (
        f"WRONG secret-key is readable by its owner only (else: chmod 600 {tmp_path}" in done.stdout
    )
    assert "ok    0 migrations missing" in done.stdout


def test_an_unreachable_database_is_told_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://desk:secret@127.0.0.1:1/desk")
    done = heliodesk(tmp_path, "migrate")
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "postgresql://desk@127.0.0.1:1/desk cannot be reached" in done.stderr
    assert "secret" not in done.stderr


def test_importing_the_unknown_names_what_is_known(tmp_path: Path) -> None:
    done = heliodesk(tmp_path, "import", "weather")
    assert done.returncode == 1
    assert done.stderr.startswith("heliodesk: Nothing imports 'weather'; there is: ")


def test_psql_opens_the_database_of_the_desk(tmp_path: Path) -> None:
    done = heliodesk(tmp_path, "database", "psql", "-Atc", "SELECT to_regclass('cases_case')")
    assert (done.returncode, done.stdout) == (0, "cases_case\n")
