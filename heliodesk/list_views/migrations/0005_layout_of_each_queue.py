"""Each queue keeps its own columns, where all queues shared one choice: what somebody chose for all
of them now stands at each."""

from django.db import migrations

EACH = """
    INSERT INTO list_views_listlayout (person_id, list, columns, widths, folded)
    SELECT l.person_id, 'queue/' || q.slug, l.columns, l.widths, l.folded
    FROM list_views_listlayout l, people_queue q WHERE l.list = 'queue'
    ON CONFLICT (person_id, list) DO NOTHING
"""
GONE = "DELETE FROM list_views_listlayout WHERE list = 'queue'"
# Back, the choice for the first queue in their order becomes that for all.
SHARED = """
    INSERT INTO list_views_listlayout (person_id, list, columns, widths, folded)
    SELECT DISTINCT ON (l.person_id) l.person_id, 'queue', l.columns, l.widths, l.folded
    FROM list_views_listlayout l JOIN people_queue q ON l.list = 'queue/' || q.slug
    ORDER BY l.person_id, q.position, q.name
"""
OWN_GONE = "DELETE FROM list_views_listlayout WHERE list LIKE 'queue/%'"


class Migration(migrations.Migration):
    dependencies = [
        ("list_views", "0004_layouts_of_lists"),
        ("people", "0008_queues_say_what_they_are_for"),
    ]

    operations = [migrations.RunSQL([EACH, GONE], [SHARED, OWN_GONE])]
