"""No closed case with an assignment that stands (X2), also when both happen at once."""

from django.db import migrations

from heliodesk.core.sql import breach, trigger

# The share lock waits for a closing that is under way, and then sees it.
CASE_IS_OPEN = f"""
    IF NEW.status IN ('open', 'accepted') THEN
        PERFORM FROM cases_case WHERE id = NEW.case_id FOR SHARE;
        IF EXISTS (SELECT FROM cases_case WHERE id = NEW.case_id AND status = 'closed') THEN
            {breach("assignment_case_is_open", "the case of an open assignment is closed (X2)")}
        END IF;
    END IF;
    RETURN NEW;
"""

NONE_STANDS = f"""
    IF NEW.status = 'closed' AND EXISTS (
        SELECT FROM assignments_caseassignment
        WHERE case_id = NEW.id AND status IN ('open', 'accepted')
    ) THEN
        {breach("case_closed_without_assignments", "a closed case has open assignments (X2)")}
    END IF;
    RETURN NULL;
"""


class Migration(migrations.Migration):
    dependencies = [("assignments", "0001_initial"), ("cases", "0002_invariants")]

    operations = [
        trigger(
            "assignment_case_is_open",
            "assignments_caseassignment",
            "BEFORE INSERT OR UPDATE OF status",
            CASE_IS_OPEN,
        ),
        trigger(
            "case_closed_without_assignments",
            "cases_case",
            "AFTER UPDATE OF status",
            NONE_STANDS,
            deferred=True,
        ),
    ]
