from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "heliodesk.people"
    label = "people"
