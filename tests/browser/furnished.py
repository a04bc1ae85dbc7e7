"""A desk with something of everything on it, for the walk through all its pages."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from allauth.socialaccount.models import SocialAccount

from heliodesk.assignments.models import CaseAssignment
from heliodesk.bulk.models import Act
from heliodesk.bulk.queries import exported
from heliodesk.bulk.rules.exporting import start_export
from heliodesk.bulk.selection import Selection
from heliodesk.cases.models import Case, Priority, Status
from heliodesk.cases.rules.closed_reasons import keep_closed_reason
from heliodesk.cases.rules.follow_up_date import set_follow_up
from heliodesk.cases.rules.interaction import record_interaction
from heliodesk.cases.rules.merging import merge_cases
from heliodesk.cases.rules.request_types import keep_request_subtype
from heliodesk.cases.rules.review import log_review
from heliodesk.core import clock
from heliodesk.directory.models import Job
from heliodesk.feed.rules.posts import post
from heliodesk.files.models import CaseFile
from heliodesk.list_views.rules.saving import save_list_view
from heliodesk.people.models import Invitation, ReferralReason
from heliodesk.people.rules.choices import retire_choice
from heliodesk.people.rules.departments import add_contact, add_topic
from heliodesk.people.rules.identity_providers import add_mapping, add_provider
from heliodesk.people.rules.invitation import invite, link_of
from heliodesk.quick_texts.rules.quick_text import keep_quick_text
from heliodesk.webhooks.models import Delivery, Try
from heliodesk.webhooks.rules.keeping import Wanted, make_webhook
from tests.bulk.doing import begun, done
from tests.cast import Cast, actor, assignment, case, department, installer_case

LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
#: Right to left, with a number and a word the other way in it.
HEBREW = "הלקוחה אמרה שהחיוב של 120 USD כפול"


def furnish(firm: Cast) -> dict[str, object]:
    """Cases in every state with all that hangs on them; gives the keys that addresses name."""
    cases = _cases(firm)
    opened = cases["open"]
    said = post(opened, body=f"@bea see **this**: https://example.com/{LONG}", by=actor(firm.frank))
    post(opened, body=f"{HEBREW}\n\n- `{LONG}`", parent=said, by=actor(firm.bea))
    mine = post(opened, body=HEBREW, by=actor(firm.bea))
    log_review(opened, comments="Current Status: waits for the bank", by=actor(firm.bea))
    at = clock.now() + timedelta(days=2)
    set_follow_up(opened, at=at, what_for=f"Call {LONG} back", by=actor(firm.bea))
    record_interaction(
        account=firm.homeowner,
        channel="phone",
        contact=firm.signer,
        about="Asked when the bill comes.",
        resolved=True,
        by=actor(firm.frank),
    )
    CaseFile.objects.create(
        case=opened, name=f"{LONG}.pdf", size=12, content_type="application/pdf",
        sha256="0" * 64, stored_as="none", at=clock.now(), by=firm.bea,
    )  # fmt: skip
    keys = {name: f"{one.number:08d}" for name, one in cases.items()}
    keys |= {
        name: getattr(firm, name).pk
        for name in ("org", "org_contact", "homeowner", "signer", "bea")
    }
    asked, made = _asked(firm, cases["asked"]), _made(firm, cases)
    return (
        keys | {"post": mine.pk} | asked | made | _told(firm, opened) | _set_up(firm) | _kept(firm)
    )


def _kept(firm: Cast) -> dict[str, object]:
    """A reason that is retired, an SOP with what it suggests, and keys of what is chosen from."""
    by = actor(firm.ada)
    retired = retire_choice(keep_closed_reason(name=LONG, by=by), by=by)
    suggested = {"suggested_department": firm.sales, "suggested_reason": firm.sales_reason}
    sop = {"name": firm.autopay.name, "sop_text": f"1. Ask {LONG}"}
    keep_request_subtype(firm.autopay, values=sop | suggested, by=by)
    names = ("billing", "autopay", "sales_reason", "phone")
    return {"retired": retired.pk} | {name: getattr(firm, name).pk for name in names}


def _set_up(firm: Cast) -> dict[str, object]:
    """Somebody invited, a topic and follow-up contacts, for the pages of the set-up."""
    by = actor(firm.ada)
    invited = invite(name=f"Ivo {LONG}", username="ivo", email="ivo@example.com", by=by).user
    topic = add_topic(firm.legal, name=LONG, by=by)
    for who, of in ((firm.dora, None), (firm.sue, None), (firm.dora, topic)):
        add_contact(firm.legal, who, topic=of, by=by)
    SocialAccount.objects.create(provider="okta", uid=LONG, user=firm.bea)
    return _signing_in(firm) | {
        "invited": invited.pk,
        "queue": firm.homeowner_queue.pk,
        "legal": firm.legal.pk,
    }


def _signing_in(firm: Cast) -> dict[str, object]:
    """A company's own sign-in by which Bea came, what its groups mean, and an invitation's link."""
    by = actor(firm.ada)
    values = {"name": "Okta", "issuer": f"https://{LONG}.example.com", "client_id": "desk"}
    okta = add_provider("oidc", values=values, by=by)
    add_mapping(okta, group=LONG, role="back_office", by=by)
    add_mapping(okta, group="sales", department_id=firm.sales.pk, by=by)
    return {"provider": okta.slug, "invitation": link_of(Invitation.objects.get())}


def _cases(firm: Cast) -> dict[str, Case]:
    now = clock.now()
    made: dict[str, dict[str, Any]] = {
        "open": {"owner_agent": firm.bea, "description": f"She read {LONG} on the meter."},
        "waiting": {
            "owner_queue": firm.homeowner_queue,
            "priority": Priority.HIGH,
            "created_at": now - timedelta(days=3),
        },
        "asked": {
            "owner_agent": firm.bea,
            "status": Status.INTERNAL_REFERRAL,
            "customer_name": f"Anna {LONG}",
        },
        "closed": {
            "owner_agent": firm.bea,
            "status": Status.CLOSED,
            "created_at": now - timedelta(days=2),
            "closed_at": now - timedelta(hours=1),
        },
        "ending": {"contract": firm.cancelled, "owner_agent": firm.bea},
        "not_on_record": {
            "contract": None,
            "contact": None,
            "account": firm.org,
            "contract_gap": "not_on_record",
            "customer_name": "Tom Okafor",
            "customer_phone": "(619) 555-0143",
            "property_address": "14 Fir Lane, Fresno, CA 93650",
            "owner_agent": firm.bea,
        },
        "merged": {"owner_agent": firm.bea},
    }
    cases = {name: case(firm, **fields) for name, fields in made.items()}
    cases["installer"] = installer_case(firm, owner_agent=firm.bea)
    merge_cases(cases["merged"], into=cases["open"], by=actor(firm.bea))
    cases["open"].refresh_from_db()
    return cases


def _asked(firm: Cast, made: Case) -> dict[str, object]:
    """Case assignments in every state, one overdue, one returned by who voids a case."""
    specialist = department("Resolution Specialist", "resolution", firm.oscar, voids_case=True)
    reason = ReferralReason.objects.create(department=specialist, name="Cancellation dispute")
    long_ago = clock.now() - timedelta(hours=60)
    late = assignment(
        firm, made, comments=LONG, created_at=long_ago,
        account_manager=firm.sue, sales_manager=firm.ada,
    )  # fmt: skip
    of_state: dict[str, CaseAssignment] = {
        status: assignment(firm, made, status=status)
        for status in ("accepted", "completed", "rejected", "returned", "withdrawn")
    }
    assignment(firm, made, department=specialist, reason=reason, status="returned")
    return {"late": late, "accepted": of_state["accepted"]}


def _made(firm: Cast, cases: dict[str, Case]) -> dict[str, object]:
    """What people have made for themselves, and what several cases were done at once."""
    by = actor(firm.bea)
    view = save_list_view(name="New ones", query="all=status:is:new", by=by)
    text = keep_quick_text(name="Bank", text="We wait for {customer}'s bank.", shared=False, by=by)
    some = [cases["open"], cases["asked"], cases["closed"]]
    bulk = done(firm.bea, Act.PRIORITY, some, priority="1")
    chosen = Selection(query="all=status:is:new", everything=True)
    wanted = exported.Wanted(chosen, ("number", "customer"), "")
    running = begun(firm.bea, Act.PRIORITY, some[:2], priority="1")
    return {
        "view": view.pk,
        "text": text.pk,
        "bulk": bulk.pk,
        "running": running.pk,
        "export": start_export(wanted, by=by).pk,
        "job": Job.objects.create(job_id="J-100", installer=firm.org, name=LONG).pk,
    }


def _told(firm: Cast, opened: Case) -> dict[str, object]:
    """A webhook, with a delivery that got through at the second try."""
    address = f"http://10.0.0.1/{LONG}"
    wanted = Wanted.of(name=f"Stores {LONG}"[:80], url=address, kinds=["closed"], private=True)
    webhook = make_webhook(wanted, by=actor(firm.ada)).webhook
    tried = {"webhook": webhook, "kind": "closed", "at": clock.now(), "case": opened}
    delivery = Delivery.objects.create(**tried, state="delivered", tries=2, body='{"id": "evt_1"}')
    for status, error in ((503, "It answered 503."), (200, "")):
        Try.objects.create(
            delivery=delivery, at=clock.now(), url=address, milliseconds=87, status=status,
            answer=LONG, error=error,
        )  # fmt: skip
    return {"webhook": webhook.pk, "delivery": delivery.pk}
