"""What the directory always holds: who may be a parent account, and whose a contract is."""

from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations

from heliodesk.core.sql import breach, trigger

PARENT = f"""
    IF NEW.parent_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM directory_account WHERE id = NEW.parent_id AND kind = 'installer'
    ) THEN
        {breach("account_parent_is_installer", "the parent account is not an installer")}
    END IF;
    RETURN NEW;
"""

KIND = f"""
    IF NEW.kind <> OLD.kind THEN
        {breach("account_kind_stays", "the kind of an account never changes")}
    END IF;
    RETURN NEW;
"""

PARTIES = f"""
    IF NOT EXISTS (
        SELECT FROM directory_account WHERE id = NEW.account_id AND kind = 'homeowner'
    ) THEN
        {breach("contract_account_is_homeowner", "the account of a contract is not a homeowner")}
    END IF;
    IF NOT EXISTS (
        SELECT FROM directory_account WHERE id = NEW.installer_id AND kind = 'installer'
    ) THEN
        {breach("contract_installer_is_org", "the installer of a contract is not an Org")}
    END IF;
    RETURN NEW;
"""


class Migration(migrations.Migration):
    dependencies = [("directory", "0001_initial")]

    operations = [
        TrigramExtension(),
        trigger(
            "account_parent_is_installer",
            "directory_account",
            "BEFORE INSERT OR UPDATE OF parent_id",
            PARENT,
        ),
        trigger("account_kind_stays", "directory_account", "BEFORE UPDATE OF kind", KIND),
        trigger(
            "contract_parties",
            "directory_contract",
            "BEFORE INSERT OR UPDATE OF account_id, installer_id",
            PARTIES,
        ),
    ]
