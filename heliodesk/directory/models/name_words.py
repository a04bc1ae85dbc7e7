"""The words that names and addresses are made of."""

from __future__ import annotations

from django.db import models


class NameWord(models.Model):
    """A word of somebody's name or address, in capitals without accents; kept by triggers.

    What is typed with an error is compared with these, not with all names.
    """

    word = models.CharField(max_length=40, primary_key=True)

    def __str__(self) -> str:
        return self.word
