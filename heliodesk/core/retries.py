"""When a job that failed is tried again."""

from __future__ import annotations

from procrastinate import BaseRetryStrategy, RetryDecision
from procrastinate.jobs import Job

from heliodesk.core.refusal import Refused

ATTEMPTS = 12
FIRST_PAUSE = 5  # seconds
LONGEST_PAUSE = 60 * 60


class BackOff(BaseRetryStrategy):
    """Pauses of 5 s, 20 s, 80 s … up to an hour; at most `attempts` in all, over about 7 hours."""

    def __init__(self, attempts: int = ATTEMPTS) -> None:
        self.attempts = attempts

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        """The next time; None when it is given up: tried often enough, or a rule refused."""
        if isinstance(exception, Refused) or job.attempts + 1 >= self.attempts:
            return None
        return RetryDecision(retry_in={"seconds": pause(job.attempts)})


def pause(attempts: int) -> int:
    """Seconds until the next try after `attempts` earlier ones and the one that failed just now."""
    return min(FIRST_PAUSE << (2 * min(attempts, 10)), LONGEST_PAUSE)
