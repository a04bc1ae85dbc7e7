"""Full text (V4): the words of every text in one table, kept by triggers.

Reasons and figures: docs/decisions/search.md. On a desk of a million cases the texts that are there
already are read in some minutes; nothing of the other tables is written or locked against reading.
"""

from django.contrib.postgres.search import SearchVectorField
from django.db import migrations, models

#: English, with accents folded. Punctuation parts words before: C-10023, jane.doe@x.org and
#: 555-0142 are rows of plain words, which a search finds as a phrase, and each part by itself.
WORDS = r"""
CREATE TEXT SEARCH CONFIGURATION desk_english (COPY = pg_catalog.english);
ALTER TEXT SEARCH CONFIGURATION desk_english
    ALTER MAPPING FOR word, hword, hword_part WITH unaccent, english_stem;
ALTER TEXT SEARCH CONFIGURATION desk_english
    ALTER MAPPING FOR numword, numhword, hword_numpart WITH unaccent, simple;

CREATE FUNCTION desk_plain(text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN translate($1, '-/_.@:+,<>&=%~#*|\!?()[]{}"''`^$', repeat(' ', 33));

CREATE FUNCTION search_words(said text, kind text, author bigint, at timestamptz) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN to_tsvector('desk_english', desk_plain(left(said, 100000))) || array_to_tsvector(ARRAY[
    '=' || kind, '=by' || coalesce(author, 0), '=w' || floor(extract(epoch FROM at) / 604800)]);

CREATE FUNCTION search_kind(kind text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN kind IN ('review', 'interaction') THEN kind
    WHEN kind IN ('post', 'follow_up', 'follow_up_escalated') THEN 'post'
    WHEN kind LIKE 'assignment%' THEN 'assignment' ELSE 'note' END;
"""
WORDS_BACK = """
DROP FUNCTION search_kind(text);
DROP FUNCTION search_words(text, text, bigint, timestamptz);
DROP FUNCTION desk_plain(text);
DROP TEXT SEARCH CONFIGURATION desk_english;
"""

#: What stands in the table for each row of a source: {row} is where such rows are read from.
TEXTS = {
    "cases_case": """
        SELECT id * 4 AS id, id AS case_id, 'description' AS kind, created_by_id AS author_id,
            created_at AS at, concat_ws(' ', lpad(number::text, 8, '0'), customer_name, job_id,
            description) AS said
        FROM {row} r""",
    "feed_feeditem": """
        SELECT id * 4 + 1 AS id, case_id, search_kind(kind) AS kind, author_id, at, body AS said
        FROM {row} r WHERE body <> '' AND deleted_at IS NULL""",
    "cases_interaction": """
        SELECT id * 4 + 2 AS id, NULL::bigint AS case_id, 'interaction' AS kind,
            by_id AS author_id, at, concat_ws(' ', spoke_with, about) AS said
        FROM {row} r WHERE case_id IS NULL""",
    "files_casefile": """
        SELECT id * 4 + 3 AS id, case_id, 'file' AS kind, by_id AS author_id, at, name AS said
        FROM {row} r""",
}
#: A change of these alone makes the words anew.
WATCHED = {
    "cases_case": ("number", "customer_name", "job_id", "description", "created_at"),
    "feed_feeditem": ("case_id", "body", "deleted_at"),
    "cases_interaction": ("case_id", "spoke_with", "about"),
    "files_casefile": ("case_id", "name"),
}

PUT = """INSERT INTO search_searchtext (id, case_id, kind, author_id, at, words)
    SELECT id, case_id, kind, author_id, at, search_words(said, kind, author_id, at)
    FROM ({texts}) texts"""


