"""Forgetting what nobody needs any more."""

from __future__ import annotations

from datetime import timedelta

from heliodesk.core import clock
from heliodesk.core.models import FormSent
from heliodesk.core.rule import rule
from heliodesk.drafts.rules.typing import forget_old
from heliodesk.people.access import SYSTEM, Actor

TOKENS_KEPT_FOR = timedelta(days=7)


@rule("C5", "K3")
def tidy(*, by: Actor = SYSTEM) -> tuple[int, int]:
    """Forget drafts that nobody has touched for 30 days, and tokens of forms sent over a week ago;
    gives how many of each. Doing it again does no harm."""
    drafts = forget_old()
    tokens, _ = FormSent.objects.filter(at__lt=clock.now() - TOKENS_KEPT_FOR).delete()
    return drafts, tokens
