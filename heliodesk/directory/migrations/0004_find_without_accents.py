"""Names and addresses are found without their accents: `muller` finds Müller (D2, N5)."""

from django.contrib.postgres.operations import UnaccentExtension
from django.db import migrations

# PostgreSQL calls `unaccent` stable, since somebody could change its rules; indexes need a promise
# that nobody does. Its body is bound when it is made, whatever the search path is later.
FOLDED = """
CREATE FUNCTION desk_folded(text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN upper(unaccent($1))
"""

NAME = "{}(name) gin_trgm_ops"
ADDRESS = "{}(street || ' ' || city || ' ' || postal_code) gin_trgm_ops"
INDEXES = {
    "account_by_words": ("directory_account", NAME),
    "account_by_address": ("directory_account", ADDRESS),
    "contact_by_words": ("directory_contact", NAME),
    "contract_by_address": ("directory_contract", ADDRESS),
}


def made_anew(index: str, table: str, what: str) -> migrations.RunSQL:
    """The index over what is folded, in the place of the one over capitals."""
    make = f"DROP INDEX {index}; CREATE INDEX {index} ON {table} USING gin ({what})"
    return migrations.RunSQL(make.format("desk_folded"), make.format("upper"))


class Migration(migrations.Migration):
    dependencies = [("directory", "0003_find_while_the_phone_rings")]

    operations = [
        UnaccentExtension(),
        migrations.RunSQL(FOLDED, "DROP FUNCTION desk_folded(text)"),
        *(made_anew(index, *over) for index, over in INDEXES.items()),
    ]
