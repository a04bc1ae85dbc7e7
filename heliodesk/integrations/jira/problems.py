"""What can be wrong with Jira, said so that an agent or an administrator knows what to do (J2)."""

from __future__ import annotations

from datetime import datetime, timedelta


class Problem(Exception):
    """Jira did not do it. `reason` says why; `pause` how long it is better left alone, `until` to
    when it is; `final` is true where trying again would change nothing."""

    final = False

    def __init__(
        self, reason: str, *, pause: timedelta | None = None, until: datetime | None = None
    ) -> None:
        super().__init__(reason)
        self.reason = reason
        self.pause = pause
        self.until = until


class NotNow(Problem):
    """It was not asked: a pause holds."""


class NoAnswer(Problem):
    """It is down, slow, or answers what Jira does not."""


class TooMany(Problem):
    """It wants fewer requests (429)."""


class NotSignedIn(Problem):
    """It does not take the desk's token (401)."""


class NotAllowed(Problem):
    """The token's account may not do that (403)."""

    final = True


class NotThere(Problem):
    """There is no such ticket, or the token's account does not see it (404)."""

    final = True


class NotTaken(Problem):
    """It does not take the request (another 4xx)."""

    final = True
