"""What a case always holds, whatever the way in (H4, X1, X4)."""

from django.db import migrations

from heliodesk.core.sql import breach, reference, trigger

STILL_TRUE = f"""
    IF EXISTS (
        SELECT FROM cases_case c
        WHERE c.id = NEW.{{key}} AND (c.status = 'closed') <> EXISTS (
            SELECT FROM cases_closure o WHERE o.case_id = c.id AND o.reopened_at IS NULL
        )
    ) THEN
        {breach("case_closed_by_closure", "a case is closed exactly while a closure is open")}
    END IF;
    RETURN NULL;
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial"), ("directory", "0002_invariants")]

    operations = [
        reference(
            "case_subtype_of_type",
            "cases_case",
            "request_subtype_id, request_type_id",
            "cases_requestsubtype",
            "id, request_type_id",
        ),
        reference(
            "case_contact_of_account",
            "cases_case",
            "contact_id, account_id",
            "directory_contact",
            "id, account_id",
        ),
        reference(
            "case_contract_of_account",
            "cases_case",
            "contract_id, account_id",
            "directory_contract",
            "id, account_id",
        ),
        reference(
            "case_installer_contact_of_installer",
            "cases_case",
            "installer_contact_id, installer_id",
            "directory_contact",
            "id, account_id",
        ),
        trigger(
            "case_closed_by_closure",
            "cases_case",
            "AFTER INSERT OR UPDATE OF status",
            STILL_TRUE.format(key="id"),
            deferred=True,
        ),
        trigger(
            "closure_closes_case",
            "cases_closure",
            "AFTER INSERT OR UPDATE",
            STILL_TRUE.format(key="case_id"),
            deferred=True,
        ),
    ]
