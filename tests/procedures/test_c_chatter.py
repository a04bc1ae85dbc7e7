"""C. Chatter: the feed, the bell, what is typed."""

from __future__ import annotations

from http import HTTPStatus
from uuid import uuid4

import pytest
from django.test import Client

from heliodesk.cases.models import Case, Status
from heliodesk.cases.rules.closing import close
from heliodesk.cases.rules.status import set_status
from heliodesk.core.refusal import NotPermitted, Refused
from heliodesk.drafts.keep import kept
from heliodesk.feed.models import FeedItem, Mention
from heliodesk.feed.queries import feed_of
from heliodesk.feed.rules.posts import delete_post, edit_post, post
from heliodesk.notices.models import Notice
from tests import cast
from tests.cast import Cast, actor
from tests.clocks import Clock

pytestmark = pytest.mark.django_db


def test_c1_anyone_who_may_see_the_case_posts_replies_and_mentions(company: Cast) -> None:
    case = cast.case(company)
    root = post(case, body="@sue, @homeowner: who takes this?", by=actor(company.frank))
    Mention.objects.create(item=root, department=company.sales)
    for who in (company.fiona, company.bea, company.sue, company.ada, company.dora):
        reply = post(case, body="@frank, I can", parent=root, by=actor(who))
        assert (reply.author, reply.parent) == (who, root)
    told = post(case, body="@sales, thank you", by=actor(company.frank))
    assert [notice.recipient for notice in told.notices.all()] == [company.dora]
    with pytest.raises(Refused):
        post(case, body="Me too", by=actor(company.oscar))


def test_c2_the_bell_rings_once_a_post_and_leads_to_it(company: Cast, client: Client) -> None:
    case = cast.case(company)
    old = post(case, body="@bea @homeowner and @bea again", by=actor(company.frank))
    for at in range(40):
        post(case, body=f"Later {at}", by=actor(company.frank))
    assert Notice.objects.filter(recipient=company.bea).count() == 1
    assert not Notice.objects.filter(recipient=company.frank).exists()
    client.force_login(company.bea)
    assert "Notices, 1 unread" in client.get("/notices/").content.decode()
    notice = Notice.objects.get(recipient=company.bea)
    answer = client.get(f"/notices/{notice.pk}/")
    assert answer["Location"] == f"{case.get_absolute_url()}?item={old.pk}#item-{old.pk}"
    assert f'id="item-{old.pk}"' in client.get(answer["Location"]).content.decode()
    assert "Notices, 0 unread" in client.get("/notices/").content.decode()


def test_c3_what_happened_stands_in_the_same_time_line_and_can_be_filtered_out(
    company: Cast,
) -> None:
    case = cast.case(company)
    frank = actor(company.frank)
    set_status(case, Status.AWAITING_CUSTOMER, by=frank)
    post(case, body="Waiting for the bill.", by=frank)
    close(case, reason=company.resolved, note="Sent.", by=frank)
    rows = feed_of(case, by=frank).rows
    assert [row.kind for row in rows] == ["closed", "post", "status"]
    assert "closed the case: <span>Resolved</span>" in rows[0].says
    assert "Awaiting Customer Response" in rows[2].says
    assert [row.kind for row in feed_of(case, by=frank, show="posts").rows] == ["post"]


def test_c4_one_changes_ones_own_posts_for_fifteen_minutes_and_the_feed_says_so(
    company: Cast, still: Clock
) -> None:
    case = cast.case(company)
    frank = actor(company.frank)
    first, second = (post(case, body=text, by=frank) for text in ("Frist", "Wrong case"))
    with pytest.raises(NotPermitted):
        edit_post(first, body="x", by=actor(company.sue))
    still.move(minutes=15)
    edit_post(first, body="First", by=frank)
    delete_post(second, by=frank)
    deleted, edited = feed_of(case, by=actor(company.bea)).rows
    assert (edited.edited, str(edited.html)) == (True, "<p>First</p>\n")
    assert (deleted.deleted, str(deleted.html)) == (True, "")
    still.move(seconds=1)
    with pytest.raises(Refused, match="15 minutes"):
        edit_post(first, body="Second", by=frank)


def test_c5_text_is_safe_and_what_was_typed_comes_back(company: Cast, frank_client: Client) -> None:
    case = cast.case(company)
    address = f"{case.get_absolute_url()}posts/"
    sent = {"body": "1. `code`\n<script>alert(1)</script> [x](javascript:alert(1))"}
    frank_client.post(address, sent | {"once": str(uuid4())})
    html = FeedItem.objects.get().body_html
    assert "<li><code>code</code>" in html
    assert "<script" not in html
    assert "href" not in html
    draft = {"key": f"case/{case.number}/post", "data": '{"body": "Half a sent"}'}
    assert frank_client.post("/drafts/", draft).status_code == HTTPStatus.NO_CONTENT
    assert feed_of(case, by=actor(company.frank)).draft == "Half a sent"
    refused = frank_client.post(address, {"body": "@oscar what I typed"})
    assert "@oscar what I typed</textarea>" in refused.content.decode()
    frank_client.post(address, {"body": "Half a sentence"})
    assert kept(f"case/{case.number}/post", by=actor(company.frank)) == {}


def test_c1_a_post_leaves_status_and_last_modified_alone_also_on_a_closed_case(
    company: Cast, still: Clock
) -> None:
    """S4 and X6, as far as posts go."""
    case = cast.case(company, status=Status.CLOSED)
    still.move(hours=1)
    post(case, body="The customer sent thanks.", by=actor(company.bea))
    assert Case.objects.get(pk=case.pk).last_modified_at == case.created_at
