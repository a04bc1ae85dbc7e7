"""`heliodesk import WHAT …`: records from another system, by the management command
`import_WHAT`."""

from __future__ import annotations

import argparse

from heliodesk.server.commands import manage
from heliodesk.server.problem import Problem

NAME = "import"
HELP = "take records over, such as 'import directory DIR'"
PREFIX = "import_"


def arguments(parser: argparse.ArgumentParser) -> None:
    """What to import, and that command's own options."""
    parser.add_argument("what", help="such as 'directory'")
    parser.add_argument("rest", nargs=argparse.REMAINDER, metavar="…")


def run(options: argparse.Namespace) -> int:
    """Run the import, or say which there are."""
    with manage.django_ready(options.data) as call:
        import django
        from django.core.management import get_commands

        django.setup()  # before that, only Django's own commands are known
        known = sorted(
            name.removeprefix(PREFIX) for name in get_commands() if name.startswith(PREFIX)
        )
        if options.what not in known:
            raise Problem(f"Nothing imports {options.what!r}; there is: {', '.join(known)}.")
        call([PREFIX + options.what, *options.rest])
    return 0
