r"""Mail addresses are found by what stands behind the first point of their domain, too: fabrikam.com
finds jane@mail.fabrikam.com (V4). Few addresses have such a domain, and only these are in the indexes.
"""

from django.db import migrations

DOMAINS = r"""
CREATE FUNCTION desk_domains(email text) RETURNS tsvector
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN (
    WITH domain AS (SELECT string_to_array(split_part(lower(email), '@', 2), '.') AS labels)
    SELECT array_to_tsvector(array_agg(array_to_string(labels[n:], '.')))
    FROM domain, generate_series(2, cardinality(labels) - 1) n
);
"""
INDEX = r"""
CREATE INDEX search_{0}_domains ON directory_{0} USING gin (desk_domains(email))
    WITH (gin_pending_list_limit = 64) WHERE email ~ '@[^.]*\.[^.]*\.'
"""


class Migration(migrations.Migration):
    dependencies = [("search", "0005_words_by_beginning")]

    operations = [
        migrations.RunSQL(DOMAINS, "DROP FUNCTION desk_domains(text)"),
        *(
            migrations.RunSQL(INDEX.format(table), f"DROP INDEX search_{table}_domains")
            for table in ("account", "contact")
        ),
    ]
