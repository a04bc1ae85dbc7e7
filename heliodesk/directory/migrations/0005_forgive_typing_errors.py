"""Typing errors in names and addresses are forgiven at any size of desk (D2, V4).

The words that names and addresses are made of are few, however many people there are. A word that
nobody is called is compared with these alone, and those that come close are looked for instead.
Words stay when the last one called so goes: they then lead to nobody.
"""

from django.db import migrations, models

SAID = {
    "directory_account": "name || ' ' || street || ' ' || city",
    "directory_contact": "name",
    "directory_contract": "street || ' ' || city",
}
WORDS = """
    INSERT INTO directory_nameword (word)
    SELECT DISTINCT word FROM {rows} r, regexp_split_to_table(desk_folded({said}), '[^[:alpha:]]+') word
    WHERE length(word) BETWEEN 3 AND 40 ON CONFLICT DO NOTHING
"""


def kept(table, said):
    """The triggers that keep the words of one table, and the words that it has."""
    columns = said.replace("|| ' ' ||", "").split()
    return migrations.RunSQL(
        f"""
        {WORDS.format(rows=table, said=said)};
        CREATE FUNCTION words_of_{table}() RETURNS trigger LANGUAGE plpgsql AS $body$
        BEGIN
            {WORDS.format(rows="written", said=said)};
            RETURN NULL;
        END
        $body$;
        CREATE TRIGGER words_added AFTER INSERT ON {table} REFERENCING NEW TABLE AS written
            FOR EACH STATEMENT EXECUTE FUNCTION words_of_{table}();
        CREATE FUNCTION words_changed_in_{table}() RETURNS trigger LANGUAGE plpgsql AS $body$
        BEGIN
            {WORDS.format(rows="(SELECT NEW.*)", said=said)};
            RETURN NULL;
        END
        $body$;
        CREATE TRIGGER words_changed AFTER UPDATE OF {", ".join(columns)} ON {table}
            FOR EACH ROW EXECUTE FUNCTION words_changed_in_{table}();
        """,
        f"""
        DROP TRIGGER words_added ON {table};
        DROP TRIGGER words_changed ON {table};
        DROP FUNCTION words_of_{table}();
        DROP FUNCTION words_changed_in_{table}();
        """,
    )


#: What comes close to a word; and accounts by what their name begins with, in its order.
INDEXES = {
    "name_word_alike": "directory_nameword USING gin (word gin_trgm_ops)",
    "account_by_folded_name": "directory_account (desk_folded(name) text_pattern_ops)",
}


class Migration(migrations.Migration):
    dependencies = [("directory", "0004_find_without_accents")]

    operations = [
        migrations.CreateModel(
            name="NameWord",
            fields=[
                ("word", models.CharField(max_length=40, primary_key=True, serialize=False)),
            ],
        ),
        *(kept(table, said) for table, said in SAID.items()),
        *(
            migrations.RunSQL(f"CREATE INDEX {name} ON {what}", f"DROP INDEX {name}")
            for name, what in INDEXES.items()
        ),
    ]
