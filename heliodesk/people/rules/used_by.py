"""What uses a row of the set-up, by the references that PostgreSQL protects."""

from __future__ import annotations

from django.db import models


def users_of(thing: models.Model) -> str:
    """What refers to the row, in words such as `cases, closures`."""
    found = {
        str(relation.related_model._meta.verbose_name_plural)
        for relation in thing._meta.get_fields(include_hidden=True)
        if isinstance(relation, models.ManyToOneRel) and _refers(relation, thing)
    }
    return ", ".join(sorted(found)) or "others"


def _refers(relation: models.ManyToOneRel, thing: models.Model) -> bool:
    rows = relation.related_model._base_manager
    return rows.filter(**{relation.field.name: thing}).exists()
