from django.apps import AppConfig


class QuickTextsConfig(AppConfig):
    name = "heliodesk.quick_texts"
    label = "quick_texts"
