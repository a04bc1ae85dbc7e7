"""EMAIL_URL: one variable says where mail goes."""

from __future__ import annotations

from pathlib import Path

import pytest

from heliodesk.core.mail_url import FOLDER, mail_settings, own_mail_address

HERE = Path("mail")


@pytest.mark.parametrize(
    ("url", "host", "port", "starttls", "tls"),
    [
        ("smtp://relay", "relay", 25, False, False),
        ("smtp+starttls://mail.example.com", "mail.example.com", 587, True, False),
        ("smtps://mail.example.com:4650", "mail.example.com", 4650, False, True),
    ],
)
def test_it_names_host_port_and_encryption(
    url: str, host: str, port: int, starttls: bool, tls: bool
) -> None:
    found = mail_settings(url, HERE)
    assert (found["host"], found["port"]) == (host, port)
    assert (found["starttls"], found["tls"]) == (starttls, tls)


def test_user_and_password_may_hold_anything() -> None:
    found = mail_settings("smtps://desk%40example.com:p%2Fw%3Ad@mail.example.com", HERE)
    assert (found["user"], found["password"]) == ("desk@example.com", "p/w:d")


def test_none_is_none_and_the_demo_prints_into_a_folder() -> None:
    assert mail_settings("", HERE) == {}
    assert mail_settings("demo:", HERE) == {"backend": FOLDER, "folder": HERE}


@pytest.mark.parametrize(
    "url", ["mail.example.com", "imap://x", "smtp:", "smtp://u:secret/x@h", "smtp://h:99999999"]
)
def test_another_is_refused_without_its_password(url: str) -> None:
    with pytest.raises(ValueError, match="not understood") as refused:
        mail_settings(url, HERE)
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize(
    ("address", "sender"),
    [
        ("https://desk.example.com", "heliodesk@desk.example.com"),
        ("http://127.0.0.1:8000", "heliodesk@localhost"),
        ("http://[::1]:8000", "heliodesk@localhost"),
    ],
)
def test_mails_come_from_the_host_of_the_desk(address: str, sender: str) -> None:
    assert own_mail_address(address) == sender
