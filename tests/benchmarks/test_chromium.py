"""`bin/bench chromium` says what it lacks, and puts what it measured in rows."""

from __future__ import annotations

import pytest

from benchmarks import chromium
from benchmarks.paint import Tries


def test_without_chromium_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda name: None)
    with pytest.raises(SystemExit, match="needs the package chromium"):
        chromium.main([])


def test_a_row_has_median_and_worst() -> None:
    who = chromium.Who("agent", "", {})
    tries = Tries("close", [16, 24, 96], [3, 5, 4], [200, 210, 190])
    assert chromium._row(who, "/cases/00001234/", tries) == (
        "| agent /cases/<number>/ | close | 24 ms | 96 ms | 4 ms | 200 ms |"
    )
