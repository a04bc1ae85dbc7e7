"""Trying out whether a Jira can be worked with, step by step, for its set-up (J1, J2)."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from heliodesk.integrations.jira import jql
from heliodesk.integrations.jira.client import SOON, Jira
from heliodesk.integrations.jira.models import JiraSettings, Kind
from heliodesk.integrations.jira.problems import (
    NoAnswer,
    NotAllowed,
    NotSignedIn,
    NotThere,
    Problem,
)


@dataclass(frozen=True, slots=True)
class Step:
    """What was tried, whether it went well, and what was seen or is wrong."""

    what: str
    good: bool
    said: str


def try_out(settings: JiraSettings) -> list[Step]:
    """Ask Jira who it is, who the desk is there, and for a ticket; ends with what fails."""
    jira = Jira(settings, timeout=2 * SOON, minding=False)
    steps: list[Step] = []
    for what, ask in (("Address", _server), ("Token", _me), ("Search", _search)):
        try:
            steps.append(Step(what, True, ask(jira)))
        except Problem as problem:
            about = "Token" if isinstance(problem, NotSignedIn) else what
            return [*steps, Step(about, False, _advice(problem, settings))]
    return steps


def _server(jira: Jira) -> str:
    found = jira.server()
    is_cloud = str(found.get("deploymentType", "")).lower() == "cloud"
    if is_cloud != jira.is_cloud:
        other = Kind.CLOUD if is_cloud else Kind.DATA_CENTER
        raise NoAnswer(f"This is {other.label}: choose it above")
    return f"{jira.settings.get_kind_display()} {str(found['version'])[:40]} answers"


def _me(jira: Jira) -> str:
    return f"The desk comes in as {jira.me()[:80]}"


def _search(jira: Jira) -> str:
    query = jql.open_with([], jira.settings.project_keys)
    found = jira.search(query, most=1)
    if not found:
        return "The search works; the account sees no open ticket"
    return f"The search works; the newest open ticket is {found[0].key}"


def _advice(problem: Problem, settings: JiraSettings) -> str:
    """What is wrong, and what to do about it."""
    host = urlsplit(settings.base_url).hostname
    advice = ""
    if isinstance(problem, NotSignedIn):
        pair = "the email address and the API token" if settings.kind == Kind.CLOUD else "the token"
        advice = f"Check {pair}, and that it has not expired."
    elif isinstance(problem, NotAllowed):
        advice = "Give the account the right to use Jira and to browse the projects."
    elif isinstance(problem, NotThere):
        return f"{host} answers, but there is no Jira at this address. Check its path."
    return f"{problem.reason}. {advice}".strip()
