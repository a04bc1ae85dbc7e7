"""The database behind DATABASE_URL: can it be reached, is it fit, and making it when missing."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from urllib.parse import SplitResult, unquote, urlsplit

import psycopg
from psycopg import sql

from heliodesk.server.problem import Problem

OLDEST = 15
CONNECT_LIMIT = 10  # seconds
#: From this version on the server brings Unicode rules of its own, the same on every machine.
BUILTIN_LOCALE_SINCE = 17


@dataclass(frozen=True)
class Facts:
    """What the server says about itself and the database."""

    version: int  # major
    encoding: str
    character_types: str  # the locale that LC_CTYPE names


def connect(url: str) -> psycopg.Connection[tuple[object, ...]]:
    """An autocommit connection, or a `Problem` that names the server without its password."""
    try:
        return psycopg.connect(url, autocommit=True, connect_timeout=CONNECT_LIMIT)
    except psycopg.Error as error:
        raise Problem(
            f"The database {without_password(url)} cannot be reached: {_first_line(error)} "
            "(set by DATABASE_URL)."
        ) from error


def ensure(url: str) -> Facts:
    """The facts of the database at `url`, which is made when the server does not have it."""
    if not _exists(url):
        create(url)
    with closing(connect(url)) as connection:
        facts = read_facts(connection)
    if facts.version < OLDEST:
        raise Problem(
            f"{without_password(url)} is PostgreSQL {facts.version}: "
            f"the desk needs {OLDEST} or newer."
        )
    if facts.encoding != "UTF8":
        raise Problem(
            f"{without_password(url)} is encoded in {facts.encoding}; the desk needs UTF8: "
            "create the database anew with ENCODING 'UTF8'."
        )
    return facts


def read_facts(connection: psycopg.Connection[tuple[object, ...]]) -> Facts:
    """Ask the server."""
    row = connection.execute(
        "SELECT current_setting('server_version_num')::int / 10000,"
        " pg_encoding_to_char(encoding), datctype"
        " FROM pg_database WHERE datname = current_database()"
    ).fetchone()
    assert row is not None  # noqa: S101 - the current database always has its row
    version, encoding, character_types = row
    return Facts(int(str(version)), str(encoding), str(character_types))


def create(url: str) -> None:
    """Make the database named in `url`, with UTF-8 and one locale on every machine."""
    name = database_name(url)
    with closing(connect(with_database(url, "postgres"))) as connection:
        version = read_facts(connection).version
        locale = (
            "LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' LC_COLLATE 'C' LC_CTYPE 'C.UTF-8'"
            if version >= BUILTIN_LOCALE_SINCE
            else "LC_COLLATE 'C.UTF-8' LC_CTYPE 'C.UTF-8'"
        )
        statement = "CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8' " + locale
        try:
            connection.execute(sql.SQL(statement).format(sql.Identifier(name)))
        except psycopg.errors.DuplicateDatabase:
            return  # somebody else was quicker
        except psycopg.Error as error:
            raise Problem(
                f"The database {name!r} does not exist and cannot be made: {_first_line(error)}"
            ) from error


def database_name(url: str) -> str:
    """The database that `url` names."""
    return unquote(urlsplit(url).path.lstrip("/")) or "heliodesk"


def with_database(url: str, name: str) -> str:
    """The same server and role, another database."""
    return _joined(urlsplit(url)._replace(path=f"/{name}"))


def without_password(url: str) -> str:
    """`url` as it may stand in a message or a log."""
    parts = urlsplit(url)
    _, at, host = parts.netloc.rpartition("@")
    user = f"{parts.username}@" if at and parts.username else ""
    return _joined(parts._replace(netloc=user + unquote(host), query=""))


def _joined(parts: SplitResult) -> str:
    # urlunsplit drops the empty host of `postgresql:///desk`, which libpq needs.
    query = f"?{parts.query}" if parts.query else ""
    return f"{parts.scheme}://{parts.netloc}{parts.path}{query}"


def _exists(url: str) -> bool:
    try:
        psycopg.connect(url, connect_timeout=CONNECT_LIMIT).close()
    except psycopg.OperationalError as error:
        if "does not exist" in str(error) and f'"{database_name(url)}"' in str(error):
            return False
        raise Problem(
            f"The database {without_password(url)} cannot be reached: {_first_line(error)} "
            "(set by DATABASE_URL)."
        ) from error
    except psycopg.Error as error:
        raise Problem(
            f"DATABASE_URL is not an address of PostgreSQL: {_first_line(error)}"
        ) from error
    return True


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]
