from django.apps import AppConfig


class FeedConfig(AppConfig):
    name = "heliodesk.feed"
    label = "feed"
