"""Where mail goes, in one variable: EMAIL_URL, as DATABASE_URL is for the database."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

SMTP = "django.core.mail.backends.smtp.EmailBackend"
FOLDER = "django.core.mail.backends.filebased.EmailBackend"
#: The schemes with the port that each has by default.
PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}


def mail_settings(url: str, folder: Path) -> dict[str, Any]:
    """What `url` says: `smtp://user:password@host:port`, `smtp+starttls://…` (TLS after the
    greeting), `smtps://…` (TLS from the start), or `demo:`, which puts mails into `folder`.

    Empty for none. Raises `ValueError` for another, without its password.
    """
    parts = urlsplit(url)
    if not url:
        return {}
    if parts.scheme == "demo":
        return {"backend": FOLDER, "folder": folder}
    if parts.scheme not in PORTS or not parts.hostname:
        raise ValueError(
            f"EMAIL_URL begins with {parts.scheme or 'nothing'}: write smtp://, smtp+starttls:// "
            "or smtps://, then user:password@ where the server asks for it, its host and port"
        )
    return {
        "backend": SMTP,
        "host": parts.hostname,
        "port": parts.port or PORTS[parts.scheme],
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
