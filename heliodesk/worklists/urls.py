"""Addresses of worklists."""

from __future__ import annotations

from django.urls import path

from heliodesk.worklists.views import desk, groups, people, queues, taking

urlpatterns = [
    path("", desk.my_desk, name="my_desk"),
    path("desk/groups/", groups.folding, name="desk_groups"),
    path("queues/", queues.overview, name="queues"),
    path("queues/<slug:slug>/", queues.queue, name="queue"),
    path("queues/<slug:slug>/next/", taking.next_case, name="take_next"),
    path("cases/<int:number>/taking/", taking.one, name="take_case"),
    path("people/", people.people, name="people"),
    path("people/<int:person_id>/", people.person, name="person"),
]
