"""Rules that take two cases take them in one order: none waits for another for ever (W2)."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from django.db import connection, connections, transaction

from heliodesk.cases import access
from heliodesk.cases.models import Case, RelatedCase
from heliodesk.cases.rules.relating import relate_cases
from tests import cast
from tests.cast import Cast, actor
from tests.races import _somebody_waits

pytestmark = pytest.mark.django_db(transaction=True)


def in_the_usual_order(first: Case, second: Case, begun: Event) -> None:
    """Lock both as a merge does; the second only when somebody waits for the first."""
    try:
        with transaction.atomic():
            access.lock(first)
            begun.set()
            until = time.monotonic() + 10
            while not _somebody_waits() and time.monotonic() < until:
                time.sleep(0.01)
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL lock_timeout = '500ms'")
            access.lock(second)
    finally:
        connections.close_all()


def test_linking_waits_for_who_has_the_older_case_and_holds_nothing(company: Cast) -> None:
    older, newer = cast.case(company), cast.case(company)
    by, begun = actor(company.frank), Event()

    def link() -> RelatedCase:
        begun.wait(timeout=20)
        try:
            return relate_cases(newer, other=older, by=by)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        locking = pool.submit(in_the_usual_order, older, newer, begun)
        linking = pool.submit(link)
        locking.result(timeout=30)
        assert linking.result(timeout=30).case == newer
