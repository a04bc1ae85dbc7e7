"""Addresses of the feed."""

from __future__ import annotations

from django.urls import URLPattern, path

from heliodesk.feed.views.mentions import mentions
from heliodesk.feed.views.posts import post_delete, post_edit, post_new

POSTS = "cases/<int:number>/posts/"

urlpatterns: list[URLPattern] = [
    path(POSTS, post_new, name="post_new"),
    path(f"{POSTS}<int:item_id>/edit/", post_edit, name="post_edit"),
    path(f"{POSTS}<int:item_id>/deletion/new/", post_delete, name="post_delete"),
    path("mentions/", mentions, name="mentions"),
]
