from django.apps import AppConfig


class LiveConfig(AppConfig):
    name = "heliodesk.live"
    label = "live"
