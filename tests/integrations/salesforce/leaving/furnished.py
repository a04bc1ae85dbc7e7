"""A desk with a record of every kind that an export has."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from heliodesk.assignments.rules import creating, follow_up, working
from heliodesk.cases.models import (
    Case,
    ContractConfirmation,
    DismissedMatch,
    EngineComment,
    JiraLink,
)
from heliodesk.cases.rules import (
    closing,
    follow_up_date,
    following,
    interaction,
    merging,
    ownership,
    relating,
    reopening,
    review,
)
from heliodesk.core import clock
from heliodesk.directory.models import Job
from heliodesk.feed.rules import posts
from heliodesk.files.rules.upload import add_files
from heliodesk.people.models import FollowUpContact, Queue, Topic
from tests import cast
from tests.cast import Cast, actor

DESCRIPTION = 'Muñoz said: "no power",\nthen\n\nhung up. =1+1'


def furnish(company: Cast) -> Case:
    """Insert all of it, mostly by the rules; gives the case that has most."""
    frank, bea, oscar = actor(company.frank), actor(company.bea), actor(company.oscar)
    Job.objects.create(
        job_id="J-77", installer=company.org, contract=company.contract, name="Roof", phase="OPS"
    )
    Queue.objects.filter(pk=company.homeowner_queue.pk).update(description="Homeowners' cases.")
    appeals = Topic.objects.create(department=company.legal, name="Appeals")
    FollowUpContact.objects.create(department=company.legal, topic=appeals, user=company.oscar)
    much = cast.case(company, description=DESCRIPTION)
    asked = creating.create_assignment(
        much,
        department=company.legal,
        reason=company.legal_reason,
        topic=appeals,
        comments="Read this.",
        by=frank,
    )
    _talk(much, company)
    working.accept_assignment(asked, by=oscar)
    follow_up.follow_up_assignment(asked, by=frank)
    photo = SimpleUploadedFile("a roof, old.jpg", b"\xff\xd8 roof\r\n")
    add_files(much, uploads=[photo], by=bea)
    other = cast.installer_case(company, description="Broken inverter.", job_id="J-77")
    relating.relate_cases(much, other=other, by=frank)
    following.follow_case(much, by=bea)
    later = clock.now() + timedelta(days=3)
    follow_up_date.set_follow_up(much, at=later, what_for="Call Maria", by=frank)
    _end(company, into=much)
    ownership.change_owner(other, to=company.installer_queue, by=frank)
    _rows(company, much, other)
    return much


def _talk(case: Case, company: Cast) -> None:
    said: dict[str, Any] = {"channel": "phone", "spoke_with": "Maria", "by": actor(company.frank)}
    root = posts.post(case, body="*See* @oscar and @homeowner.", by=actor(company.frank))
    posts.post(case, body="I did.\n\n- one", parent=root, by=actor(company.bea))
    interaction.record_interaction(case=case, about="No power.", resolved=False, **said)
    interaction.record_interaction(account=company.neighbour, about="Hours?", resolved=True, **said)
    review.log_review(case, comments="Current Status: waiting.", by=actor(company.frank))


def _end(company: Cast, *, into: Case) -> None:
    frank = actor(company.frank)
    again = cast.case(company, description="Closed and open again.")
    closing.close(again, reason=company.resolved, note="Paid", by=frank)
    reopening.reopen(again, by=frank)
    done = cast.case(company, description="Closed for good.")
    closing.close(done, reason=company.resolved, by=frank)
    same = cast.case(company, description="The same.")
    merging.merge_cases(same, into=into, by=frank)


def _rows(company: Cast, case: Case, other: Case) -> None:
    now, by = clock.now(), company.frank
    DismissedMatch.objects.create(case=case, match=other, at=now, by=by)
    ContractConfirmation.objects.create(
        case=case, contract=company.cancelled, contract_status="cancelled", at=now, by=by
    )
    JiraLink.objects.create(
        case=case,
        url="https://jira.example.com/browse/SOL-1",
        key="SOL-1",
        title="Dark panels",
        status="Open",
        at=now,
        by=by,
        global_id="desk-1",
    )
    EngineComment.objects.create(
        case=other, job_id="J-77", text="Related Case", state="refused", left_at=now, reason="Full"
    )
