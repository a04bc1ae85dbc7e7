"""A desk with a Jira set up, of either kind."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from heliodesk.integrations.jira.models import JiraSettings, Kind
from heliodesk.integrations.jira.rules.set_up import Wanted, set_jira_up
from tests.cast import Cast, actor
from tests.integrations.jira.server import EMAIL, TOKEN, JiraServer, jira_server


def set_up(
    server: JiraServer, company: Cast, *, projects: str = "", is_active: bool = True
) -> JiraSettings:
    """Ada sets this Jira up."""
    kind = Kind.CLOUD if server.cloud else Kind.DATA_CENTER
    email = EMAIL if server.cloud else ""
    wanted = Wanted(
        kind=kind,
        base_url=server.base_url,
        email=email,
        token=TOKEN,
        projects=projects,
        is_active=is_active,
    )
    return set_jira_up(wanted, by=actor(company.ada))


@pytest.fixture(params=["cloud", "data_center"])
def jira(request: pytest.FixtureRequest, company: Cast) -> Iterator[JiraServer]:
    """Each test that asks for it runs with both kinds."""
    with jira_server(cloud=request.param == "cloud") as server:
        set_up(server, company)
        yield server


@pytest.fixture
def cloud(company: Cast) -> Iterator[JiraServer]:
    with jira_server() as server:
        set_up(server, company)
        yield server
