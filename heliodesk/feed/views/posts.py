"""Posting, replying, editing and deleting on the screen (C1, C4)."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from heliodesk.cases import access
from heliodesk.cases.models import Case
from heliodesk.core.forms import DeskForm
from heliodesk.core.numbers import whole
from heliodesk.core.refusal import NotFound
from heliodesk.drafts import keep
from heliodesk.drafts.restore import restored
from heliodesk.feed.access import get_item
from heliodesk.feed.forms.posts import PostForm
from heliodesk.feed.models import FeedItem
from heliodesk.feed.queries import mentions_url, post_draft
from heliodesk.feed.rules import posts
from heliodesk.web.back import back_to
from heliodesk.web.requests import DeskRequest
from heliodesk.web.submit import See, carry_out


@require_http_methods(["GET", "POST"])
def post_new(request: DeskRequest, number: int) -> HttpResponse:
    """Post on a case; with `reply_to` reply to an item of its feed, with `left_on` send, or
    discard, what was typed on a case that has been merged into it (X7)."""
    case = access.get_bare_case(number, by=request.actor)
    try:
        parent = _parent(request, case)
    except NotFound as moved:  # merged away since the page was made: the text is kept all the same
        if request.method != "POST":
            raise
        form = PostForm(request.POST)
        form.full_clean()
        form.refuse(moved)
        return _page(request, case, form, "Post", post_draft(case.number), send="Post")
    draft = _draft(request, case, parent)
    if "discard" in request.POST:
        keep.drop(draft, by=request.actor)
        messages.success(request, "The text was discarded.")
        return See(back_to(request, case.get_absolute_url()))
    form = _form(request, draft)
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            body = form.cleaned_data["body"]
            made = posts.post(case, body=body, parent=parent, by=request.actor)
            return address(made, back_to(request, case.get_absolute_url()))

        if done := carry_out(request, form, act, draft=draft):
            return done
    title = f"Reply to {parent.author.name if parent.author else 'the desk'}" if parent else "Post"
    return _page(
        request, case, form, title, draft, parent=parent, send="Reply" if parent else "Post"
    )


@require_http_methods(["GET", "POST"])
def post_edit(request: DeskRequest, number: int, item_id: int) -> HttpResponse:
    """Change the text of one's own post (C4)."""
    case = access.get_bare_case(number, by=request.actor)
    item = get_item(case, item_id)
    draft = f"post/{item.pk}/edit"
    form = _form(request, draft, body=item.body)
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            body = form.cleaned_data["body"]
            made = posts.edit_post(item, body=body, by=request.actor)
            return address(made, back_to(request, case.get_absolute_url()))

        if done := carry_out(request, form, act, draft=draft):
            return done
    return _page(request, case, form, "Edit your post", draft, send="Save")


@require_http_methods(["GET", "POST"])
def post_delete(request: DeskRequest, number: int, item_id: int) -> HttpResponse:
    """Delete one's own post (C4)."""
    case = access.get_bare_case(number, by=request.actor)
    item = get_item(case, item_id)
    form = DeskForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            made = posts.delete_post(item, by=request.actor)
            return address(made, back_to(request, case.get_absolute_url()))

        if done := carry_out(request, form, act, said="The post was deleted."):
            return done
    back = back_to(request, case.get_absolute_url())
    context = {"case": case, "form": form, "item": item, "back": back}
    return render(request, "feed/post_deletion.html", context, status=_status(request))


def address(item: FeedItem, page: str) -> str:
    """Where the item stands on a page with the feed, however far down its thread is."""
    asked = f"?item={item.pk}" if item.parent_id or item.edited_at else ""
    return f"{page}{asked}#item-{item.pk}"


def _parent(request: DeskRequest, case: Case) -> FeedItem | None:
    # Where it was refused, the form comes again without, at an address that still has it.
    said = request.POST if request.method == "POST" else request.GET
    asked = whole(said.get("reply_to") or "")
    return None if asked is None else get_item(case, asked)


def _draft(request: DeskRequest, case: Case, parent: FeedItem | None) -> str:
    """The key of what is being typed. That of a reply is its thread's, and goes along with it to
    another case."""
    if parent:
        return f"post/{parent.pk}/reply"
    return post_draft(whole(request.POST.get("left_on") or "") or case.number)


def _form(request: DeskRequest, draft: str, **initial: str) -> PostForm:
    """The form with what was sent, or with what was being typed."""
    if request.method == "POST":
        return PostForm(request.POST)
    return restored(PostForm, draft, by=request.actor, initial=initial)


def _page(
    request: DeskRequest,
    case: Case,
    form: PostForm,
    title: str,
    draft: str,
    *,
    send: str,
    parent: FeedItem | None = None,
) -> HttpResponse:
    context = {
        "case": case,
        "form": form,
        "title": title,
        "draft": draft,
        "send": send,
        "parent": parent,
        "left_on": whole(request.POST.get("left_on") or ""),
        "mentions_url": mentions_url(case),
        "back": back_to(request, case.get_absolute_url()),
    }
    return render(request, "feed/post.html", context, status=_status(request))


def _status(request: DeskRequest) -> int:
    return HTTPStatus.UNPROCESSABLE_ENTITY if request.method == "POST" else HTTPStatus.OK
