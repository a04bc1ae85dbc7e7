from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "heliodesk.notices"
    label = "notices"
