"""Every table and every column of the desk leaves with an export, or is said not to."""

from __future__ import annotations

import re

from django.apps import apps

from heliodesk.integrations.salesforce.leaving import feed, ids
from heliodesk.integrations.salesforce.leaving.export import TABLES

QUERIES = "\n".join([*TABLES.values(), *ids.RELATIONS.values(), feed.STORED])

#: What stays on the desk: manifest.json says so in words, and `backup` has it.
STAYING = {
    "how people sign in": ("account_", "mfa_", "socialaccount_", "usersessions_", "django_"),
    "tokens, settings, secrets": ("api_", "jira_", "webhooks_"),
    "what is computed, or of the moment": ("live_", "search_", "procrastinate_", "core_cache"),
    "the record of changes, and forms sent": ("core_",),
    "each person's own": ("drafts_", "notices_", "list_views_", "bulk_", "quick_texts_"),
    "what erasing leaves of a person": ("personal_data_",),
}
TABLES_STAYING = {
    *("auth_permission", "auth_group", "auth_group_permissions"),
    *("people_desksettings", "people_invitation", "cases_enginesettings"),
    *("people_identityprovider", "people_groupmapping"),
    *("directory_nameword", "salesforce_imported"),
}
COLUMNS_STAYING = {
    # Made of others, or of the storage's.
    ("feed_feeditem", "body_html"),
    ("cases_case", "is_followed"),
    ("files_casefile", "content_type"),
    ("files_casefile", "sha256"),
    # What a merge has moved.
    *(("cases_merge", name) for name in ("items", "files", "assignments", "interactions")),
    *(("cases_merge", name) for name in ("links", "related", "jira_links")),
    # How somebody signs in, and what is said of their mail server.
    *(("people_user", name) for name in ("password", "last_login", "mail_refused")),
    ("people_user", "password_is_temporary"),
}
#: Facts and set-up carry all plain columns of these, whatever they are called.
WHOLE = {
    *("people_department", "people_topic", "people_referralreason", "people_referralsubtype"),
    *("cases_requesttype", "cases_requestsubtype", "cases_casesource", "cases_closedreason"),
    *("cases_jiralink", "cases_enginecomment"),
}


def stays(table: str) -> bool:
    """Whether a table is said to stay."""
    return table in TABLES_STAYING or any(
        table.startswith(prefix) for some in STAYING.values() for prefix in some
    )


def test_every_table_leaves_or_is_said_to_stay() -> None:
    tables = {str(model._meta.db_table) for model in apps.get_models(include_auto_created=True)}
    leaving = {table for table in tables if re.search(rf"\b{table}\b", QUERIES)}
    forgotten = {table for table in tables - leaving if not stays(table)}
    assert not forgotten, f"Export {forgotten}, or say in manifest.json that it stays."


def test_every_column_leaves_or_is_said_to_stay() -> None:
    forgotten = set()
    for model in apps.get_models():
        table = str(model._meta.db_table)
        if not re.search(rf"\b{table}\b", QUERIES) or stays(table) or table in WHOLE:
            continue
        for field in model._meta.concrete_fields:
            said = re.search(rf"\w\.{field.column}\b", QUERIES)
            if not said and (table, field.column) not in COLUMNS_STAYING:
                forgotten.add(f"{table}.{field.column}")
    assert not forgotten, f"Export {forgotten}, or say here why they stay."
