"""Who and what there is: people, queues, departments, types and reasons; oneself; search."""

from __future__ import annotations

from typing import Annotated, Any

from django.db.models import Prefetch
from django.http import HttpResponse
from ninja import Query, Router

from heliodesk.api import chosen
from heliodesk.api.answers import answer
from heliodesk.api.parameters import Word
from heliodesk.api.requests import ApiRequest
from heliodesk.api.schemas import (
    DepartmentShown,
    HitShown,
    MeShown,
    Named,
    QueueShown,
    ReferralReasonShown,
    RequestTypeShown,
    UserShown,
    listed,
)
from heliodesk.cases.models import CaseSource, ClosedReason, RequestSubtype, RequestType
from heliodesk.core.refusal import NotPermitted
from heliodesk.people.models import (
    Department,
    Queue,
    ReferralReason,
    ReferralSubtype,
    Topic,
    User,
)
from heliodesk.search.queries.finding import search as find
from heliodesk.worklists.queries.waiting import Waiting, counts

router = Router(tags=["The desk"])
MOST = 20  # of a kind


@router.get("/me", response=MeShown)
def get_me(request: ApiRequest) -> HttpResponse:
    """Who the token acts as, and what it may."""
    by = request.actor
    user = User.objects.get(pk=by.person_id)
    queues = Queue.objects.filter(pk__in=by.queue_ids)
    departments = Department.objects.filter(pk__in=by.department_ids)
    told = {
        "id": user.pk,
        "username": user.username,
        "name": user.name,
        "email": user.email,
        "role": user.role,
        "queues": list(queues.values_list("slug", flat=True)),
        "departments": list(departments.values_list("slug", flat=True)),
        "scope": request.token.scope,
    }
    return answer(told)


@router.get("/queues", response=listed(QueueShown))
def list_queues(request: ApiRequest) -> HttpResponse:
    """The queues with what waits in them (V2); Support's."""
    if not request.actor.is_support:
        raise NotPermitted("queues_are_supports", "Queues are worked by Support.", rule="K6")
    waiting = counts(request.actor).queues
    queues = Queue.objects.filter(is_active=True)
    return everything([_queue(queue, waiting.get(queue.pk, Waiting())) for queue in queues])


@router.get("/departments", response=listed(DepartmentShown))
def list_departments(request: ApiRequest) -> HttpResponse:
    """The departments, and what each wants to know (A1)."""
    topics = Prefetch("topics", Topic.objects.filter(is_active=True))
    return everything(
        [
            {
                "id": one.pk,
                "name": one.name,
                "slug": one.slug,
                "wants_managers": one.wants_managers,
                "topics": named(one.topics.all()),
            }
            for one in Department.objects.filter(is_active=True).prefetch_related(topics)
        ]
    )


@router.get("/request-types", response=listed(RequestTypeShown))
def list_request_types(request: ApiRequest) -> HttpResponse:
    """Request types with their subtypes (H4)."""
    subtypes = Prefetch("subtypes", RequestSubtype.objects.filter(is_active=True))
    return everything(
        [
            {
                "id": one.pk,
                "name": one.name,
                "for_homeowner": one.for_homeowner,
                "for_installer": one.for_installer,
                "subtypes": named(one.subtypes.all()),
            }
            for one in RequestType.objects.filter(is_active=True).prefetch_related(subtypes)
        ]
    )


@router.get("/case-sources", response=listed(Named))
def list_case_sources(request: ApiRequest) -> HttpResponse:
    """The sources that a case may have (H4)."""
    return everything(named(CaseSource.objects.filter(is_active=True)))


@router.get("/referral-reasons", response=listed(ReferralReasonShown))
def list_referral_reasons(
    request: ApiRequest, department: Annotated[Word | None, Query(None)]
) -> HttpResponse:
    """The referral reasons of the departments, or of one (A1)."""
    subtypes = Prefetch("subtypes", ReferralSubtype.objects.filter(is_active=True))
    reasons = ReferralReason.objects.filter(is_active=True, department__is_active=True)
    if department is not None:
        chosen.by_slug(Department.objects.all(), department, "department")
        reasons = reasons.filter(department__slug=department)
    return everything(
        [
            {
                "id": one.pk,
                "name": one.name,
                "department": one.department.slug,
                "subtypes": named(one.subtypes.all()),
            }
            for one in reasons.select_related("department").prefetch_related(subtypes)
        ]
    )


@router.get("/closed-reasons", response=listed(Named))
def list_closed_reasons(request: ApiRequest) -> HttpResponse:
    """The reasons that people close with (X1)."""
    return everything(named(ClosedReason.objects.filter(is_active=True, set_by_system=False)))


@router.get("/users", response=listed(UserShown))
def list_users(request: ApiRequest) -> HttpResponse:
    """The people of the desk, those who have left too."""
    users = User.objects.order_by("pk")
    return everything(
        [dict(user) for user in users.values("id", "name", "username", "role", "is_active")]
    )


@router.get("/search", response=listed(HitShown))
def search(request: ApiRequest, q: Annotated[Word, Query(..., min_length=2)]) -> HttpResponse:
    """The best of each kind, exact numbers and IDs first (V4)."""
    found = find(q, most=MOST, by=request.actor)
    names = ("kind", "url", "title", "hint", "exact")
    return everything(
        [
            {name: getattr(record, name) for name in names}
            for records in found.by_kind.values()
            for record in records
        ]
    )


def everything(items: list[dict[str, Any]]) -> HttpResponse:
    """A list that is short enough for one page."""
    return answer({"items": items, "next": None})


def named(rows: Any) -> list[dict[str, Any]]:
    """IDs and names."""
    return [{"id": row.pk, "name": row.name} for row in rows]


def _queue(queue: Queue, waiting: Waiting) -> dict[str, Any]:
    return {
        "id": queue.pk,
        "name": queue.name,
        "slug": queue.slug,
        "case_type": queue.case_type,
        "waiting": waiting.count,
        "oldest_since": waiting.oldest,
    }
