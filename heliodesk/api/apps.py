from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "heliodesk.api"
    label = "api"
