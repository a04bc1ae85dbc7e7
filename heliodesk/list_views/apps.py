from django.apps import AppConfig


class ListViewsConfig(AppConfig):
    name = "heliodesk.list_views"
    label = "list_views"
