"""Keeping list views: whose they are, whom they are offered to, what is refused."""

from __future__ import annotations

from typing import Any

import pytest

from heliodesk.core import clock
from heliodesk.core.models import AuditEntry
from heliodesk.core.refusal import NotFound, NotPermitted, Refused
from heliodesk.list_views.access import get_view, visible_views
from heliodesk.list_views.models import ListView, PinnedView, SharedWith
from heliodesk.list_views.queries.views import offered
from heliodesk.list_views.rules.saving import (
    MOST_PINS,
    NAME_LIMIT,
    QUERY_LIMIT,
    delete_list_view,
    pin,
    save_list_view,
    unpin,
)
from heliodesk.people.models import User
from heliodesk.worklists.queries.waiting import counts
from tests.cast import Cast, actor

pytestmark = pytest.mark.django_db
QUERY = "all=open:is:yes&columns=number,customer&sort=customer"


def saved(owner: User, **given: Any) -> ListView:
    """A view of theirs."""
    fields: dict[str, Any] = {"name": "Open", "query": QUERY, "by": actor(owner)}
    return save_list_view(**fields | given)


def rail(person: User) -> list[str]:
    """The names of the views in their rail, from above."""
    return list(counts(actor(person)).pinned.values())


def test_a_view_keeps_its_query_and_is_recorded(company: Cast) -> None:
    view = saved(company.frank, name="  Open ones ", query=f"?{QUERY}")

    view.refresh_from_db()
    assert (view.name, view.query, view.owner) == ("Open ones", QUERY, company.frank)
    assert AuditEntry.objects.get(kind="list_view_added").subject_id == view.pk


def test_the_owner_changes_and_deletes_it(company: Cast) -> None:
    view = saved(company.frank)

    changed = saved(company.frank, view=view, name="All", query="")
    assert (changed.pk, changed.name, changed.query) == (view.pk, "All", "")

    pin(view, by=actor(company.frank))
    delete_list_view(view, by=actor(company.frank))
    assert not ListView.objects.exists()
    assert not PinnedView.objects.exists()


def test_others_neither_see_nor_change_it_until_it_is_shared(company: Cast) -> None:
    mine = saved(company.bea)
    with pytest.raises(NotFound):
        get_view(mine.pk, by=actor(company.sue))

    saved(company.bea, view=mine, shared_with="team", queue=company.homeowner_queue)
    assert get_view(mine.pk, by=actor(company.bob)) == mine
    assert not visible_views(actor(company.ines)).exists()
    for act in (
        lambda: saved(company.bob, view=mine),
        lambda: delete_list_view(mine, by=actor(company.bob)),
    ):
        with pytest.raises(NotPermitted) as refused:
            act()
        assert (refused.value.rule, refused.value.code) == ("V3", "not_your_list_view")
        assert "Save it under a name of your own" in refused.value.message


def test_a_department_is_a_team_too(company: Cast) -> None:
    view = saved(company.dora, shared_with="team", department=company.sales)

    assert get_view(view.pk, by=actor(company.dora)) == view
    with pytest.raises(NotFound):
        get_view(view.pk, by=actor(company.oscar))


def test_only_supervisors_share_with_everybody(company: Cast) -> None:
    with pytest.raises(NotPermitted) as refused:
        saved(company.frank, shared_with="everybody")
    assert "Only supervisors and administrators" in refused.value.message
    assert "send the list's own address" in refused.value.message

    for person in (company.sue, company.ada):
        view = saved(person, shared_with="everybody")
        assert get_view(view.pk, by=actor(company.oscar)) == view


def test_supervisors_keep_what_came_with_the_desk(company: Cast) -> None:
    came = ListView.objects.create(
        name="All", query="", shared_with=SharedWith.EVERYBODY, changed_at=clock.now()
    )
    with pytest.raises(NotPermitted) as refused:
        delete_list_view(came, by=actor(company.frank))
    assert "supervisors keep it" in refused.value.message

    changed = saved(company.sue, view=came, name="All cases", shared_with="everybody")
    assert (changed.owner, changed.name) == (None, "All cases")
    with pytest.raises(Refused, match="supervisors keep"):
        saved(company.sue, view=came, shared_with="nobody")


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"name": " \u200b "}, "list_view_name"),
        ({"name": "a" * (NAME_LIMIT + 1)}, "list_view_name"),
        ({"name": "a\x00b"}, "list_view_name"),
        ({"query": "all=customer:is:\ud800"}, "list_view_name"),
        ({"query": "a" * (QUERY_LIMIT + 1)}, "list_view_query"),
        ({"shared_with": "friends"}, "list_view_shared_with"),
        ({"shared_with": "team"}, "list_view_shared_with"),
    ],
)
def test_what_cannot_be_kept_is_refused(company: Cast, given: dict[str, str], code: str) -> None:
    with pytest.raises(Refused) as refused:
        saved(company.frank, **given)

    assert (refused.value.code, refused.value.rule) == (code, "V3")
    assert refused.value.field


def test_a_team_is_exactly_one_and_ones_own(company: Cast) -> None:
    both = {"queue": company.homeowner_queue, "department": company.sales}
    with pytest.raises(Refused, match="one queue or one department"):
        saved(company.bea, shared_with="team", **both)
    with pytest.raises(Refused, match="goes with"):
        saved(company.bea, queue=company.homeowner_queue)
    with pytest.raises(NotPermitted, match="not a member"):
        saved(company.frank, shared_with="team", queue=company.homeowner_queue)


def test_names_are_unique_for_an_owner(company: Cast) -> None:
    saved(company.frank)

    with pytest.raises(Refused, match="There is a list view “OPEN” already"):
        saved(company.frank, name="OPEN")
    assert saved(company.fiona).name == "Open"


def test_pins_are_ones_own_and_in_their_order(company: Cast) -> None:
    frank = actor(company.frank)
    first, second = saved(company.frank, name="A"), saved(company.frank, name="B")

    pin(first, by=frank)
    pin(second, by=frank)
    pin(second, by=frank)
    assert rail(company.frank) == ["A", "B"]
    assert rail(company.fiona) == []
    assert [view.pinned for view in offered(frank)] == [True, True]

    unpin(first, by=frank)
    assert rail(company.frank) == ["B"]


def test_the_rail_holds_so_many_pins(company: Cast) -> None:
    frank = actor(company.frank)
    views = [saved(company.frank, name=str(number)) for number in range(MOST_PINS + 1)]
    for view in views[:-1]:
        pin(view, by=frank)

    with pytest.raises(Refused, match=f"at most {MOST_PINS}"):
        pin(views[-1], by=frank)


def test_a_view_that_is_no_longer_shared_leaves_the_rail(company: Cast) -> None:
    view = saved(company.sue, shared_with="everybody")
    pin(view, by=actor(company.frank))

    saved(company.sue, view=view, shared_with="nobody")

    assert rail(company.frank) == []
