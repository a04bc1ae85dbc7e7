"""Why a job failed, for the administrators' page: the queue itself does not keep it."""

from __future__ import annotations

import traceback

from heliodesk.core import clock
from heliodesk.core.models import JobFailure

ERROR_LIMIT = 4000  # characters


def note_failure(job_id: int, error: Exception) -> None:
    """Keep the latest error of a job, in a transaction of its own: the job's is gone."""
    text = "".join(traceback.format_exception(error)).replace("\x00", "")
    JobFailure.objects.update_or_create(
        job_id=job_id,
        defaults={
            "at": clock.now(),
            "summary": f"{type(error).__name__}: {error}".replace("\x00", "")[:300],
            "error": text[-ERROR_LIMIT:],
        },
    )
