"""Jobs that are proposed while one types an ID (N4): Engine's, or else those on record."""

from __future__ import annotations

from django.db.models import Q

from heliodesk.cases.models import EngineSettings
from heliodesk.directory.models import Account, Job
from heliodesk.integrations.engine.client import EngineAway, EngineRefused
from heliodesk.integrations.engine.connecting import ask
from heliodesk.integrations.engine.reading import FoundJob

SHOWN = 8
READ = 50  # jobs of any installer
SHORTEST = 2  # characters
TIMEOUT = 1.5  # seconds that a proposal may take


def proposals(org: Account, typed: str) -> list[dict[str, str]]:
    """At most `SHOWN` jobs for what was typed; those of the Org on record where Engine does not
    answer at once. Whatever is typed may stay as it is."""
    typed = typed.strip()[:40]
    if len(typed) < SHORTEST:
        return []
    return [shown(job) for job in of_engine(org, typed) or on_record(org, typed)]


def of_engine(org: Account, typed: str) -> list[FoundJob]:
    """What Engine finds, but for what is known to be another installer's; nothing where Engine has
    to be waited for."""
    settings = EngineSettings.current()
    if not settings.is_set:
        return []
    try:
        found = ask(settings, lambda engine: engine.search(typed, most=READ, timeout=TIMEOUT))
    except (EngineAway, EngineRefused):
        return []
    ids = [job.job_id for job in found]
    others = Job.objects.filter(job_id__in=ids).exclude(installer=org)
    taken = set(others.values_list("job_id", flat=True)) if ids else set()
    return [job for job in found if job.job_id not in taken][:SHOWN]


def on_record(org: Account, typed: str) -> list[FoundJob]:
    """The Org's jobs of the directory."""
    fits = Q(job_id__istartswith=typed) | Q(name__icontains=typed)
    jobs = Job.objects.filter(fits, installer=org).order_by("-pk")[:SHOWN]
    return [FoundJob(job.job_id, job.name, job.phase, org.name) for job in jobs]


def shown(job: FoundJob) -> dict[str, str]:
    """A job as a proposal: its ID goes into the field."""
    hint = " · ".join(filter(None, (job.name, job.phase, job.installer)))
    return {"value": job.job_id, "label": job.job_id, "hint": hint}
