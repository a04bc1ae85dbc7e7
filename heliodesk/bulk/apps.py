from django.apps import AppConfig


class BulkConfig(AppConfig):
    name = "heliodesk.bulk"
    label = "bulk"
