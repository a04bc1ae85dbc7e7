"""A job and its milestone feed as Engine tells them now, or why it does not."""

from __future__ import annotations

from dataclasses import dataclass

from heliodesk.cases.models import EngineSettings
from heliodesk.integrations.engine.client import Engine, EngineAway, EngineRefused
from heliodesk.integrations.engine.connecting import ask
from heliodesk.integrations.engine.reading import Feed, FoundJob


@dataclass(frozen=True, slots=True)
class Milestones:
    """Without a feed `problem` says why there is none."""

    job: FoundJob | None = None
    feed: Feed | None = None
    problem: str = ""


def milestones_of(settings: EngineSettings, job_id: str) -> Milestones:
    """The job with the feed of its OPS phase: two requests, of two seconds at most each. Fails
    never: what does not work is said in it."""
    if not settings.is_set:
        return Milestones(problem="No Engine is set up.")

    def question(engine: Engine) -> tuple[FoundJob | None, Feed | None]:
        job = engine.job(job_id)
        return job, engine.feed(job_id) if job else None

    try:
        job, feed = ask(settings, question)
    except (EngineAway, EngineRefused) as failed:
        return Milestones(problem=f"{failed.reason[:1].upper()}{failed.reason[1:]}.")
    if job is None or feed is None:
        return Milestones(problem=f"Engine knows no job {job_id}.")
    return Milestones(job, feed)
