"""Which of an Org's newest cases are of a type, from the index alone (B4). Sizes and costs:
docs/performance.md, "What makes pages quick"."""

from django.db import migrations, models


def _by(field: str) -> migrations.AddIndex:
    index = models.Index(
        fields=[field, "-created_at", "-id"], include=["request_type"], name=f"case_by_{field}"
    )
    return migrations.AddIndex("case", index)


class Migration(migrations.Migration):
    dependencies = [("cases", "0017_orders_by_values")]

    operations = [
        migrations.RemoveIndex("case", "case_by_account"),
        migrations.RemoveIndex("case", "case_by_installer"),
        _by("account"),
        _by("installer"),
    ]
