"""Editing the fields of a case: what each must hold (H4), and two people at once (K2)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from heliodesk.cases import access
from heliodesk.cases.models import Case, CaseType, ContractGap
from heliodesk.cases.rules.case_fields import (
    LABELS,
    SHOWN,
    as_sent,
    displayed,
    shortened,
    standing,
)
from heliodesk.cases.rules.collisions import require_as_seen
from heliodesk.cases.rules.engine_comment import job_changed
from heliodesk.cases.rules.fitting import require_fit
from heliodesk.core.refusal import Refused
from heliodesk.core.rule import rule
from heliodesk.core.text import trimmed
from heliodesk.feed import kinds
from heliodesk.feed.record import record
from heliodesk.people.access import Actor

ALWAYS = {"request_type", "request_subtype", "source", "priority", "description"}


def editable(case: Case) -> set[str]:
    """The fields that this case has for editing: a customer not on record is no contact (N5),
    and an installer case is its account's (N3)."""
    if case.case_type == CaseType.INSTALLER:
        sales_rep = {"sales_rep_name", "sales_rep_email"} if case.sales_rep_name else set()
        return ALWAYS | {"contact", "job_id"} | sales_rep
    if case.contract_gap == ContractGap.NOT_ON_RECORD:
        return ALWAYS | {"customer_name", "customer_phone", "customer_email", "installer_contact"}
    return ALWAYS | {"contact", "installer", "installer_contact"}


@rule("H4", "K2", "K7", "N4")
def edit_case(
    case: Case, *, changes: Mapping[str, Any], seen: Mapping[str, Any], by: Actor
) -> Case:
    """Change fields of the case; gives it as it is then.

    `changes` holds the new values by field, `seen` what stood there when `by` began (in the form
    of `as_sent`). A field that is as it was seen is left alone, so that somebody else's change
    to it stands. Refuses for anybody but the owner or a supervisor, on a closed case, for a
    field that may not be edited or that somebody else changed meanwhile, and what H4 forbids.
    """
    case = access.lock(case)
    access.require_edit(case, by=by, to="edit it")
    access.require_open(case, to="edit it")
    require_editable(case, changes)
    wanted = touched(case, changes, seen)
    require_as_seen(case, wanted, seen)
    new = {name: value for name, value in wanted.items() if as_sent(value) != standing(case, name)}
    if not new:
        return case
    old = {name: displayed(case, name) for name in new}
    old_job = case.job_id
    for name, value in new.items():
        setattr(case, name, trimmed(value) if isinstance(value, str) else value)
    require_fit(case, set(new))
    both = {LABELS[name]: [old[name], displayed(case, name)] for name in new}
    record(
        case,
        kinds.FIELDS,
        changed=list(new),
        by=by,
        fields={label: [shortened(text) for text in texts] for label, texts in both.items()},
        whole={label: texts for label, texts in both.items() if max(map(len, texts)) > SHOWN},
    )
    job_changed(case, old_job)
    return case


def touched(case: Case, changes: Mapping[str, Any], seen: Mapping[str, Any]) -> dict[str, Any]:
    """The changes that differ from what was seen; without `seen`, from what stands."""
    return {
        name: value
        for name, value in changes.items()
        if as_sent(value) != as_sent(seen.get(name, standing(case, name)))
    }


def require_editable(case: Case, changes: Mapping[str, Any]) -> None:
    """Refuse a field that is not edited here, such as the address (H5)."""
    for name in changes:
        if name not in editable(case):
            raise Refused(
                "field_not_editable",
                f"“{LABELS.get(name, name)}” cannot be edited on this case. "
                "The homeowner and the address follow from the contract: change that.",
                rule="H5",
            )
