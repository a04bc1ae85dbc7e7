"""Engine: jobs, milestones, and the private comment of N4 (E)."""

from django.apps import AppConfig


class EngineConfig(AppConfig):
    name = "heliodesk.integrations.engine"
    label = "engine"
