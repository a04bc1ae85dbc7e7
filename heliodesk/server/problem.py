"""What the command line says when it cannot go on."""

from __future__ import annotations


class Problem(Exception):
    """Something outside of the desk is wrong: one line that says what, and what to do."""
