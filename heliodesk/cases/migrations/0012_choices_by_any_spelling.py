"""Of two reasons, types or sources that differ by capital letters alone nobody knows which to
choose: the later one gets its number behind its name, and there are no more such (H4, X1)."""

from django.db import migrations, models
from django.db.models.functions import Lower

NUMBERED = """
    UPDATE {table} t SET name = left(t.name, {most}) || ' (' || t.id || ')'
    WHERE EXISTS (SELECT 1 FROM {table} o WHERE {same} lower(o.name) = lower(t.name)
        AND o.id < t.id)
"""
OF_TYPE = "o.request_type_id = t.request_type_id AND"


class Migration(migrations.Migration):
    dependencies = [("cases", "0011_figures_of_dashboards")]

    operations = [
        *(
            migrations.RunSQL(
                NUMBERED.format(table=f"cases_{table}", most=most, same=same),
                migrations.RunSQL.noop,
            )
            for table, most, same in (
                ("requesttype", 100, ""),
                ("requestsubtype", 100, OF_TYPE),
                ("casesource", 60, ""),
                ("closedreason", 100, ""),
            )
        ),
        migrations.RemoveConstraint(model_name="requestsubtype", name="request_subtype_once"),
        migrations.AddConstraint(
            model_name="requestsubtype",
            constraint=models.UniqueConstraint(
                models.F("request_type"), Lower("name"), name="request_subtype_once"
            ),
        ),
        *(
            migrations.AddConstraint(
                model_name=model, constraint=models.UniqueConstraint(Lower("name"), name=name)
            )
            for model, name in (
                ("requesttype", "request_type_once"),
                ("casesource", "case_source_once"),
                ("closedreason", "closed_reason_once"),
            )
        ),
    ]
