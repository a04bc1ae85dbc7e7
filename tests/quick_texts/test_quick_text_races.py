"""Two keep a shared quick text of one name at once: the second is told (W3)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from heliodesk.people.models import User
from heliodesk.quick_texts.models import QuickText
from heliodesk.quick_texts.rules.quick_text import keep_quick_text
from tests.cast import Cast, actor
from tests.races import overtaken


@pytest.mark.django_db(transaction=True)
def test_the_second_of_one_name_is_refused_and_not_broken(company: Cast) -> None:
    def keeping(user: User) -> Callable[[], object]:
        by = actor(user)
        return lambda: keep_quick_text(name="Voicemail", text="Called.", shared=True, by=by)

    assert overtaken(keeping(company.sue), keeping(company.ada)) == "quick_text_name"
    assert QuickText.objects.filter(name="Voicemail", owner=None).count() == 1
