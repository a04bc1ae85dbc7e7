"""Where mail goes, in one variable: EMAIL_URL, as DATABASE_URL is for the database."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

SMTP = "django.core.mail.backends.smtp.EmailBackend"
FOLDER = "django.core.mail.backends.filebased.EmailBackend"
#: The schemes with the port that each has by default.
PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}
HOW = (
    "EMAIL_URL is not understood: write smtp://, smtp+starttls:// or smtps://, then user:password@ "
    "where the server asks for it (with %40 for @ and %2F for /), its host and its port."
)


def mail_settings(url: str, folder: Path) -> dict[str, Any]:
    """What `url` says: `smtp://user:password@host:port`, `smtp+starttls://…` (TLS after the
    greeting), `smtps://…` (TLS from the start), or `demo:`, which puts mails into `folder`.

    Empty for none. Raises `ValueError` for another, without its password.
    """
    if not url:
        return {}
    if url == "demo:":
        return {"backend": FOLDER, "folder": folder}
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise ValueError(HOW) from None  # which may say a part of the password
    if parts.scheme not in PORTS or not parts.hostname:
        raise ValueError(HOW)
    return {
        "backend": SMTP,
        "host": parts.hostname,
        "port": port or PORTS[parts.scheme],
        "user": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        "starttls": parts.scheme == "smtp+starttls",
        "tls": parts.scheme == "smtps",
    }


def own_mail_address(address: str) -> str:
    """Whom mails come from when nobody says so: `heliodesk@` the host of the desk's address."""
    return f"heliodesk@{mail_domain(address)}"


def mail_domain(address: str) -> str:
    """The host of the desk's address, in the form that headers of mails want."""
    host = urlsplit(address).hostname or "localhost"
    return host if any(letter.isalpha() for letter in host) and ":" not in host else "localhost"
