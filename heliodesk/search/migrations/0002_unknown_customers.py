"""Cases of customers not on record are found by name and address as accounts are (N5, V4)."""

from django.db import migrations

INDEX = """
CREATE INDEX search_unknown_customer ON cases_case
    USING gin (desk_folded(customer_name || ' ' || property_address) gin_trgm_ops)
    WHERE contract_gap = 'not_on_record'
"""


class Migration(migrations.Migration):
    dependencies = [("search", "0001_texts")]

    operations = [migrations.RunSQL(INDEX, "DROP INDEX search_unknown_customer")]
