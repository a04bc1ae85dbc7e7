"""Jira: open tickets found, linked and told of the case (J)."""

from django.apps import AppConfig


class JiraConfig(AppConfig):
    name = "heliodesk.integrations.jira"
    label = "jira"
