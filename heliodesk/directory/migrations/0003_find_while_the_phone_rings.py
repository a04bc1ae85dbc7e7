"""Indexes for finding an account while the phone rings: by contract ID, phone and email at once,
by name and address with typing errors forgiven (D2), and for the lists' own orders."""

from django.db import migrations

DIGITS = r"regexp_replace(phone, '\D', '', 'g') gin_trgm_ops"
ADDRESS = "upper(street || ' ' || city || ' ' || postal_code) gin_trgm_ops"
WORDS = "upper(name) gin_trgm_ops"

INDEXES = {
    "account_by_name": "directory_account (name, id)",
    "account_by_words": f"directory_account USING gin ({WORDS})",
    "account_by_phone": f"directory_account USING gin ({DIGITS})",
    "account_by_email": "directory_account (lower(email)) WHERE email <> ''",
    "account_by_address": f"directory_account USING gin ({ADDRESS})",
    "contact_by_words": f"directory_contact USING gin ({WORDS})",
    "contact_by_phone": f"directory_contact USING gin ({DIGITS})",
    "contact_by_email": "directory_contact (lower(email)) WHERE email <> ''",
    "contract_by_upper_id": "directory_contract (upper(contract_id) text_pattern_ops)",
    "contract_by_address": f"directory_contract USING gin ({ADDRESS})",
    "contract_by_status": "directory_contract (status, contract_id)",
    "job_by_upper_id": "directory_job (upper(job_id))",
}


class Migration(migrations.Migration):
    dependencies = [("directory", "0002_invariants")]

    operations = [
        migrations.RunSQL(f"CREATE INDEX {name} ON {what}", f"DROP INDEX {name}")
        for name, what in INDEXES.items()
    ]
