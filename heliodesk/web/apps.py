from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "heliodesk.web"
    label = "web"
