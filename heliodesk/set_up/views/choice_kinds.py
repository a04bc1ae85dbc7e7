"""The kinds of things that people choose from: of each its model, its form and its rule."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django.db.models import Q
from django.http import QueryDict

from heliodesk.cases.models import CaseSource, ClosedReason, RequestSubtype, RequestType
from heliodesk.cases.rules.case_sources import keep_case_source
from heliodesk.cases.rules.closed_reasons import keep_closed_reason
from heliodesk.cases.rules.request_types import keep_request_subtype, keep_request_type
from heliodesk.core.addresses import address
from heliodesk.directory.forms.keeping import KeepingForm
from heliodesk.people.access import Actor
from heliodesk.people.models import (
    Choice,
    Department,
    Queue,
    ReferralReason,
    ReferralSubtype,
    Topic,
)
from heliodesk.people.rules import departments, queues
from heliodesk.people.rules.choices import retire_choice
from heliodesk.people.rules.referral_reasons import (
    add_referral_reason,
    add_referral_subtype,
    change_referral_reason,
    change_referral_subtype,
)
from heliodesk.set_up.forms import choices as forms
from heliodesk.set_up.forms import places

Values = Mapping[str, Any]
Seen = Mapping[str, str]


@dataclass(frozen=True)
class Kind:
    """One kind. `keep` takes what is there (not saved yet, where it is new), the values, what was
    seen, and `by`; `fields` are those of the form; `page` is the address of its list."""

    model: type[Choice]
    form: Callable[..., KeepingForm]
    keep: Callable[[Any, Values, Seen, Actor], Choice]
    page: Callable[[Any], str]
    fields: tuple[str, ...] = ("name",)
    retire: Callable[..., Choice] = retire_choice
    own: Callable[[Any], str] | None = None  # where one leads when it has been saved

    @property
    def noun(self) -> str:
        """What one of them is called."""
        return self.model.noun


def subtype_form(data: QueryDict | None, *, subtype: Any, **given: Any) -> KeepingForm:
    """The form of a request subtype, with what may be suggested: what is active, and what is."""
    mine = Q(pk=subtype.suggested_department_id)
    departments = Department.objects.filter(Q(is_active=True) | mine)
    reasons = ReferralReason.objects.filter(
        Q(is_active=True, department__is_active=True) | Q(pk=subtype.suggested_reason_id)
    )
    ordered = reasons.select_related("department").order_by("department__position", "position")
    return forms.RequestSubtypeForm(data, departments=departments, reasons=ordered, **given)


def plain(form: type[KeepingForm]) -> Callable[..., KeepingForm]:
    """A form that needs to know nothing of what it is over."""

    def make(data: QueryDict | None, *, subtype: Any, **given: Any) -> KeepingForm:
        return form(data, **given)

    return make


def keep_reason(reason: Any, values: Values, seen: Seen, by: Actor) -> Choice:
    """A referral reason, new or changed."""
    if reason.pk is None:
        return add_referral_reason(reason.department, name=values["name"], by=by)
    return change_referral_reason(reason, name=values["name"], seen=seen, by=by)


def keep_subtype(subtype: Any, values: Values, seen: Seen, by: Actor) -> Choice:
    """A referral subtype, new or changed."""
    if subtype.pk is None:
        return add_referral_subtype(subtype.reason, name=values["name"], by=by)
    return change_referral_subtype(subtype, name=values["name"], seen=seen, by=by)


def keep_queue(queue: Any, values: Values, seen: Seen, by: Actor) -> Choice:
    """A queue, new or changed."""
    if queue.pk is None:
        return queues.add_queue(values=values, by=by)
    return queues.change_queue(queue, values=values, seen=seen, by=by)


def keep_department(department: Any, values: Values, seen: Seen, by: Actor) -> Choice:
    """A department, new or changed."""
    if department.pk is None:
        return departments.add_department(values=values, by=by)
    return departments.change_department(department, values=values, seen=seen, by=by)


def keep_topic(topic: Any, values: Values, seen: Seen, by: Actor) -> Choice:
    """A topic, new or changed."""
    if topic.pk is None:
        return departments.add_topic(topic.department, name=values["name"], by=by)
    return departments.change_topic(topic, name=values["name"], seen=seen, by=by)


def reasons_page(reason: Any) -> str:
    """Where the reasons of a department stand."""
    return f"{address('referral_reasons')}?department={reason.department.slug}"


#: By the noun that is in their addresses, below /set-up/.
KINDS: dict[str, Kind] = {
    "request-types": Kind(
        RequestType,
        plain(forms.RequestTypeForm),
        lambda one, values, seen, by: keep_request_type(one, values=values, seen=seen, by=by),
        lambda one: address("request_types"),
        ("name", "for_homeowner", "for_installer"),
    ),
    "request-types/subtypes": Kind(
        RequestSubtype,
        subtype_form,
        lambda one, values, seen, by: keep_request_subtype(one, values=values, seen=seen, by=by),
        lambda one: address("request_type", one.request_type_id),
        ("name", "sop_text", "suggested_department", "suggested_reason"),
    ),
    "closed-reasons": Kind(
        ClosedReason,
        plain(forms.NameForm),
        lambda one, values, seen, by: keep_closed_reason(
            one, name=values["name"], seen=seen, by=by
        ),
        lambda one: address("closed_reasons"),
    ),
    "case-sources": Kind(
        CaseSource,
        plain(forms.CaseSourceForm),
        lambda one, values, seen, by: keep_case_source(one, values=values, seen=seen, by=by),
        lambda one: address("case_sources"),
        ("name", "channel"),
    ),
    "referral-reasons": Kind(ReferralReason, plain(forms.NameForm), keep_reason, reasons_page),
    "referral-reasons/subtypes": Kind(
        ReferralSubtype,
        plain(forms.NameForm),
        keep_subtype,
        lambda one: address("referral_reason", one.reason_id),
    ),
    "queues": Kind(
        Queue,
        plain(places.QueueForm),
        keep_queue,
        lambda one: address("set_up_queues"),
        ("name", "description", "case_type"),
        retire=queues.retire_queue,
        own=lambda one: address("set_up_queue", one.pk),
    ),
    "departments": Kind(
        Department,
        plain(places.DepartmentForm),
        keep_department,
        lambda one: address("set_up_departments"),
        ("name", "description", "wants_managers", "voids_case", "follow_up_all"),
        retire=departments.retire_department,
        own=lambda one: address("set_up_department", one.pk),
    ),
    "departments/topics": Kind(
        Topic,
        plain(forms.NameForm),
        keep_topic,
        lambda one: address("set_up_topics", one.department_id),
    ),
}


class KindConverter:
    """A kind in an address."""

    regex: ClassVar[str] = "|".join(sorted(KINDS, key=len, reverse=True))

    def to_python(self, value: str) -> str:
        """As it stands there."""
        return value

    def to_url(self, value: str) -> str:
        """As it stands there."""
        return value
