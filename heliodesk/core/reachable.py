"""Which addresses of the network the desk's own requests may go to.

Whoever can have the desk fetch an address of their choice could read with it what only its own
network sees. So a name is looked up once, every address that it has is judged, and the connection
goes to one that was.
"""

from __future__ import annotations

import socket
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

Address = IPv4Address | IPv6Address

NAT64 = IPv6Network("64:ff9b::/96")  # the last 32 bits are an IPv4 address
NOWHERE = "leads to {address}, which no request may go to"
INSIDE = "leads to {address}, which is not an address of the public internet"


class NotAllowedError(ValueError):
    """The text says of a host why not: "leads to 10.0.0.1, which is not …"."""


def addresses(host: str, port: int, *, private: bool) -> list[Address]:
    """All addresses of `host` (a name, or an address as text), each judged.

    Fails with `OSError` where there is none, and with `NotAllowedError` where one of them may not
    be asked: a public name that leads inside as well is a trick, not a convenience.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    judged = [ip_address(str(place[0])) for *_, place in found]
    for address in judged:
        judge(address, private=private)
    return list(dict.fromkeys(judged))


def judge(address: Address, *, private: bool) -> None:
    """Fail with `NotAllowedError` unless requests may go to `address`: to a public one, and with
    `private` to one of the own network or the own machine."""
    inner = _within(address)
    if _is_public(inner):
        return
    if not private:
        raise NotAllowedError(INSIDE.format(address=address))
    if not _is_of_the_own_network(inner):
        raise NotAllowedError(NOWHERE.format(address=address))


def _within(address: Address) -> Address:
    """The IPv4 address that an IPv6 one stands for, else the address itself."""
    if isinstance(address, IPv4Address):
        return address
    if address in NAT64:
        return IPv4Address(int(address) & 0xFFFF_FFFF)
    if address.sixtofour is not None:
        return address.sixtofour
    return address.ipv4_mapped or address


def _is_public(address: Address) -> bool:
    if isinstance(address, IPv6Address) and (address.teredo or address.is_site_local):
        return False
    return address.is_global and not (
        address.is_multicast or address.is_reserved or address.is_unspecified
    )


def _is_of_the_own_network(address: Address) -> bool:
    """Not link-local: there a cloud's machines are told their secrets."""
    if address.is_loopback:
        return True
    return not (
        address.is_link_local
        or address.is_multicast
        or address.is_reserved
        or address.is_unspecified
        or (isinstance(address, IPv4Address) and int(address) >> 24 == 0)
        or (isinstance(address, IPv6Address) and address.teredo is not None)
    )
