"""The demo company's jobs and comments for the example Engine, and that the desk uses it (N4)."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from heliodesk.cases.models import EngineComment, EngineSettings, EngineState
from heliodesk.core import clock
from heliodesk.core.sealed import seal
from heliodesk.directory.models import Job

#: What is reached in the phases, in their order, and after how many days.
MILESTONES = (
    ("SALES", "Agreement signed", 0),
    ("DESIGN", "Design approved", 12),
    ("OPS", "Handed to operations", 16),
    ("PERMIT", "Permit received", 41),
    ("INSTALL", "Installation begun", 55),
    ("PTO", "Permission to operate received", 83),
)
PHASES = [phase for phase, _, _ in MILESTONES]


def set_up(address: str, token: str) -> None:
    """Let the desk use that Engine, unless somebody has set one up, or has taken it away."""
    EngineSettings.objects.get_or_create(pk=1, defaults={"address": address, "token": seal(token)})


def write_jobs(path: Path) -> None:
    """Write what Engine knows at first, once: each job with its milestones, and the comments that
    cases have left."""
    if path.exists():
        return
    comments: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for comment in EngineComment.objects.filter(state=EngineState.POSTED).order_by("pk"):
        comments[comment.job_id].append(said(comment))
    jobs = Job.objects.select_related("installer", "contract").order_by("pk")
    told = [
        {
            "id": job.job_id,
            "name": job.name,
            "phase": job.phase,
            "installer": job.installer.name,
            "entries": [*reached(job), *comments[job.job_id]],
        }
        for job in jobs
    ]
    path.write_text(json.dumps({"jobs": told}, ensure_ascii=False), encoding="utf-8")


def reached(job: Job) -> Iterator[dict[str, Any]]:
    """The milestones of the job so far, counted from the contract's date."""
    if job.contract is None or job.contract.signed_on is None or job.phase not in PHASES:
        return
    signed = datetime.fromisoformat(f"{job.contract.signed_on}T17:00:00+00:00")
    for phase, milestone, days in MILESTONES[: PHASES.index(job.phase) + 1]:
        at = signed + timedelta(days=days + job.pk % 5 * (phase != "SALES"), minutes=job.pk % 60)
        if at < clock.now():
            yield {"at": at.isoformat(), "milestone": milestone}


def said(comment: EngineComment) -> dict[str, Any]:
    """A comment as it stands in the feed."""
    return {
        "at": (comment.posted_at or comment.left_at).isoformat(),
        "author": "Heliodesk",
        "text": comment.text,
        "private": True,
        "key": str(comment.key),
    }
