"""Cases on record: found, read, changed (V3, H4, H8, K2)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Literal

from django.http import HttpResponse, QueryDict
from ninja import Query, Router

from heliodesk.api import chosen
from heliodesk.api.as_read import as_read
from heliodesk.api.bodies import Body, Id, PriorityName, Text, UnderContract
from heliodesk.api.parameters import CaseNumber, Cursor, Limit, Word
from heliodesk.api.requests import ApiRequest
from heliodesk.api.schemas import CaseShown, listed
from heliodesk.api.shown import cases_page, shown_case
from heliodesk.cases import access
from heliodesk.cases.models import CaseSource, RequestSubtype, RequestType
from heliodesk.cases.rules.change_contract import change_contract as rule_change_contract
from heliodesk.cases.rules.editing import edit_case
from heliodesk.core.refusal import Refused
from heliodesk.list_views import filters
from heliodesk.list_views.orders import ListOrder
from heliodesk.people.access import Actor

router = Router(tags=["Cases"])
CasesPage = listed(CaseShown)
Sort = Literal["created_at", "-created_at", "last_modified_at", "-last_modified_at"]
Conditions = Annotated[
    list[Word], Query([], max_length=30, description="`field:operator:values`, as in list views.")
]


class CaseChange(Body):
    """The fields to change; what is not given stays (K2)."""

    contact: Id | None = None
    customer_name: Text | None = None
    customer_phone: Text | None = None
    customer_email: Text | None = None
    sales_rep_name: Text | None = None
    sales_rep_email: Text | None = None
    installer: Id | None = None
    installer_contact: Id | None = None
    job_id: Text | None = None
    request_type: Id | None = None
    request_subtype: Id | None = None
    source: Id | None = None
    priority: PriorityName | None = None
    description: Text | None = None


@router.get("/cases", response=CasesPage)
def list_cases(
    request: ApiRequest,
    all: Conditions,  # noqa: A002 - the parameter's name in list views
    any: Conditions,  # noqa: A002 - as above
    none: Conditions,
    sort: Annotated[Sort, Query("-created_at")],
    cursor: Cursor,
    limit: Limit,
) -> HttpResponse:
    """Cases by the conditions of list views (V3), of those one may see (K6)."""
    asked, refused = filters.read(_conditions(all=all, any=any, none=none))
    if refused:
        raise not_filtered(refused[0])
    order = ListOrder.named(sort)
    try:
        return cases_page(request, asked, order, limit=limit, by=request.actor)
    except Refused as error:
        raise error if error.field else not_filtered(error) from error


@router.get("/cases/{number}", response=CaseShown)
def get_case(request: ApiRequest, number: CaseNumber) -> HttpResponse:
    """A case, with an ETag for `If-Match`."""
    return shown_case(request, access.get_bare_case(number, by=request.actor))


@router.patch("/cases/{number}", response=CaseShown)
@as_read
def update_case(request: ApiRequest, number: CaseNumber, body: CaseChange) -> HttpResponse:
    """Change fields of a case (H4, K2); with `If-Match` only as it was read."""
    case = access.get_bare_case(number, by=request.actor)
    case = edit_case(case, changes=_changes(body, request.actor), seen={}, by=request.actor)
    return shown_case(request, case)


@router.put("/cases/{number}/contract", response=CaseShown)
@as_read
def change_contract(request: ApiRequest, number: CaseNumber, body: UnderContract) -> HttpResponse:
    """Put another contract on a homeowner case (H8); asks as H3 does."""
    by = request.actor
    case = access.get_bare_case(number, by=by)
    with chosen.called(contract="contract_id"):
        case = rule_change_contract(case, **chosen.under_contract(body, by=by), by=by)
    return shown_case(request, case)


def not_filtered(refused: Refused) -> Refused:
    """A condition that makes no sense. A list with the rest of the conditions is what a screen
    shows; a program gets nothing that it has not asked for."""
    return Refused(
        refused.code, refused.message, rule=refused.rule, field="all", about=refused.about
    )


def _conditions(**given: list[str]) -> QueryDict:
    query = QueryDict(mutable=True)
    for name, texts in given.items():
        query.setlist(name, texts)
    return query


def _changes(body: CaseChange, by: Actor) -> dict[str, Any]:
    """What was given, as the rule takes it: rows for references, "" for a text that is null."""
    given = body.dict(exclude_unset=True)
    rows: dict[str, Callable[[Any], Any]] = {
        "contact": lambda pk: chosen.contact(pk, "contact", by=by),
        "installer": lambda pk: chosen.account(pk, "installer", by=by),
        "installer_contact": lambda pk: chosen.contact(pk, "installer_contact", by=by),
        "request_type": lambda pk: chosen.row(RequestType.objects.all(), pk, "request_type"),
        "request_subtype": lambda pk: chosen.row(
            RequestSubtype.objects.all(), pk, "request_subtype"
        ),
        "source": lambda pk: chosen.row(CaseSource.objects.all(), pk, "source"),
        "priority": lambda name: chosen.PRIORITIES.get(name),
    }
    return {
        name: rows[name](value) if name in rows else value or "" for name, value in given.items()
    }
