"""The Jinja environment of the desk's own pages: what every template has at hand."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

from django.conf import settings
from django.contrib.messages import get_messages
from django.contrib.messages.storage.base import Message
from django.http import HttpRequest
from django.templatetags.static import static
from jinja2 import Environment, FileSystemBytecodeCache, StrictUndefined
from jinja2 import __version__ as jinja_version

from heliodesk.core import clock
from heliodesk.core.addresses import address
from heliodesk.set_up import pages as set_up
from heliodesk.web import filters
from heliodesk.web.assets import LATER, MODULES, STYLES
from heliodesk.web.head import assets
from heliodesk.web.icons import icon
from heliodesk.web.quick import GENERATION, QuickEnvironment, kept
from heliodesk.web.shell import desk, theme

QUIET = "X-Read-Quietly"
STREAM = "text/event-stream"


@cache
def asset(path: str) -> str:
    """The address of a static file, looked up once a process: a page names fifty of them."""
    return static(path)


def _compiled() -> FileSystemBytecodeCache | None:
    """Where compiled templates are kept for the next start; a changed template is compiled anew."""
    folder = settings.DATA_DIR / "templates"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError:  # nowhere to keep them: compiled at each start
        return None
    return FileSystemBytecodeCache(str(folder), f"%s.{jinja_version}-{GENERATION}")


def messages(request: HttpRequest) -> Iterable[Message]:
    """What is to be said to the person on this page. Nothing on one that a module reads beside the
    page that is shown (`quietPage` in live.js), nor on the refusal of a stream: said there, nobody
    would read it."""
    beside = QUIET in request.headers or request.headers.get("Accept") == STREAM
    return () if beside else get_messages(request)


def environment(**options: Any) -> Environment:
    """An environment which fails on an unknown name and escapes everything."""
    options.update(undefined=StrictUndefined, autoescape=True, bytecode_cache=_compiled())
    env = QuickEnvironment(trim_blocks=True, lstrip_blocks=True, cache_size=-1, **options)
    env.globals.update(
        static=asset if not settings.DEBUG else static,
        url=address,
        icon=icon,
        kept=kept,
        assets=assets,
        desk=desk,
        theme=theme,
        messages=messages,
        now=clock.now,
        styles=STYLES,
        modules=MODULES,
        later=LATER,
        set_up_groups=set_up.groups,
        set_up_page=set_up.current,
    )
    env.filters.update(filters.FILTERS)
    return env
