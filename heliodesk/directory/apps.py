from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    name = "heliodesk.directory"
    label = "directory"
