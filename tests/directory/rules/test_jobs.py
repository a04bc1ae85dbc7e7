"""Jobs are created and edited by those who keep the directory (D1)."""

from __future__ import annotations

import pytest

from heliodesk.core.models import AuditEntry
from heliodesk.core.refusal import NotPermitted, Refused
from heliodesk.directory.rules.jobs import create_job, edit_job
from tests.cast import Cast, actor

pytestmark = pytest.mark.django_db


def test_a_job_is_created_and_edited(company: Cast) -> None:
    by = actor(company.ines)
    job = create_job(company.org, values={"job_id": "J-77", "contract": company.contract}, by=by)
    assert edit_job(job, values={"phase": "OPS"}, by=by).phase == "OPS"
    assert list(AuditEntry.objects.order_by("id").values_list("kind", flat=True)) == [
        "job_created", "job_changed",
    ]  # fmt: skip


def test_a_frontline_agent_makes_none(company: Cast) -> None:
    with pytest.raises(NotPermitted, match="create jobs"):
        create_job(company.org, values={"job_id": "J-1"}, by=actor(company.frank))


def test_what_is_refused(company: Cast) -> None:
    by = actor(company.bea)
    job = create_job(company.org, values={"job_id": "J-1"}, by=by)
    with pytest.raises(Refused, match="installer account"):
        create_job(company.homeowner, values={"job_id": "J-2"}, by=by)
    with pytest.raises(Refused, match="Another job"):
        create_job(company.org, values={"job_id": "j-1"}, by=by)
    with pytest.raises(Refused, match="Give the job ID"):
        create_job(company.org, values={}, by=by)
    with pytest.raises(Refused, match="another installer"):
        create_job(company.other_org, values={"job_id": "J-3", "contract": company.contract}, by=by)
    with pytest.raises(NotPermitted):
        edit_job(job, values={"phase": "X"}, by=actor(company.frank))
