"""Jira: open tickets found, linked and told of the case (J)."""

from __future__ import annotations

from django.urls import URLPattern, path

from heliodesk.integrations.jira.views.linking import link_gone, link_new, ticket_options
from heliodesk.integrations.jira.views.set_up import jira

urlpatterns: list[URLPattern] = [
    path("jira/tickets/options/", ticket_options, name="jira_ticket_options"),
    path("cases/<int:number>/jira/new/", link_new, name="jira_link_new"),
    path("cases/<int:number>/jira/<int:link_id>/removal/", link_gone, name="jira_link_gone"),
    path("set-up/jira/", jira, name="jira_set_up"),
]
