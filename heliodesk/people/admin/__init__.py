"""The set-up of people, queues, departments and the desk's settings."""

from heliodesk.people.admin import departments, queues, settings, users

__all__ = ["departments", "queues", "settings", "users"]
