"""How bin/test comes by its browser, with an apt-get that only tells what was asked of it."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parent.parent.parent
ASKED = ". bin/common; . bin/chromium; need_chromium"
SHELL = "chromium-headless-shell"
INSTALL = "install -qq -y --no-install-recommends --no-remove {} noninteractive"
USER = "#!/bin/sh\necho 1000\n"
APT = """#!/bin/sh
echo "$* ${DEBIAN_FRONTEND:-}" >>"$LOG"
[ "$1" = install ] || exit 0
for package; do :; done # the last
case " $HAS " in
    *" $package "*) ln -s /bin/true "${0%/*}/$package" ;;
    *) exit 100 ;;
esac
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

    def run(self, has: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
        """What bin/test does before the browser tests, where the distribution has these."""
        return subprocess.run(
            ["/bin/sh", "-c", ASKED, "bin/test"],
            env={
                "PATH": str(self.programs),
                "LOG": str(self.log),
                "HAS": has,
                **environment,
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


@pytest.mark.parametrize("name", ["chromium", "chromium-browser", SHELL])
def test_an_ordinary_users_is_used(machine: Machine, name: str) -> None:
    machine.put("id", USER)
    machine.put(name)
    done = machine.run()
    assert (done.returncode, done.stderr, machine.asked) == (0, "", [])


def test_without_windows_nothing_is_asked_for(machine: Machine) -> None:
    machine.put(SHELL)
    done = machine.run()
    assert (done.returncode, done.stderr, machine.asked) == (0, "", [])


@pytest.mark.parametrize("has", ["", SHELL])
def test_one_with_windows_does_where_root_gets_no_other(machine: Machine, has: str) -> None:
    machine.put("chromium")
    done = machine.run(has)
    assert (done.returncode, done.stderr) == (0, f"Installing {SHELL} …\n")
    assert machine.asked == [INSTALL.format(SHELL)]


def test_root_gets_it_from_the_distribution_without_a_question(machine: Machine) -> None:
    done = machine.run(SHELL)
    assert (done.returncode, done.stderr) == (0, f"Installing {SHELL} …\n")
    assert machine.asked == [INSTALL.format(SHELL)]


def test_an_older_distribution_has_the_one_with_windows(machine: Machine) -> None:
    assert machine.run("chromium").returncode == 0
    first, update, again, other = machine.asked
    assert update.startswith("update -qq")
    assert (first, again, other) == (
        INSTALL.format(SHELL),
        INSTALL.format(SHELL),
        INSTALL.format("chromium"),
    )


def test_the_one_that_is_named_is_used_or_missed(machine: Machine) -> None:
    machine.put("chromium")
    assert machine.run(CHROMIUM="chromium").returncode == 0
    assert machine.run(CHROMIUM="another").returncode == 1
    assert machine.asked == []


def test_where_it_cannot_be_had_the_package_is_named(machine: Machine) -> None:
    done = machine.run()
    assert done.returncode == 1
    assert f"need the package {SHELL} or chromium (or: bin/test --no-browser)" in done.stderr


def test_an_ordinary_user_is_told_and_nothing_is_installed(machine: Machine) -> None:
    machine.put("id", USER)
    done = machine.run(SHELL)
    assert (done.returncode, machine.asked) == (1, [])
    assert f"need the package {SHELL} or chromium" in done.stderr
