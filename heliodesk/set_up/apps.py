"""The set-up for administrators: what the desk works with, in the desk's own look."""

from django.apps import AppConfig


class SetUpConfig(AppConfig):
    name = "heliodesk.set_up"
