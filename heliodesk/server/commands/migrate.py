"""`heliodesk migrate`: the tables and the default set-up data, up to date."""

from __future__ import annotations

import argparse

from heliodesk.server.commands import manage

NAME = "migrate"
HELP = "bring the database up to date; again after each update"


def arguments(parser: argparse.ArgumentParser) -> None:
    """None of its own."""


def run(options: argparse.Namespace) -> int:
    """Migrate, then add default set-up data where none is."""
    with manage.django_ready(options.data) as call:
        call(["migrate"])
        call(["load_defaults"])
    return 0
