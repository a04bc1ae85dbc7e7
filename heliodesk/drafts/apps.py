from django.apps import AppConfig


class DraftsConfig(AppConfig):
    name = "heliodesk.drafts"
    label = "drafts"
