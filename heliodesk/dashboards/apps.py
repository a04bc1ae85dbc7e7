from django.apps import AppConfig


class DashboardsConfig(AppConfig):
    name = "heliodesk.dashboards"
    label = "dashboards"
