"""`manage tidy`: forgets drafts that nobody has touched for 30 days (C5), and tokens of forms sent
over a week ago (K3). The worker does so once a day; running it again does no harm."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from heliodesk.drafts.rules.tidying import tidy


class Command(BaseCommand):
    """Forget what nobody needs any more."""

    help = "Forget drafts of over 30 days and form tokens of over a week."

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it, and say how much."""
        drafts, tokens = tidy()
        self.stdout.write(f"Forgot {drafts} drafts and {tokens} form tokens.")
