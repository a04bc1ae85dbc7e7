"""E. Engine: one test for each line."""

from __future__ import annotations

import pytest
from django.test import Client

from heliodesk.cases.models import EngineState
from heliodesk.cases.queries.engine_comment import read_engine_comment
from heliodesk.cases.rules.engine_comment import mark_posted_by_hand
from heliodesk.integrations.engine.jobs import post_due_comments
from tests.cases.opening import installer_case
from tests.cast import Cast, actor
from tests.clocks import Clock
from tests.integrations.engine.conftest import engine, running  # noqa: F401 - fixtures
from tests.integrations.engine.server import FakeEngine, hangs_up, said
from tests.integrations.engine.work import comment_of, told, work_off

pytestmark = pytest.mark.django_db


def test_e1_the_comment_is_sent_in_the_background_once_and_its_state_shows(
    company: Cast,
    engine: FakeEngine,  # noqa: F811
    frank_client: Client,
    still: Clock,
) -> None:
    case = installer_case(company, job_id="J-77")
    assert not engine.asked  # the case waits for nobody
    engine.faults = [hangs_up, lambda reply, wire: said(503, {})]
    work_off()
    for _ in range(2):
        page = frank_client.get(case.get_absolute_url()).content.decode()
        assert "waiting: Engine" in page
        still.move(minutes=1)
        post_due_comments()
    assert engine.comments("J-77") == [f"Related Case ({case.display_number})"]
    assert len(set(engine.keys())) == 1
    assert told(case) == ["engine_posted"]
    assert comment_of(case).state == EngineState.POSTED
    page = frank_client.get(case.get_absolute_url()).content.decode()
    assert '<span class="fact__sub">posted <time' in page


def test_e2_with_no_engine_set_up_the_text_is_there_for_copying(
    company: Cast, frank_client: Client
) -> None:
    case = installer_case(company, job_id="J-77")
    page = frank_client.get(case.get_absolute_url()).content.decode()
    assert f'<code class="whole">Related Case ({case.display_number})</code>' in page
    assert "to be posted by hand" in page
    mark_posted_by_hand(case, by=actor(company.frank))
    shown = read_engine_comment(case)
    assert shown is not None
    assert shown.state == "posted by hand by Frank Tester"
