"""What tells other programs, in the background."""

from __future__ import annotations

from heliodesk.core.jobs import job, periodic
from heliodesk.webhooks import sender
from heliodesk.webhooks.rules.sending import wake
from heliodesk.webhooks.rules.tidying import forget_deliveries


@job()
def send_waiting(*, webhook: int) -> None:
    """Send what a webhook has to be told."""
    sender.send_waiting(webhook)


@job(attempts=1)
def send_one(*, delivery: int) -> None:
    """Send one delivery to its webhook at once."""
    sender.send_one(delivery)


@periodic("* * * * *")
def send_due() -> None:
    """Send to webhooks what is to be tried again."""
    wake()


@periodic("35 * * * *")
def forget_old_deliveries() -> None:
    """Forget what webhooks were told over two weeks ago."""
    forget_deliveries()
