from django.apps import AppConfig


class WorklistsConfig(AppConfig):
    name = "heliodesk.worklists"
    label = "worklists"
