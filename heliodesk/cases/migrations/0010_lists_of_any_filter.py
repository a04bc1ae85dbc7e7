"""Indexes of list views (V3): the orders that lists are offered in, over all cases and over the open
ones, what cases are filtered by in one index, and the letters of names and addresses.

Why these, how large they are and what they cost: docs/performance.md, "List views"."""

from django.contrib.postgres.operations import BtreeGinExtension
from django.db import migrations

OPEN = "WHERE status <> 'closed'"
CLOSED = "coalesce(closed_at, '9999-01-01 00:00:00+00'::timestamptz)"
NAME = '(upper(customer_name) COLLATE "C")'
ADDRESS = '(upper(property_address) COLLATE "C")'
VALUES = (
    "status, priority, case_type, contract_gap, request_type_id, request_subtype_id, source_id, "
    "owner_agent_id, owner_queue_id, created_by_id, last_modified_by_id, reviewed_by_id"
)

INDEXES = {
    "case_by_modified": "(last_modified_at, id)",
    "case_by_priority": "(priority, created_at, id)",
    "case_by_customer": f"({NAME}, id)",
    "case_by_closed": f"({CLOSED}, id)",
    "case_open_by_created": f"(created_at, id) {OPEN}",
    "case_open_by_modified": f"(last_modified_at, id) {OPEN}",
    "case_open_by_number": f"(number, id) {OPEN}",
    "case_open_by_priority": f"(priority, created_at, id) {OPEN}",
    "case_open_by_customer": f"({NAME}, id) {OPEN}",
    # Without a list of what waits to be put in: every search would read that list.
    "case_by_values": f"USING gin ({VALUES}) WITH (fastupdate = off)",
    "case_by_customer_letters": f"USING gin ({NAME} gin_trgm_ops)",
    "case_by_address_letters": f"USING gin ({ADDRESS} gin_trgm_ops)",
}


class Migration(migrations.Migration):
    dependencies = [("cases", "0009_merges_move_links"), ("directory", "0002_invariants")]

    operations = [
        BtreeGinExtension(),
        *(
            migrations.RunSQL(f"CREATE INDEX {name} ON cases_case {what}", f"DROP INDEX {name}")
            for name, what in INDEXES.items()
        ),
    ]
