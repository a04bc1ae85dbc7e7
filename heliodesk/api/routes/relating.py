"""Related cases: linked without merging them (W2)."""

from __future__ import annotations

from django.http import HttpResponse
from ninja import Router

from heliodesk.api.bodies import Body, Text
from heliodesk.api.parameters import CaseNumber, Cursor, Limit
from heliodesk.api.queries import shapes
from heliodesk.api.queries.listing import Condition, among
from heliodesk.api.requests import ApiRequest
from heliodesk.api.schemas import CaseShown, RelatedCaseShown, listed
from heliodesk.api.shown import shown_case, shown_page, shown_row
from heliodesk.cases import access
from heliodesk.cases.rules import relating

router = Router(tags=["Working a case"])
RelatedCasesPage = listed(RelatedCaseShown)


class OtherCase(Body):
    """The case to link, by its number; of whatever customer, open or closed."""

    other: Text


@router.get("/cases/{number}/related-cases", response=RelatedCasesPage)
def list_related_cases(
    request: ApiRequest, number: CaseNumber, cursor: Cursor, limit: Limit
) -> HttpResponse:
    """The cases linked with this one, those linked last first, of those one may see (W2, K6)."""
    case = access.get_bare_case(number, by=request.actor)
    conditions: list[Condition] = [("r.of_id = %s", [case.pk])]
    conditions += among("c.id", access.visible_cases(request.actor))
    return shown_page(request, shapes.RELATED_CASE, conditions, limit=limit)


@router.post("/cases/{number}/related-cases", response={201: RelatedCaseShown})
def relate_case(request: ApiRequest, number: CaseNumber, body: OtherCase) -> HttpResponse:
    """Link the open case with another one; it holds both ways (W2)."""
    case = access.get_bare_case(number, by=request.actor)
    other = relating.get_other(body.other, by=request.actor)
    link = relating.relate_cases(case, other=other, by=request.actor)
    wanted = "r.id = %s AND r.of_id = %s"
    return shown_row(
        shapes.RELATED_CASE, wanted, [link.pk, case.pk], what="related case", status=201
    )


@router.delete("/cases/{number}/related-cases/{other}", response=CaseShown)
def unrelate_case(request: ApiRequest, number: CaseNumber, other: CaseNumber) -> HttpResponse:
    """Take the link between the open case and the other away (W2)."""
    case = access.get_bare_case(number, by=request.actor)
    linked = access.get_bare_case(other, by=request.actor)
    relating.unrelate_cases(case, other=linked, by=request.actor)
    return shown_case(request, case)
