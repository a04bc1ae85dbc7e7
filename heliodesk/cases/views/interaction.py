"""Logging an interaction (B1): with whom, then what was said; a case where one is needed (B3)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from heliodesk.cases import access
from heliodesk.cases.forms.interaction import CASE, NOT_ON_RECORD, InteractionForm
from heliodesk.cases.forms.opening import CHOOSE
from heliodesk.cases.models import Case, CaseType, Interaction
from heliodesk.cases.queries.choices import Choices, choices, contacts_by_id
from heliodesk.cases.queries.customers import last_spoken
from heliodesk.cases.rules.interaction import record_interaction
from heliodesk.cases.views import opening
from heliodesk.cases.views.dialogs import status_of
from heliodesk.cases.views.matching import issue_of, matches_for
from heliodesk.core.picking import chosen_as
from heliodesk.core.refusal import Refused
from heliodesk.directory.access import get_account, get_contact, get_contract
from heliodesk.directory.models import Account, Contact, Contract
from heliodesk.directory.queries.account_list import accounts
from heliodesk.web.requests import DeskRequest
from heliodesk.web.submit import carry_out


@dataclass(frozen=True, slots=True)
class Subject:
    """With whom, or on what, the interaction is: the record one came from."""

    account: Account
    contact: Contact | None = None
    contract: Contract | None = None
    case: Case | None = None

    @property
    def address(self) -> str:
        """The page of the record."""
        if self.case is not None:
            return self.case.get_absolute_url()
        if self.contract is not None:
            return f"/contracts/{self.contract.contract_id}/"
        if self.contact is not None:
            return f"/contacts/{self.contact.pk}/"
        return f"/accounts/{self.account.pk}/"

    @property
    def draft(self) -> str:
        """The key of what is being typed about this record."""
        return f"interaction{self.address}"


@require_http_methods(["GET", "POST"])
def interaction_new(request: DeskRequest) -> HttpResponse:
    """Find the customer, then log what was said; resolved it stays there, else a case follows."""
    access.require_support(by=request.actor, to="record an interaction")
    subject = subject_of(request)
    if subject is None:
        return finder(request)
    form = None
    if request.method == "POST":
        form = InteractionForm(request.POST, account_id=subject.account.pk)
        done = opening.aside(request, form, subject.draft)
        if not done and not form.errors and form.is_valid():
            sure = form
            done = carry_out(
                request, form, lambda: log(request, subject, sure), draft=subject.draft
            )
        if done:
            return done
    return page(request, subject, form)


def subject_of(request: DeskRequest) -> Subject | None:
    """The record that the address names; None where it names none."""
    given, by = request.GET, request.actor
    if number(given.get("case", "")):
        case = access.get_case(given["case"], by=by)
        return Subject(case.account, case.contact, case.contract, case)
    if given.get("contract"):
        contract = get_contract(given["contract"], by=by)
        return Subject(contract.account, contract=contract)
    if number(given.get("contact", "")):
        contact = get_contact(int(given["contact"]), by=by)
        return Subject(contact.account, contact)
    if number(given.get("account", "")):
        return Subject(get_account(int(given["account"]), by=by))
    return None


def number(text: str) -> bool:
    """Whether the text is a number that fits the database."""
    return text.isascii() and text.isdecimal() and len(text) < 19


def finder(request: DeskRequest) -> HttpResponse:
    """Who is it? One field for name, phone, email, address, contract ID."""
    typed = request.GET.get("q", "").strip()
    found = accounts(text=typed, kind="", org=0, by=request.actor).rows if typed else []
    context = {"typed": typed, "found": found}
    return render(request, "cases/interaction_finder.html", context)


def log(request: DeskRequest, subject: Subject, form: InteractionForm) -> str:
    """Record it, and give where to go on: to the record, or to the new case (B2, B3)."""
    then = request.POST.get("then", "")
    contract = chosen_contract(request, subject, form)
    contact = contacts_by_id(form.cleaned_data["contact"]).get(form.cleaned_data["contact"])
    follows = "" if subject.case else next_form(then, subject, contract, contact)
    kept = record_interaction(
        account=None if subject.case else subject.account,
        contact=contact or subject.contact,
        contract=contract,
        case=subject.case,
        channel=form.cleaned_data["channel"],
        spoke_with=form.cleaned_data["spoke_with"],
        about=form.cleaned_data["about"],
        resolved=form.cleaned_data["resolved"] if subject.case else not follows,
        by=request.actor,
    )
    if follows:
        return f"{follows}?{urlencode({'interaction': kept.pk})}"
    messages.success(request, said(kept, subject))
    return subject.address


def chosen_contract(
    request: DeskRequest, subject: Subject, form: InteractionForm
) -> Contract | None:
    """The contract that the form chose, or the one that the record is."""
    pk = form.cleaned_data["contract"]
    if not pk or subject.case:
        return subject.contract
    return Contract.objects.select_related("account").filter(pk=pk).first()


def next_form(
    then: str, subject: Subject, contract: Contract | None, contact: Contact | None
) -> str:
    """The address of the new case's form; empty where no case follows (B2)."""
    if then == NOT_ON_RECORD and subject.account.is_installer:
        return reverse("not_on_record_new", args=[subject.account.pk])
    if then != CASE:
        return ""
    if not subject.account.is_installer:
        if contract is None:
            raise Refused(
                "contract_missing",
                "A homeowner case is opened under a contract: choose it. Where there is none yet, "
                "have it added, or log the interaction without a case.",
                rule="H1",
                field="contract",
            )
        return reverse("homeowner_case_new", args=[contract.contract_id])
    person = contact or subject.contact
    if person is not None:
        return reverse("installer_case_for_contact_new", args=[person.pk])
    return reverse("installer_case_new", args=[subject.account.pk])


