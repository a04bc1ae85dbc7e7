"""How bin/test comes by its browser, with an apt-get that only tells what was asked of it."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parent.parent.parent
ASKED = ". bin/common; . bin/chromium; need_chromium"
APT = """#!/bin/sh
echo "$* ${DEBIAN_FRONTEND:-}" >>"$LOG"
if [ "$1" = install ] && [ -n "$CAN_INSTALL" ]; then
    ln -s /bin/true "${0%/*}/chromium"
fi
"""


class Machine:
    """A PATH with nothing but what is put there, and what apt-get was asked for."""

    def __init__(self, folder: Path) -> None:
        self.programs, self.log = folder / "bin", folder / "log"
        self.programs.mkdir()
        self.log.touch()
        for name in ("dirname", "ln"):
            (self.programs / name).symlink_to(str(shutil.which(name)))

    def put(self, name: str, text: str = "#!/bin/sh\n") -> None:
        """A program of this name."""
        (self.programs / name).write_text(text, encoding="ascii")
        (self.programs / name).chmod(0o755)

    def run(self, *, can_install: bool = True) -> subprocess.CompletedProcess[str]:
        """What bin/test does before the browser tests."""
        return subprocess.run(
            ["/bin/sh", "-c", ASKED, "bin/test"],
            env={
                "PATH": str(self.programs),
                "LOG": str(self.log),
                "CAN_INSTALL": "yes" if can_install else "",
            },
            cwd=CHECKOUT,
            capture_output=True,
            text=True,
            check=False,
        )

    @property
    def asked(self) -> list[str]:
        """What apt-get was asked for."""
        return self.log.read_text(encoding="ascii").splitlines()


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    """Of root, with apt-get and without Chromium."""
    made = Machine(tmp_path)
    made.put("id", "#!/bin/sh\necho 0\n")
    made.put("apt-get", APT)
    return made


@pytest.mark.parametrize("name", ["chromium", "chromium-browser"])
def test_what_is_there_is_used(machine: Machine, name: str) -> None:
    machine.put(name)
    done = machine.run()
    assert (done.returncode, done.stderr, machine.asked) == (0, "", [])


def test_root_gets_it_from_the_distribution_without_a_question(machine: Machine) -> None:
    done = machine.run()
    assert done.returncode == 0, done.stderr
    assert done.stderr == "Installing chromium …\n"
    update, install = machine.asked
    assert update.startswith("update -qq")
    assert install == "install -qq -y --no-install-recommends chromium noninteractive"


def test_where_it_cannot_be_had_the_package_is_named(machine: Machine) -> None:
    done = machine.run(can_install=False)
    assert done.returncode == 1
    assert "need the package chromium (or: bin/test --no-browser)" in done.stderr


def test_an_ordinary_user_is_told_and_nothing_is_installed(machine: Machine) -> None:
    machine.put("id", "#!/bin/sh\necho 1000\n")
    done = machine.run()
    assert (done.returncode, machine.asked) == (1, [])
    assert "need the package chromium" in done.stderr
