"""What is held of a homeowner: given out, erased, kept no longer than it must."""

from django.apps import AppConfig


class PersonalDataConfig(AppConfig):
    name = "heliodesk.personal_data"
