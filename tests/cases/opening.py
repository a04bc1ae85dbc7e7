"""Opening cases in tests: what every form gives, unless a test says otherwise."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from heliodesk.cases.models import Case, Priority
from heliodesk.cases.request import Request
from heliodesk.cases.rules.homeowner_case import open_homeowner_case
from heliodesk.cases.rules.installer_case import open_installer_case
from heliodesk.cases.rules.not_on_record import open_case_not_on_record
from heliodesk.cases.rules.opening import Beginning
from tests.cast import Cast, actor


def request(cast: Cast) -> dict[str, Any]:
    """The fields that every case has, and Frank as the agent."""
    return {
        "request_type": cast.billing,
        "request_subtype": cast.autopay,
        "description": "Autopay was charged twice in October.",
        "source": cast.phone,
        "priority": Priority.NORMAL,
        "by": actor(cast.frank),
    }


def as_the_rules_take_it(values: dict[str, Any]) -> dict[str, Any]:
    """The values, with those of the request and of where the case comes from put together."""
    rest = dict(values)
    for name, kind in (("request", Request), ("beginning", Beginning)):
        of_it = [one.name for one in fields(kind) if one.name in rest]
        rest[name] = kind(**{one: rest.pop(one) for one in of_it})
    return rest


def homeowner_case(cast: Cast, **changes: Any) -> Case:
    """A homeowner case on the cast's active contract."""
    values = request(cast) | {
        "contact": cast.signer,
        "installer": cast.org,
        "installer_contact": None,
    }
    contract = changes.pop("contract", cast.contract)
    return open_homeowner_case(contract, **as_the_rules_take_it(values | changes))


def installer_case(cast: Cast, **changes: Any) -> Case:
    """An installer case at Brightfield by its operations contact."""
    values = request(cast) | {"contact": cast.org_contact}
    org = changes.pop("org", cast.org)
    return open_installer_case(org, **as_the_rules_take_it(values | changes))


def not_on_record(cast: Cast, **changes: Any) -> Case:
    """A case of Nora Quint, whom nobody has on record, at Brightfield."""
    values = request(cast) | {
        "name": "Nora Quint",
        "phone": "619 555 0188",
        "property_address": "77 Alder Way, Fresno, CA 93650",
        "hand_over": False,
    }
    org = changes.pop("org", cast.org)
    return open_case_not_on_record(org, **as_the_rules_take_it(values | changes))
