"""The cache's table: what one process counts, such as failed sign-ins, the others know (K1)."""

from django.db import migrations

# As `createcachetable` makes it.
TABLE = """
CREATE TABLE core_cache (
    cache_key varchar(255) NOT NULL PRIMARY KEY,
    value text NOT NULL,
    expires timestamp with time zone NOT NULL
);
CREATE INDEX core_cache_expires ON core_cache (expires);
"""


class Migration(migrations.Migration):
    dependencies = [("core", "0004_jobs_without_notify")]

    operations = [migrations.RunSQL(TABLE, "DROP TABLE core_cache")]
