from django.apps import AppConfig


class AssignmentsConfig(AppConfig):
    name = "heliodesk.assignments"
    label = "assignments"
