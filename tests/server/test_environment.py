"""Where the data folder is, and what a wrong one says."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from heliodesk.server import environment, serving
from heliodesk.server.embedded.cluster import kept_secret
from heliodesk.server.problem import Problem


def test_a_secret_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    secret = kept_secret(tmp_path / "key")
    assert len(secret) > 40
    assert kept_secret(tmp_path / "key") == secret
    assert (tmp_path / "key").stat().st_mode & 0o777 == 0o600


def test_the_demo_company_and_a_desk_of_its_own_never_share_a_folder(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(environment, "CHECKOUT", tmp_path)
    monkeypatch.delenv("HELIODESK_DATA", raising=False)
    assert environment.data_folder(None, demo=True) == tmp_path / "var" / "demo"
    assert environment.data_folder(None) == tmp_path / "var" / "desk"


def test_a_folder_is_taken_as_given_before_the_variable(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("HELIODESK_DATA", str(tmp_path / "variable"))
    assert environment.data_folder(str(tmp_path / "given")) == tmp_path / "given"
    assert environment.data_folder(None) == tmp_path / "variable"


def test_a_folder_that_cannot_be_written_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(Problem, match=r"cannot be written .*--data"):
        environment.data_folder(str(tmp_path / "file" / "desk"))


def test_a_port_in_use_is_a_problem() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(Problem, match=r"Address already in use.*--port"):
            serving.refuse_taken_port("127.0.0.1", taken.getsockname()[1])
