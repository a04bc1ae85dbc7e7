"""Setting Engine up: its address and the desk's token there (E2)."""

from __future__ import annotations

from urllib.parse import urlsplit

from heliodesk.cases.models import EngineComment, EngineSettings, EngineState
from heliodesk.cases.rules.engine_posting import leave_by_hand
from heliodesk.core import audit, clock, outgoing
from heliodesk.core.jobs import defer
from heliodesk.core.refusal import Refused
from heliodesk.core.rule import rule
from heliodesk.core.sealed import seal
from heliodesk.core.text import trimmed
from heliodesk.people.access import Actor, require_administrator

DUE_JOB = "heliodesk.integrations.engine.jobs.post_due_comments"
ADDRESS_LENGTH = 300


@rule("E2", "K4", "K7")
def set_engine(*, address: str, token: str, is_active: bool, by: Actor) -> EngineSettings:
    """Set the address, the token ("" keeps the one there is) and whether Engine is used.

    From now on comments go there, those that wait first; what is to be posted by hand stays so.
    Without an Engine what waits is to be posted by hand. Refuses for anybody but administrators, an
    address that is not http(s), and a new address without its token: the old Engine's token is
    never sent to another.
    """
    require_administrator(by=by, to="set Engine up")
    settings, _ = EngineSettings.objects.select_for_update().get_or_create(pk=1)
    old = (settings.address, settings.is_active)
    address, token = checked_address(address), trimmed(token)
    if not fits_a_header(token):
        raise Refused(
            "token_not_fitting",
            "A token has only letters, digits and signs without accents, and no blanks. Copy it "
            "anew from Engine.",
            rule="E2",
            field="token",
        )
    if address and not token and (not settings.token or origin(address) != origin(old[0])):
        raise Refused(
            "token_missing",
            "Enter the token of this Engine: the one that is kept is sent nowhere else."
            if settings.token
            else "Enter the token that Engine gave the desk.",
            rule="E2",
            field="token",
        )
    settings.address, settings.is_active = address, is_active
    if token or not address:
        settings.token = seal(token) if token else ""
    settings.failures, settings.rests_until = 0, None
    settings.save()
    note_set_up(settings, old, bool(token), by=by)
    if not settings.is_set:
        leave_by_hand(by=by)
    elif EngineComment.objects.filter(state=EngineState.WAITING).update(next_try_at=clock.now()):
        defer(DUE_JOB, once=DUE_JOB)
    return settings


def note_set_up(
    settings: EngineSettings, old: tuple[str, bool], token_entered: bool, *, by: Actor
) -> None:
    """Put on record what has changed, and of the token only that it has (K4)."""
    changes: dict[str, list[str | bool]] = {
        "Address": [old[0], settings.address],
        "In use": [old[1], settings.is_active],
        "Token entered": [False, token_entered],
    }
    changed = {name: both for name, both in changes.items() if both[0] != both[1]}
    if changed:
        audit.note("engine_set_up", "engine_settings", settings.pk, changes=changed, by=by)


def checked_address(address: str) -> str:
    """The address without a slash at its end; refuses one that is not http(s) (E2)."""
    address = trimmed(address).rstrip("/")
    if not address:
        return ""
    try:
        outgoing.host_of(address)
        parts = urlsplit(address)
        fits = not (parts.query or parts.fragment or parts.port == 0)
    except (outgoing.NotReached, ValueError):
        fits = False
    if not fits or len(address) > ADDRESS_LENGTH or not address.isprintable() or " " in address:
        raise Refused(
            "address_not_http",
            "Enter an address that begins with https:// or http://, such as "
            "https://engine.example.com/api, without name, password, ? or #.",
            rule="E2",
            field="address",
        )
    return parts.scheme + address[len(parts.scheme) :]


def fits_a_header(token: str) -> bool:
    """Whether a token can be sent; one that cannot would stand in the error."""
    return token.isascii() and token.isprintable() and " " not in token


def origin(address: str) -> tuple[str, str]:
    """Who is spoken to at an address: the scheme, and the host with its port."""
    parts = urlsplit(address.lower())
    return parts.scheme, parts.netloc
