"""New cases: those that may be the same issue first, then the three ways to open one (B, H, N)."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpResponse
from ninja import Query, Router

from heliodesk.api import chosen
from heliodesk.api.answers import answer
from heliodesk.api.bodies import Body, Flag, Id, PriorityName, Text, UnderContract
from heliodesk.api.parameters import Word
from heliodesk.api.requests import ApiRequest
from heliodesk.api.schemas import CaseShown, MatchShown, listed
from heliodesk.api.shown import shown_case
from heliodesk.cases.models import CaseSource, Interaction, RequestSubtype, RequestType
from heliodesk.cases.queries.duplicates import matching_cases
from heliodesk.cases.request import Request
from heliodesk.cases.rules.homeowner_case import open_homeowner_case as rule_open_homeowner_case
from heliodesk.cases.rules.installer_case import open_installer_case as rule_open_installer_case
from heliodesk.cases.rules.not_on_record import (
    open_case_not_on_record as rule_open_case_not_on_record,
)
from heliodesk.cases.rules.opening import Beginning, require_creator
from heliodesk.people.access import Actor

router = Router(tags=["Cases"])
MatchesPage = listed(MatchShown)
#: The fields of bodies that the rules call otherwise, by their names there.
SENT_AS = {
    "contract": "contract_id",
    "name": "customer_name",
    "phone": "customer_phone",
    "email": "customer_email",
    "to": "hand_over",
    "ticket": "jira_tickets",
}


class Opening(Body):
    """What the customer asks for (H4), where the new case comes from, the cases that it is not
    (B3, B6, X5), and Jira tickets for it, by their keys or URLs (J1)."""

    request_type: Id
    request_subtype: Id
    source: Id
    priority: PriorityName
    description: Text
    none_of_these: list[Text] = []
    interaction: Id | None = None
    previous_case: Text | None = None
    jira_tickets: list[Text] = []


class HomeownerCase(Opening, UnderContract):
    """A new homeowner case (H1 to H5)."""


class InstallerCase(Opening):
    """A new installer case (N1 to N6)."""

    account: Id
    contact: Id | None = None
    sales_rep_name: Text = ""
    sales_rep_email: Text = ""
    add_sales_rep: Flag = False
    job_id: Text = ""


class CaseNotOnRecord(Opening):
    """A new case of a homeowner who is not on record: their Org's account, who they are, phone or
    email, and where (N5). As on the screen, the homeowner queue gets it unless `hand_over` is
    false."""

    account: Id
    customer_name: Text
    customer_phone: Text = ""
    customer_email: Text = ""
    property_address: Text
    hand_over: Flag = True


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
    by = _creator(request)
    under = chosen.under_contract(body, by=by)
    with chosen.called(**SENT_AS):
        case = rule_open_homeowner_case(**under, **_opening(body, by), by=by)
    return shown_case(request, case, status=201)


@router.post("/cases/installer", response={201: CaseShown})
def open_installer_case(request: ApiRequest, body: InstallerCase) -> HttpResponse:
    """Open an installer case for an Org (N1 to N6)."""
    by = _creator(request)
    with chosen.called(**SENT_AS):
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


@router.post("/cases/not-on-record", response={201: CaseShown})
def open_case_not_on_record(request: ApiRequest, body: CaseNotOnRecord) -> HttpResponse:
    """Open a case of a homeowner who is not on record, at their Org: the one homeowner case
    without a contract (N5). 409 while matching cases stand (B6)."""
    by = _creator(request)
    with chosen.called(**SENT_AS):
        case = rule_open_case_not_on_record(
            chosen.account(body.account, "account", by=by),
            name=body.customer_name,
            phone=body.customer_phone,
            email=body.customer_email,
            property_address=body.property_address,
            hand_over=body.hand_over,
            **_opening(body, by),
            by=by,
        )
    return shown_case(request, case, status=201)


def _creator(request: ApiRequest) -> Actor:
    """Who opens the case; refuses people outside of Support before it looks at what the body
    names, as screens do (K7)."""
    require_creator(by=request.actor)
    return request.actor


def _opening(body: Opening, by: Actor) -> dict[str, Any]:
    """What all new cases have in common, as their rules take it."""
    subtypes = RequestSubtype.objects.select_related("request_type")
    return {
        "request": Request(
            request_type=chosen.row(RequestType.objects.all(), body.request_type, "request_type"),
            request_subtype=chosen.row(subtypes, body.request_subtype, "request_subtype"),
            source=chosen.row(CaseSource.objects.all(), body.source, "source"),
            priority=chosen.PRIORITIES[body.priority],
            description=body.description,
        ),
        "beginning": Beginning(
            none_of_these=body.none_of_these,
            interaction=chosen.row(Interaction.objects.all(), body.interaction, "interaction"),
            previous_case=chosen.case(body.previous_case, "previous_case", by=by),
            tickets=chosen.tickets(body.jira_tickets, "jira_tickets"),
        ),
    }
