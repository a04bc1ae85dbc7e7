"""`manage tidy`: forgets drafts that nobody has touched for 30 days (C5), and tokens of forms sent
over a week ago (K3). To be run once a day; running it again does no harm."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand

from heliodesk.core import clock
from heliodesk.core.models import FormSent
from heliodesk.drafts.rules.typing import forget_old

TOKENS_KEPT_FOR = timedelta(days=7)


class Command(BaseCommand):
    """Forget what nobody needs any more."""

    help = "Forget drafts of over 30 days and form tokens of over a week."

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it, and say how much."""
        drafts = forget_old()
        tokens, _ = FormSent.objects.filter(at__lt=clock.now() - TOKENS_KEPT_FOR).delete()
        self.stdout.write(f"Forgot {drafts} drafts and {tokens} form tokens.")
