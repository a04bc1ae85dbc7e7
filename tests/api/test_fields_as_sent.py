"""A refusal names the field as the body does, where the rule calls it otherwise (K5)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from heliodesk.cases.models import Status
from tests import cast
from tests.api.conftest import Program
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def asking(company: Cast, **other: Any) -> dict[str, Any]:
    """What is asked of Legal."""
    return {
        "department": "legal",
        "referral_reason": company.legal_reason.pk,
        "referral_comments": "Read it, please.",
    } | other


@pytest.mark.parametrize(
    ("method", "path", "body", "field"),
    [
        ("post", "closure", lambda c: {"closed_reason": c.duplicate.pk}, "closed_reason"),
        ("put", "owner", lambda c: {"agent": c.frank.pk}, "agent"),
        ("put", "owner", lambda c: {"queue": "installer"}, "queue"),
        ("post", "merge", lambda c: {"into": cast.installer_case(c).display_number}, "into"),
        ("post", "assignments", lambda c: asking(c, referral_comments=" "), "referral_comments"),
        (
            "post",
            "assignments",
            lambda c: asking(c, referral_reason=c.sales_reason.pk),
            "referral_reason",
        ),
    ],
)
def test_a_refusal_names_the_field_as_it_was_sent(
    company: Cast,
    program: Callable[..., Program],
    method: str,
    path: str,
    body: Callable[[Cast], dict[str, Any]],
    field: str,
) -> None:
    company.installer_queue.memberships.all().delete()  # whom nobody can hand a case to
    case = cast.case(company, status=Status.AWAITING_SUPPORT)
    sent = body(company)
    assert field in sent
    told = program(company.frank).send(method, f"/cases/{case.number}/{path}", sent).json()
    assert told["field"] == field, told
