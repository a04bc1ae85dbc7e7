"""A reply being typed is kept with what it answers, a change of a post with that post, and neither
with the case: so both go along when the thread does (X7)."""

from django.db import migrations

# Of two for one post, typed on both cases of a merge, the later stays.
ONE_OF_TWO = r"""
    DELETE FROM drafts_draft o USING drafts_draft d
    WHERE o.user_id = d.user_id AND (o.at, o.id) < (d.at, d.id)
    AND o.key ~ '^case/\d+/(reply|edit)/\d+$' AND d.key ~ '^case/\d+/(reply|edit)/\d+$'
    AND substring(o.key, '(?:reply|edit)/\d+$') = substring(d.key, '(?:reply|edit)/\d+$')
"""
BY_POST = r"""
    UPDATE drafts_draft SET key = regexp_replace(key, '^case/\d+/(reply|edit)/(\d+)$', 'post/\2/\1')
    WHERE key ~ '^case/\d+/(reply|edit)/\d+$'
"""


class Migration(migrations.Migration):
    dependencies = [("drafts", "0001_initial")]

    operations = [migrations.RunSQL([ONE_OF_TWO, BY_POST], migrations.RunSQL.noop)]
