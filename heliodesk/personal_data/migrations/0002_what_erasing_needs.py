"""What an event says once it has been erased, and the one change that the record of changes lets
happen (K4).

An entry of the record can lose what it says of a homeowner, and nothing else can happen to it: the
trigger admits an update only where the entry then says what `personal_data_erased_event` makes of
what it said, with all the rest of it as it was: who, when, from where, what kind of change, of what.
There is no switch that opens the record; see docs/decisions/personal-data.md.
"""

from django.db import migrations

ERASED = """
CREATE FUNCTION personal_data_erased(value jsonb) RETURNS jsonb
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $body$
BEGIN
    CASE jsonb_typeof(value)
    WHEN 'string' THEN
        RETURN CASE WHEN value = '""' THEN value ELSE '"Erased"' END;
    WHEN 'array' THEN
        RETURN coalesce((SELECT jsonb_agg(personal_data_erased(one) ORDER BY place)
            FROM jsonb_array_elements(value) WITH ORDINALITY each (one, place)), '[]');
    WHEN 'object' THEN
        RETURN coalesce((SELECT jsonb_object_agg(name, personal_data_erased(one))
            FROM jsonb_each(value) each (name, one)), '{}');
    ELSE
        RETURN value;
    END CASE;
END
$body$;

CREATE FUNCTION personal_data_erased_event(kind text, data jsonb) RETURNS jsonb
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $body$
    SELECT coalesce(jsonb_object_agg(name, CASE
        WHEN name IN ('number', 'other', 'department', 'assignment') THEN one
        WHEN kind IN ('owner', 'escalated', 'taken', 'status') AND name IN ('old', 'new') THEN one
        WHEN kind = 'closed' AND name = 'reason' THEN one
        ELSE personal_data_erased(one) END), '{}')
    FROM jsonb_each(data) each (name, one)
$body$;
"""
ERASED_BACK = """
DROP FUNCTION personal_data_erased_event(text, jsonb);
DROP FUNCTION personal_data_erased(jsonb);
"""

REFUSE = """RAISE EXCEPTION 'the record of changes is never changed (K4)'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'audit_entry_stays';"""
STAYS = """
CREATE OR REPLACE FUNCTION audit_entry_stays() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
    {}{}
END
$body$;
"""
UNLESS_ERASED = """IF TG_OP = 'UPDATE' THEN
        IF (NEW.id, NEW.at, NEW.by_id, NEW.origin, NEW.kind, NEW.subject_kind, NEW.subject_id)
            IS NOT DISTINCT FROM
            (OLD.id, OLD.at, OLD.by_id, OLD.origin, OLD.kind, OLD.subject_kind, OLD.subject_id)
            AND NEW.changes = personal_data_erased_event(OLD.kind, OLD.changes)
        THEN
            RETURN NEW;
        END IF;
    END IF;
    """

#: Cases that were taken from a homeowner by changing their contract (H8): few, and found at once.
TAKEN_FROM = "CREATE INDEX feed_contract_before ON feed_feeditem ((data ->> 'old')) WHERE kind = 'contract'"


class Migration(migrations.Migration):
    dependencies = [
        ("personal_data", "0001_initial"),
        ("core", "0002_audit_stays"),
        ("feed", "0001_initial"),
    ]

    operations = [
        migrations.RunSQL(ERASED, ERASED_BACK),
        migrations.RunSQL(STAYS.format(UNLESS_ERASED, REFUSE), STAYS.format("", REFUSE)),
        migrations.RunSQL(TAKEN_FROM, "DROP INDEX feed_contract_before"),
    ]
