"""An address, as accounts and contracts carry it."""

from __future__ import annotations

from django.db import models


class PropertyAddress(models.Model):
    """Street, city, state, ZIP and country; abstract."""

    street = models.CharField(max_length=200, blank=True)
    city = models.CharField(max_length=100, blank=True)
    state = models.CharField(max_length=60, blank=True)
    postal_code = models.CharField(max_length=20, blank=True)
    country = models.CharField(max_length=60, blank=True)

    class Meta:
        abstract = True

    @property
    def address(self) -> str:
        """The address on one line, such as `12 Fir Lane, Fresno, CA 93650`."""
        return one_line(self.street, self.city, self.state, self.postal_code)


def one_line(street: str, city: str, state: str, postal_code: str) -> str:
    """The parts of an address on one line, without those that are empty."""
    region = " ".join(part for part in (state, postal_code) if part)
    return ", ".join(part for part in (street, city, region) if part)
