"""Assignments move with a merge (X7): X2 holds for where they go, and a case that is opened again
in the transaction which closed it may have them."""

from django.db import migrations

from heliodesk.core.sql import breach

STILL_CLOSED = f"""
    CREATE OR REPLACE FUNCTION case_closed_without_assignments() RETURNS trigger
    LANGUAGE plpgsql AS $body$
    BEGIN
    IF EXISTS (SELECT FROM cases_case WHERE id = NEW.id AND status = 'closed') AND EXISTS (
        SELECT FROM assignments_caseassignment
        WHERE case_id = NEW.id AND status IN ('open', 'accepted')
    ) THEN
        {breach("case_closed_without_assignments", "a closed case has open assignments (X2)")}
    END IF;
    RETURN NULL;
    END
    $body$;
"""

ALSO_WHEN_MOVED = """
    DROP TRIGGER assignment_case_is_open ON assignments_caseassignment;
    CREATE TRIGGER assignment_case_is_open
    BEFORE INSERT OR UPDATE OF status, case_id ON assignments_caseassignment
    FOR EACH ROW EXECUTE FUNCTION assignment_case_is_open();
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0006_merges"), ("assignments", "0003_departments_act")]

    operations = [
        migrations.RunSQL(STILL_CLOSED, migrations.RunSQL.noop),
        migrations.RunSQL(ALSO_WHEN_MOVED, migrations.RunSQL.noop),
    ]
