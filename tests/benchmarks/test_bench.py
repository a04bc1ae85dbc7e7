"""The bench runs, and its answers are right; how fast they are is not for tests to say."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parent.parent.parent


@pytest.mark.programs
@pytest.mark.xdist_group("serve")  # it takes long: groups begin first
def test_a_tiny_run_gives_figures_and_right_answers() -> None:
    command = [sys.executable, "-m", "benchmarks", "--size", "200", "--seconds", "0.2"]
    template = os.environ["HELIODESK_TEST_TEMPLATE"]
    done = subprocess.run(
        [*command, "--only", "queue", "create", "--template", template],
        cwd=CHECKOUT,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "heliodesk.settings", "HELIODESK_WORKERS": "1"},
        capture_output=True,
        text=True,
        check=False,
        timeout=180,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    rows = dict(re.findall(r"^\| (queue list|create) \| (.+) \|$", done.stdout, re.MULTILINE))
    assert set(rows) == {"queue list", "create"}
    for row in rows.values():
        rate, *_ = (cell.strip() for cell in row.split("|"))
        assert int(rate) > 0
    assert re.search(r"together \(PSS\): \d+ MB", done.stdout)
