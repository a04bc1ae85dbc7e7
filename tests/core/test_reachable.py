"""Which addresses requests may go to."""

from __future__ import annotations

import socket
from ipaddress import ip_address
from typing import Any

import pytest

from heliodesk.core.reachable import NotAllowedError, addresses, judge

PUBLIC = ["8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"]
OF_THE_OWN_NETWORK = [
    *("10.0.0.1", "172.16.5.5", "192.168.1.1", "100.64.0.1", "127.0.0.1", "127.8.8.8"),
    *("::1", "fd00::1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::1"),
]
NEVER = [
    *("169.254.169.254", "fe80::1", "0.0.0.0", "0.1.2.3", "::", "224.0.0.1", "ff02::1"),  # noqa: S104 - to be refused
    *("240.0.0.1", "255.255.255.255", "::ffff:169.254.169.254", "64:ff9b::a9fe:a9fe"),
    *("64:ff9b:1::1", "::7f00:1", "2001:0:4136:e378:8000:63bf:3fff:fdd2", "2002:a9fe:a9fe::1"),
]


@pytest.mark.parametrize("text", PUBLIC)
def test_public_addresses_are_asked(text: str) -> None:
    judge(ip_address(text), private=False)
    judge(ip_address(text), private=True)


@pytest.mark.parametrize("text", OF_THE_OWN_NETWORK)
def test_the_own_network_only_where_it_is_allowed(text: str) -> None:
    with pytest.raises(NotAllowedError, match="not an address of the public internet"):
        judge(ip_address(text), private=False)
    judge(ip_address(text), private=True)


@pytest.mark.parametrize("text", NEVER)
def test_some_are_never_asked(text: str) -> None:
    with pytest.raises(NotAllowedError):
        judge(ip_address(text), private=False)
    with pytest.raises(NotAllowedError, match="no request may go to"):
        judge(ip_address(text), private=True)


def test_a_name_that_leads_inside_as_well_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def lookup(host: str, port: int, **_: Any) -> list[Any]:
        return [(socket.AF_INET, 1, 6, "", (text, port)) for text in ("8.8.8.8", "10.0.0.1")]

    monkeypatch.setattr(socket, "getaddrinfo", lookup)
    with pytest.raises(NotAllowedError, match=r"10\.0\.0\.1"):
        addresses("both.example", 80, private=False)
    assert addresses("both.example", 80, private=True) == [
        ip_address("8.8.8.8"),
        ip_address("10.0.0.1"),
    ]


@pytest.mark.parametrize("odd", ["2130706433", "0x7f.1", "127.1", "localhost"])
def test_odd_spellings_of_the_own_machine_are_seen_through(odd: str) -> None:
    with pytest.raises(NotAllowedError):
        addresses(odd, 80, private=False)
