"""What the tests of mails share: who wants them, and the jobs that wait."""

from __future__ import annotations

from typing import Any

from procrastinate.contrib.django.models import ProcrastinateJob

from heliodesk.notices.jobs import daily_digests, mail_digest, mail_notices
from heliodesk.notices.notify import MAIL_JOB
from heliodesk.people.models import MailWanted, User


def wants(wanted: MailWanted, *people: User) -> None:
    """Those people want their notices so."""
    User.objects.filter(pk__in=[person.pk for person in people]).update(mail_wanted=wanted)


def waiting(name: str = MAIL_JOB) -> list[dict[str, Any]]:
    """The arguments of the jobs of this name that wait, the oldest first."""
    jobs = ProcrastinateJob.objects.filter(task_name=name, status="todo").order_by("id")
    return [job.args for job in jobs]


def work_off() -> None:
    """Do the mail jobs that wait, as a worker would."""
    for arguments in waiting():
        mail_notices(**arguments)


def send_digests() -> None:
    """What the worker does every five minutes."""
    daily_digests()
    for arguments in waiting("heliodesk.notices.jobs.mail_digest"):
        mail_digest(**arguments)
