"""The desk's settings for workers that tests start, and kill: with the jobs they are killed at."""

from __future__ import annotations

from heliodesk.settings import *  # noqa: F403 - as Django wants it

PROCRASTINATE_IMPORT_PATHS = ["tests.server.killed_jobs"]
