from django.apps import AppConfig


class BackgroundConfig(AppConfig):
    name = "heliodesk.background"
    label = "background"
