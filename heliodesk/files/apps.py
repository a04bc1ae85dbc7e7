from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "heliodesk.files"
    label = "files"
