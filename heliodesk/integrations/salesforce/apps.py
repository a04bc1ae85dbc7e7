"""Moving in from Salesforce, and out again (M1)."""

from django.apps import AppConfig


class SalesforceConfig(AppConfig):
    name = "heliodesk.integrations.salesforce"
    label = "salesforce"
