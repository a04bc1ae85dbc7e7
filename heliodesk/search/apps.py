from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "heliodesk.search"
    label = "search"
