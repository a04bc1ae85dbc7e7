"""Heliodesk: the case desk of a residential-solar company's support organisation."""

__version__ = "0.1.0"
