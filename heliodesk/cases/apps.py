from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "heliodesk.cases"
    label = "cases"