def said(kept: Interaction, subject: Subject) -> str:
    """The message after saving."""
    if subject.case is not None:
        return f"The interaction stands in the feed of case {subject.case}."
    words = "resolved" if kept.resolved else "not resolved"
    return f"The interaction was kept on {subject.account.name}: {words}, no case."


def page(request: DeskRequest, subject: Subject, form: InteractionForm | None) -> HttpResponse:
    """The form with the customer's context and the matching cases beside it."""
    kind = CaseType.INSTALLER if subject.account.is_installer else CaseType.HOMEOWNER
    offered = choices(kind, accounts=[subject.account.pk])
    contracts = offered.contracts.get(subject.account.pk, [])
    shown = form or opening.shown_form(
        request, InteractionForm, known(subject, offered), subject.draft,
        account_id=subject.account.pk,
    )  # fmt: skip
    shown.fields["contract"].widget.choices = [
        *CHOOSE,
        *((one.pk, f"{one.contract_id} – {one.status_label}") for one in contracts),
    ]
    base = {"org" if subject.account.is_installer else "account": subject.account.pk}
    if subject.contract is not None:
        base["contract"] = subject.contract.pk
    context = {
        "form": shown,
        "subject": subject,
        "account": subject.account,
        "contracts": contracts,
        "offered": offered,
        "spoken": last_spoken(subject.account.pk),
        **matches_for(request, issue_of(base, shown), base),
    }
    return render(request, "cases/interaction_new.html", context, status=status_of(request, shown))


def known(subject: Subject, offered: Choices) -> dict[str, Any]:
    """What need not be chosen: the person, or the primary signer, and the contract offered first
    (H2)."""
    contracts = offered.contracts.get(subject.account.pk, [])
    first = subject.contract or (contracts[0] if contracts else None)
    signer = offered.primary_signers.get(subject.account.pk)
    contact: dict[str, Any] = {}
    if subject.contact is not None:
        contact = chosen_as("contact", subject.contact.pk, subject.contact.name)
    elif signer is not None:
        contact = chosen_as("contact", signer, offered.names[signer])
    return contact | {"contract": first.pk if first else None}
