"""The private comment for the milestone feed of a job in Engine (N4, E2)."""

from __future__ import annotations

from dataclasses import dataclass

from heliodesk.cases.models import Case


@dataclass(frozen=True, slots=True)
class EngineComment:
    """The text, the job it belongs to, and its state in words (E1, E2)."""

    job_id: str
    text: str
    state: str


def engine_comment(case: Case) -> EngineComment | None:
    """The comment for a case about a job, to be posted by hand as long as no address of Engine is
    set (E2); None for a case without a job. Reads nothing."""
    if not case.job_id:
        return None
    return EngineComment(
        job_id=case.job_id,
        text=f"Related Case ({case.display_number})",
        state="to be posted by hand",
    )
