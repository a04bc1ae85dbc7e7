"""Reason and topic are of the department, the subtype of the reason (A1), whatever the way in."""

from django.db import migrations

from heliodesk.core.sql import reference

TABLE = "assignments_caseassignment"


class Migration(migrations.Migration):
    dependencies = [
        ("assignments", "0004_what_an_assignment_holds"),
        ("people", "0004_what_assignments_refer_to"),
    ]

    operations = [
        reference(
            "assignment_reason_of_department",
            TABLE,
            "reason_id, department_id",
            "people_referralreason",
            "id, department_id",
        ),
        reference(
            "assignment_subtype_of_reason",
            TABLE,
            "subtype_id, reason_id",
            "people_referralsubtype",
            "id, reason_id",
        ),
        reference(
            "assignment_topic_of_department",
            TABLE,
            "topic_id, department_id",
            "people_topic",
            "id, department_id",
        ),
    ]
