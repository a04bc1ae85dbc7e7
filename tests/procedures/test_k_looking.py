"""K: the case, and its row in a list, shows who else is looking at it."""

from __future__ import annotations

from heliodesk.live import presence
from heliodesk.live.changes import Change, Position
from heliodesk.live.delivery import Delivery
from heliodesk.live.stream import Audience
from tests import cast
from tests.cast import Cast
from tests.live.pages import page_of


def test_k2_the_case_and_its_row_show_who_else_looks(company: Cast) -> None:
    case = cast.case(company, owner_agent=None, owner_queue=company.homeowner_queue)
    looking, on_case = page_of(company.frank, case=case.number)
    listing, on_row = page_of(company.bob, queue="homeowner", rows=frozenset({case.number}))
    other, _ = page_of(company.bea, case=case.number)
    presence.enter(other)
    pages = Audience([looking, listing])
    Delivery([Change("presence", case.pk)], pages, Position(1.0, "1:1:")).carry_out()
    for line in (on_case, on_row):
        (said,) = line.heard("here")
        assert said["number"] == case.display_number
        assert [one["name"] for one in said["people"]] == ["Bea Tester"]
