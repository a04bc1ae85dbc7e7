"""Cases: found, read, opened, changed (B, H, N, K2)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Literal

from django.http import HttpResponse, QueryDict
from ninja import Query, Router

from heliodesk.api import chosen
from heliodesk.api.answers import answer
from heliodesk.api.as_read import as_read
from heliodesk.api.bodies import Body, Flag, Id, PriorityName, Text
from heliodesk.api.parameters import CaseNumber, Cursor, Limit, Word
from heliodesk.api.requests import ApiRequest
from heliodesk.api.schemas import CaseShown, MatchShown, listed
from heliodesk.api.shown import cases_page, shown_case
from heliodesk.cases import access
from heliodesk.cases.models import CaseSource, Interaction, Priority, RequestSubtype, RequestType
from heliodesk.cases.queries.duplicates import matching_cases
from heliodesk.cases.rules.change_contract import change_contract as rule_change_contract
from heliodesk.cases.rules.editing import edit_case
from heliodesk.cases.rules.homeowner_case import open_homeowner_case as rule_open_homeowner_case
from heliodesk.cases.rules.installer_case import open_installer_case as rule_open_installer_case
from heliodesk.core.refusal import Refused
from heliodesk.list_views import filters
from heliodesk.list_views.orders import ListOrder
from heliodesk.people.access import Actor

router = Router(tags=["Cases"])
CasesPage = listed(CaseShown)
MatchesPage = listed(MatchShown)
PRIORITIES = {"high": Priority.HIGH, "normal": Priority.NORMAL}
Sort = Literal["created_at", "-created_at", "last_modified_at", "-last_modified_at"]
Conditions = Annotated[
    list[Word], Query([], max_length=30, description="`field:operator:values`, as in list views.")
]


class Request(Body):
    """What the customer asks for (H4)."""

    request_type: Id
    request_subtype: Id
    source: Id
    priority: PriorityName
    description: Text


class Opening(Request):
    """Where a new case comes from, the cases that it is not (B3, B6, X5), and Jira tickets for it,
    by their keys or URLs (J1)."""

    none_of_these: list[Text] = []
    interaction: Id | None = None
    previous_case: Text | None = None
    jira_tickets: list[Text] = []


class HomeownerCase(Opening):
    """A new homeowner case (H1 to H5)."""

    contract_id: Text
    contact: Id
    installer: Id | None = None
    installer_contact: Id | None = None
    cancelled_contract_confirmed: Flag = False


class InstallerCase(Opening):
    """A new installer case (N1 to N6)."""

    account: Id
    contact: Id | None = None
    sales_rep_name: Text = ""
    sales_rep_email: Text = ""
    add_sales_rep: Flag = False
    job_id: Text = ""


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


class ContractChange(Body):
    """Another contract for the case (H8)."""

    contract_id: Text
    contact: Id
    installer: Id | None = None
    installer_contact: Id | None = None
    cancelled_contract_confirmed: Flag = False


@router.get("/cases", response=CasesPage)
def list_cases(
    request: ApiRequest,
    all: Conditions,  # noqa: A002 - the parameter's name in list views
    any: Conditions,  # noqa: A002
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


@router.get("/cases/similar", response=MatchesPage)
def find_similar_cases(
    request: ApiRequest,
    contract_id: Annotated[Word | None, Query(None)],
    account: Annotated[int | None, Query(None, ge=1)],
    contact: Annotated[int | None, Query(None, ge=1)],
    request_type: Annotated[int | None, Query(None, ge=1)],
    request_subtype: Annotated[int | None, Query(None, ge=1)],
    description: Annotated[Word, Query("")],
) -> HttpResponse:
    """Cases that may be the same issue, best first (B4)."""
    by = request.actor
    found = matching_cases(
        contract=chosen.contract(contract_id, "contract_id", by=by),
        account=chosen.account(account, "account", by=by),
        contact=chosen.contact(contact, "contact", by=by),
        request_type=chosen.row(RequestType.objects.all(), request_type, "request_type"),
        subtype=chosen.row(RequestSubtype.objects.all(), request_subtype, "request_subtype"),
        description=description,
        by=by,
    )
    items = [
        {
            "number": match.display_number,
            "status": match.status,
            "customer_name": match.customer,
            "description": match.description,
            "created_at": match.created_at,
            "why": list(match.why),
        }
        for match in found
    ]
    return answer({"items": items, "next": None})


@router.post("/cases/homeowner", response={201: CaseShown})
def open_homeowner_case(request: ApiRequest, body: HomeownerCase) -> HttpResponse:
    """Open a homeowner case under its contract (H1 to H7). 409 while matching cases stand (B6),
    or the contract is ending and nobody has confirmed it (H3)."""
    by = request.actor
    case = rule_open_homeowner_case(
        **_homeowner(body, by),
        **_opening(body, by),
        by=by,
    )
    return shown_case(request, case, status=201)


@router.post("/cases/installer", response={201: CaseShown})
def open_installer_case(request: ApiRequest, body: InstallerCase) -> HttpResponse:
    """Open an installer case for an Org (N1 to N6)."""
    by = request.actor
    case = rule_open_installer_case(
        chosen.account(body.account, "account", by=by),
        contact=chosen.contact(body.contact, "contact", by=by),
        sales_rep_name=body.sales_rep_name,
        sales_rep_email=body.sales_rep_email,
        add_sales_rep=body.add_sales_rep,
        job_id=body.job_id,
        **_opening(body, by),
        by=by,
    )
    return shown_case(request, case, status=201)


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
def change_contract(request: ApiRequest, number: CaseNumber, body: ContractChange) -> HttpResponse:
    """Put another contract on a homeowner case (H8); asks as H3 does."""
    by = request.actor
    case = access.get_bare_case(number, by=by)
    case = rule_change_contract(case, **_homeowner(body, by), by=by)
    return shown_case(request, case)


def _homeowner(body: HomeownerCase | ContractChange, by: Actor) -> dict[str, Any]:
    """The contract and who goes with it, as the rules of H1 to H3 and H8 take them; where no
    installer is named, the contract's (H5)."""
    contract = chosen.contract(body.contract_id, "contract_id", by=by)
    installer = chosen.account(body.installer, "installer", by=by)
    return {
        "contract": contract,
        "contact": chosen.contact(body.contact, "contact", by=by),
        "installer": installer or (contract.installer if contract else None),
        "installer_contact": chosen.contact(body.installer_contact, "installer_contact", by=by),
        "cancelled_contract_confirmed": body.cancelled_contract_confirmed,
    }


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


def _request(body: Request) -> dict[str, Any]:
    return {
        "request_type": chosen.row(RequestType.objects.all(), body.request_type, "request_type"),
        "request_subtype": chosen.row(
            RequestSubtype.objects.select_related("request_type"),
            body.request_subtype,
            "request_subtype",
        ),
        "source": chosen.row(CaseSource.objects.all(), body.source, "source"),
        "priority": PRIORITIES[body.priority],
        "description": body.description,
    }


def _opening(body: Opening, by: Actor) -> dict[str, Any]:
    return _request(body) | {
        "none_of_these": body.none_of_these,
        "interaction": chosen.row(Interaction.objects.all(), body.interaction, "interaction"),
        "previous_case": chosen.case(body.previous_case, "previous_case", by=by),
        "tickets": chosen.tickets(body.jira_tickets, "jira_tickets"),
    }


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
        "priority": lambda name: PRIORITIES.get(name),
    }
    return {
        name: rows[name](value) if name in rows else value or "" for name, value in given.items()
    }
