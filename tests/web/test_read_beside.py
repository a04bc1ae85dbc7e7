"""A page that a module reads beside the one that is shown takes nothing away from it."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.test import Client

from tests import cast
from tests.cast import Cast


@pytest.mark.parametrize(
    ("beside", "headers"),
    [
        ("/queues/homeowner/", {"X-Read-Quietly": "1"}),
        ("/live/", {"Accept": "text/event-stream"}),  # refused with a page, where it is not served
    ],
)
def test_what_is_to_be_said_is_left_to_the_page_that_is_shown(
    company: Cast, client: Client, beside: str, headers: dict[str, str]
) -> None:
    case = cast.case(company, owner_agent=None, owner_queue=company.homeowner_queue)
    client.force_login(company.bea)
    answer = client.post("/queues/homeowner/next/", {"once": str(uuid4())})
    assert "data-toast" not in client.get(beside, headers=headers).content.decode()
    shown = client.get(answer["Location"]).content.decode()
    assert "data-toast" in shown
    assert case.display_number in shown
    assert "data-toast" not in client.get(answer["Location"]).content.decode()
