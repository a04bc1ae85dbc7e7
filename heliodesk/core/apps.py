from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "heliodesk.core"
    label = "core"
