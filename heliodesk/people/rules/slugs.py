"""The part of an address that names a queue or a department."""

from __future__ import annotations

from django.db.models import Model
from django.utils.text import slugify

MOST = 50


def slug_for(model: type[Model], name: str) -> str:
    """A slug for a new one of this name which no other has; it stays when the name changes."""
    wanted = slugify(name)[:MOST].strip("-") or str(model._meta.verbose_name)
    taken = set(
        model._default_manager.filter(slug__startswith=wanted).values_list("slug", flat=True)
    )
    number, slug = 1, wanted
    while slug in taken:
        number += 1
        slug = f"{wanted}-{number}"
    return slug
