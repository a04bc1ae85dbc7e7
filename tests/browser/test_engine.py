"""A case about a job, and its comment arriving in Engine while one looks on (N4, E1)."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from heliodesk.cases.models import Case
from tests.browser.journeys import create, fill_request, number_of
from tests.browser.looks import findings_in_every_look
from tests.browser.profiles import SignIn
from tests.cast import Cast
from tests.integrations.engine.conftest import set_up
from tests.integrations.engine.server import fake_engine, said
from tests.integrations.engine.work import work_off

pytestmark = pytest.mark.xdist_group("live")  # one process starts the desk


def test_the_job_is_found_and_its_comment_is_seen_arriving(
    live_as: SignIn, firm: Cast, tmp_path: Path
) -> None:
    with fake_engine(tmp_path) as engine:
        set_up(engine.address, firm)
        page = live_as(firm.frank, f"/contacts/{firm.org_contact.pk}/cases/new/")
        fill_request(page, firm, "The portal refuses their site plans.")
        job = page.get_by_label("Job ID")
        job.press_sequentially("delgado")
        expect(page.locator("li[role=option]")).to_contain_text("Maria Delgado, Fresno · INSTALL")
        job.press("Enter")
        expect(job).to_have_value("J-77")
        create(page)
        number = number_of(page)
        comment = page.locator(".fact", has_text="Comment for the job's OPS phase")
        expect(comment).to_contain_text(f"Related Case ({number})")
        expect(comment).to_contain_text("waiting")
        engine.refusals = [said(422, {"error": "not_fitting", "message": "OPS is locked."})]
        work_off()
        expect(comment).to_contain_text("refused: OPS is locked.")
        assert findings_in_every_look(page) == []
        comment.get_by_role("button", name="Try again").click()
        expect(comment).to_contain_text("waiting")
        work_off()
        expect(comment).to_contain_text("posted")
        comment.get_by_role("link", name="Milestone feed").click()
        expect(page.locator("dialog .milestones")).to_contain_text(f"Related Case ({number})")
    assert Case.objects.get().job_id == "J-77"
