"""M. Moving in."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.management import call_command

from heliodesk.cases.models import Case
from heliodesk.feed.models import FeedItem
from heliodesk.notices.models import Notice
from tests.integrations.salesforce.whole_export import counts, move_in, refused, write

pytestmark = pytest.mark.django_db


def test_m1_a_company_moves_in_with_its_history(tmp_path: Path) -> None:
    call_command("load_defaults", verbosity=0)
    write(tmp_path)
    tried = move_in(tmp_path, dry_run=True)
    assert not Case.objects.exists()
    done = move_in(tmp_path)
    assert counts(done) == counts(tried)
    assert [row["rule"] for row in refused(tmp_path)] == ["G1"]
    post = FeedItem.objects.get(body="Called <b>back</b>")
    assert post.at == datetime(2024, 5, 1, 12, tzinfo=UTC)
    assert post.author is not None
    assert (post.author.name, post.author.is_active) == ("Gus Gone", False)
    assert not Notice.objects.exists()
    again = counts(move_in(tmp_path))
    assert all(row[1:3] == [0, 0] for row in again.values())