def kept_by_triggers(table):
    """The triggers of one source: new rows at once for a whole COPY, changes row by row."""
    source = list(TEXTS).index(table)
    put, texts = PUT, TEXTS[table]
    changed = " OR ".join(f"OLD.{name} IS DISTINCT FROM NEW.{name}" for name in WATCHED[table])
    drop = f"DELETE FROM search_searchtext WHERE id = OLD.id * 4 + {source}"
    one = texts.format(row="(SELECT NEW.*)")
    return migrations.RunSQL(
        f"""
        CREATE FUNCTION search_add_{table}() RETURNS trigger LANGUAGE plpgsql AS $body$
        BEGIN
            {put.format(texts=texts.format(row="added"))};
            RETURN NULL;
        END
        $body$;
        CREATE TRIGGER search_add AFTER INSERT ON {table} REFERENCING NEW TABLE AS added
            FOR EACH STATEMENT EXECUTE FUNCTION search_add_{table}();

        CREATE FUNCTION search_change_{table}() RETURNS trigger LANGUAGE plpgsql AS $body$
        BEGIN
            {drop};
            IF TG_OP = 'UPDATE' THEN
                {put.format(texts=one)};
            END IF;
            RETURN NULL;
        END
        $body$;
        CREATE TRIGGER search_change AFTER UPDATE OF {", ".join(WATCHED[table])} ON {table}
            FOR EACH ROW WHEN ({changed}) EXECUTE FUNCTION search_change_{table}();
        CREATE TRIGGER search_drop AFTER DELETE ON {table}
            FOR EACH ROW EXECUTE FUNCTION search_change_{table}();
        """,
        f"""
        DROP TRIGGER search_add ON {table};
        DROP TRIGGER search_change ON {table};
        DROP TRIGGER search_drop ON {table};
        DROP FUNCTION search_add_{table}();
        DROP FUNCTION search_change_{table}();
        """,
    )


def everything():
    """All texts that there are, oldest first: what is written together is read together."""
    texts = " UNION ALL ".join(one.format(row=table) for table, one in TEXTS.items())
    return PUT.format(texts=f"SELECT * FROM ({texts}) t ORDER BY at OFFSET 0")


#: New words wait in a list of the index that every search reads: a short one.
INDEX = """
CREATE INDEX search_text_words ON search_searchtext USING gin (words)
    WITH (gin_pending_list_limit = 512)
"""
#: Anew by one call: for a desk that was filled with the triggers off.
FILL = f"""
CREATE FUNCTION search_fill() RETURNS bigint LANGUAGE plpgsql AS $body$
DECLARE filled bigint;
BEGIN
    DROP INDEX IF EXISTS search_text_words;
    TRUNCATE search_searchtext;
    {everything()};
    GET DIAGNOSTICS filled = ROW_COUNT;
    {INDEX};
    RETURN filled;
END
$body$;
SELECT search_fill();
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("cases", "0009_merges_move_links"),
        ("directory", "0004_find_without_accents"),
        ("feed", "0001_initial"),
        ("files", "0001_initial"),
    ]

    operations = [
        migrations.RunSQL(WORDS, WORDS_BACK),
        migrations.CreateModel(
            name="SearchText",
            fields=[
                ("id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("case_id", models.BigIntegerField(null=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("description", "Description"),
                            ("post", "Post"),
                            ("review", "Review"),
                            ("interaction", "Interaction"),
                            ("assignment", "Assignment"),
                            ("note", "Note"),
                            ("file", "File"),
                        ],
                        max_length=12,
                    ),
                ),
                ("author_id", models.BigIntegerField(null=True)),
                ("at", models.DateTimeField()),
                ("words", SearchVectorField()),
            ],
        ),
        migrations.RunSQL(FILL, "DROP FUNCTION search_fill()"),
        migrations.AddIndex(
            "searchtext", models.Index(fields=["-at", "-id"], name="search_text_newest")
        ),
        migrations.AddIndex(
            "searchtext", models.Index(fields=["case_id"], name="search_text_of_case")
        ),
        *(kept_by_triggers(table) for table in TEXTS),
    ]
