"""Posting, replying, editing and deleting on the screen (C1, C4)."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from heliodesk.cases import access
from heliodesk.cases.models import Case
from heliodesk.core.forms import DeskForm
from heliodesk.core.numbers import whole
from heliodesk.core.refusal import NotFound
from heliodesk.drafts.restore import restored
from heliodesk.feed.access import get_item
from heliodesk.feed.forms.posts import PostForm
from heliodesk.feed.models import FeedItem
from heliodesk.feed.queries import mentions_url
from heliodesk.feed.rules import posts
from heliodesk.web.back import back_to
from heliodesk.web.requests import DeskRequest
from heliodesk.web.submit import carry_out


@require_http_methods(["GET", "POST"])
def post_new(request: DeskRequest, number: int) -> HttpResponse:
    """Post on a case; with `reply_to` reply to an item of its feed."""
    case = access.get_bare_case(number, by=request.actor)
    try:
        parent = _parent(request, case)
    except NotFound as moved:  # merged away since the page was made: the text is kept all the same
        if request.method != "POST":
            raise
        form = PostForm(request.POST)
        form.full_clean()
        form.refuse(moved)
        return _page(request, case, form, "Post", f"case/{case.number}/post", send="Post")
    draft = f"case/{case.number}/reply/{parent.pk}" if parent else f"case/{case.number}/post"
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
    draft = f"case/{case.number}/edit/{item.pk}"
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
        "mentions_url": mentions_url(case),
        "back": back_to(request, case.get_absolute_url()),
    }
    return render(request, "feed/post.html", context, status=_status(request))


def _status(request: DeskRequest) -> int:
    return HTTPStatus.UNPROCESSABLE_ENTITY if request.method == "POST" else HTTPStatus.OK
