"""Setting Jira up (J1, K4)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from heliodesk.cases.models import JiraLink, RemoteLink
from heliodesk.cases.rules.jira_links import REFRESH_JOB, TELL_JOB
from heliodesk.core import audit, clock
from heliodesk.core.jobs import defer
from heliodesk.core.refusal import Refused
from heliodesk.core.rule import rule
from heliodesk.core.sealed import seal
from heliodesk.core.text import trimmed
from heliodesk.integrations.jira import guard
from heliodesk.integrations.jira.access import require_administrator
from heliodesk.integrations.jira.jql import PROJECT
from heliodesk.integrations.jira.models import JiraSettings, Kind, KnownTicket
from heliodesk.people.access import Actor

RECORDED = ("is_active", "kind", "base_url", "email", "projects")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an administrator enters. Without a token the one that is kept stays."""

    kind: str
    base_url: str
    email: str = ""
    token: str = ""
    projects: str = ""
    is_active: bool = True


@rule("J1", "K1", "K4")
def set_jira_up(wanted: Wanted, *, by: Actor) -> JiraSettings:
    """Keep the settings of Jira; gives them. The token is sealed, and recorded nowhere.

    Refuses for anybody but administrators, an address that is not http(s), a token missing for a
    new address, and what is no project's key. Links that wait for Jira are tried at once.
    """
    require_administrator(by=by)
    before = JiraSettings.objects.select_for_update().filter(pk=1).first()
    settings = checked(wanted, before)
    changes = changed(before, settings)
    if wanted.token:
        changes |= {"token": ["…", "…"]}  # that it changed, not what it is
    settings.save()
    if before is None or before.base_url != settings.base_url:
        KnownTicket.objects.all().delete()
    if settings.is_active:
        try_links_anew(settings)
    else:
        waiting = JiraLink.objects.filter(told=RemoteLink.WAITING)
        waiting.update(told_problem="Jira is switched off in the set-up")
    guard.go_on()
    audit.note("jira_set_up", "jira", settings.pk, changes=changes, by=by)
    return settings


def try_links_anew(settings: JiraSettings) -> None:
    """What waits for Jira, and what it refused, is due now; and so are links to its tickets that
    were pasted as plain URLs before it was set up."""
    plain = JiraLink.objects.filter(told=RemoteLink.NONE, removed_at=None).exclude(key="")
    pasted = plain.filter(url__startswith=f"{settings.base_url}/browse/")
    waiting = JiraLink.objects.filter(told__in=[RemoteLink.WAITING, RemoteLink.REFUSED])
    for links in (pasted, waiting):
        links.update(told=RemoteLink.WAITING, due_at=clock.now(), attempts=0)
    defer(TELL_JOB, once=f"{TELL_JOB} set-up")
    defer(REFRESH_JOB, once=f"{REFRESH_JOB} set-up")


def checked(wanted: Wanted, before: JiraSettings | None) -> JiraSettings:
    """The settings as they would be kept, not saved: also for trying the connection out."""
    if wanted.kind not in Kind.values:
        raise refused("kind_unknown", "Choose Jira Cloud or Jira Data Center.", "kind")
    base_url = checked_address(wanted.base_url)
    email = trimmed(wanted.email)
    if wanted.kind == Kind.CLOUD and not email:
        raise refused(
            "email_missing",
            "Jira Cloud wants the email address of the account whose API token it is.",
            "email",
        )
    return JiraSettings(
        pk=1,
        is_active=wanted.is_active,
        kind=wanted.kind,
        base_url=base_url,
        email=email if wanted.kind == Kind.CLOUD else "",
        sealed_token=sealed_token(wanted, base_url, before),
        projects=" ".join(checked_projects(wanted.projects.replace(",", " ").split())),
        changed_at=clock.now(),
    )


def checked_address(base_url: str) -> str:
    """The address of Jira, without what belongs to one of its pages."""
    text = trimmed(base_url).rstrip("/")
    try:
        parts = urlsplit(text)
        port_is_one = parts.port is None or parts.port > 0
    except ValueError:
        parts, port_is_one = urlsplit(""), False
    if (
        parts.scheme not in {"http", "https"}
        or not parts.hostname
        or not port_is_one
        or "@" in parts.netloc
        or parts.query
        or parts.fragment
        or len(text) > 300
        or len(text.split()) > 1
    ):
        raise refused(
            "address_invalid",
            "Give Jira's http:// or https:// address, such as https://example.atlassian.net.",
            "base_url",
        )
    return text


def sealed_token(wanted: Wanted, base_url: str, before: JiraSettings | None) -> str:
    """The new token, or the one that is kept. To another address none is sent that was entered
    for this one: whoever may change the address could read it there."""
    token = trimmed(wanted.token)
    if token:
        if not token.isascii() or not token.isprintable() or " " in token:
            raise refused("token_invalid", "A token has no blanks or line breaks in it.", "token")
        return seal(token)
    if before is None or (before.base_url, before.kind) != (base_url, wanted.kind):
        raise refused("token_missing", "Enter the token that belongs to this address.", "token")
    return before.sealed_token


def checked_projects(keys: Iterable[str]) -> list[str]:
    """The projects' keys, each once and in capitals."""
    found = list(dict.fromkeys(key.upper() for key in keys))
    for key in found:
        if not PROJECT.fullmatch(key):
            raise refused(
                "project_invalid",
                f"“{key[:40]}” is no project's key: give keys such as SOL, separated by blanks.",
                "projects",
            )
    if len(" ".join(found)) > 300:
        raise refused("too_long", "Name fewer projects, or none for all.", "projects")
    return found


def changed(before: JiraSettings | None, settings: JiraSettings) -> dict[str, Any]:
    """Old and new values for the record (K4)."""
    return {
        name: [getattr(before, name, None), getattr(settings, name)]
        for name in RECORDED
        if getattr(before, name, None) != getattr(settings, name)
    }


def refused(code: str, message: str, field: str) -> Refused:
    """What is said of a field of the form."""
    return Refused(code, message, rule="J1", field=field)
