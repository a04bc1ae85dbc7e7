"""Opening an installer case, and everything it refuses (N1 to N4, K7)."""

from __future__ import annotations

import pytest

from heliodesk.cases.models import Case, CaseType, RequestType, Status
from heliodesk.cases.queries.engine_comment import EngineComment, read_engine_comment
from heliodesk.core.refusal import NeedsConfirmation, NotPermitted, Refused
from heliodesk.directory.models import Contact, ContactRole, Job
from heliodesk.feed.models import FeedItem
from tests import cast
from tests.cases.opening import installer_case
from tests.cast import Cast, actor

pytestmark = pytest.mark.django_db

REP = {"contact": None, "sales_rep_name": "Sam Ortiz", "sales_rep_email": "sam@example.com"}


def test_it_stands_at_the_org_under_its_contact(company: Cast) -> None:
    case = installer_case(company)
    case.refresh_from_db()
    assert (case.case_type, case.account, case.installer, case.contact) == (
        CaseType.INSTALLER,
        company.org,
        company.org,
        company.org_contact,
    )
    assert (case.contract, case.customer_name) == (None, "Brightfield Solar")
    assert (case.status, case.owner_agent) == (Status.NEW, company.frank)


def test_not_at_a_homeowner_account(company: Cast) -> None:
    with pytest.raises(Refused, match="installer account") as refused:
        installer_case(company, org=company.homeowner, contact=company.signer)
    assert refused.value.rule == "N1"


def test_neither_contact_nor_sales_rep_is_refused(company: Cast) -> None:
    with pytest.raises(Refused, match="Choose the installer contact") as refused:
        installer_case(company, contact=None)
    assert (refused.value.rule, refused.value.field) == ("N2", "contact")
    assert not Case.objects.exists()


def test_not_with_a_contact_of_another_account(company: Cast) -> None:
    with pytest.raises(Refused, match="not a contact of Brightfield") as refused:
        installer_case(company, contact=company.other_org_contact)
    assert refused.value.field == "contact"


def test_a_sales_rep_without_record_stands_in_the_description(company: Cast) -> None:
    case = installer_case(company, description="Commission is late.", **REP)
    assert case.contact is None
    assert (case.sales_rep_name, case.sales_rep_email) == ("Sam Ortiz", "sam@example.com")
    assert case.description == "Commission is late.\n\nSales rep: Sam Ortiz <sam@example.com>"
    assert not Contact.objects.filter(name="Sam Ortiz").exists()


def test_the_sales_rep_becomes_a_contact_when_wanted(company: Cast) -> None:
    case = installer_case(company, add_sales_rep=True, **REP)
    rep = Contact.objects.get(name="Sam Ortiz")
    assert (rep.account, rep.role, rep.email) == (
        company.org,
        ContactRole.SALES_REP,
        "sam@example.com",
    )
    assert case.contact == rep
    assert "Sales rep: Sam Ortiz <sam@example.com>" in case.description


@pytest.mark.parametrize(
    ("part", "field"),
    [
        ({"sales_rep_name": ""}, "sales_rep_name"),
        ({"sales_rep_email": ""}, "sales_rep_email"),
        ({"sales_rep_email": "sam at example"}, "sales_rep_email"),
        ({"sales_rep_name": "S" * 161}, "sales_rep_name"),
    ],
)
def test_a_sales_rep_has_name_and_email(company: Cast, part: dict[str, str], field: str) -> None:
    with pytest.raises(Refused) as refused:
        installer_case(company, **REP | part)
    assert (refused.value.field, refused.value.rule) == (field, "N2")


def test_contact_and_sales_rep_together_are_refused(company: Cast) -> None:
    with pytest.raises(Refused, match="not both"):
        installer_case(company, **REP | {"contact": company.org_contact})


@pytest.mark.parametrize(
    ("field", "empty"),
    [
        ("request_type", None),
        ("request_subtype", None),
        ("source", None),
        ("priority", None),
        ("description", ""),
    ],
)
def test_every_field_is_required(company: Cast, field: str, empty: str | None) -> None:
    with pytest.raises(Refused) as refused:
        installer_case(company, **{field: empty})
    assert (refused.value.field, refused.value.rule) == (field, "N3")


def test_not_with_a_type_for_homeowners_only(company: Cast) -> None:
    bills = RequestType.objects.create(name="Bills", for_installer=False)
    with pytest.raises(Refused, match="Installer Support") as refused:
        installer_case(
            company, request_type=bills, request_subtype=bills.subtypes.create(name="High")
        )
    assert refused.value.field == "request_type"


def test_not_by_a_department_member(company: Cast) -> None:
    with pytest.raises(NotPermitted):
        installer_case(company, by=actor(company.dora))


def test_the_job_stays_on_the_case_with_the_comment_for_engine(company: Cast) -> None:
    Job.objects.create(job_id="J-77", installer=company.org)
    case = installer_case(company, job_id=" J-77 ")
    assert case.job_id == "J-77"
    assert FeedItem.objects.get(case=case).data == {"job": "J-77"}
    assert read_engine_comment(case) == EngineComment(
        "J-77", f"Related Case ({case})", "to be posted by hand", may_mark=True
    )
    assert read_engine_comment(installer_case(company, none_of_these=[case.number])) is None


def test_a_job_that_nobody_knows_is_taken_as_given(company: Cast) -> None:
    assert installer_case(company, job_id="J-1").job_id == "J-1"


def test_not_about_another_installers_job(company: Cast) -> None:
    Job.objects.create(job_id="J-78", installer=company.other_org)
    with pytest.raises(Refused, match="another installer's") as refused:
        installer_case(company, job_id="J-78")
    assert (refused.value.rule, refused.value.field) == ("N4", "job_id")


def test_the_contacts_open_case_has_to_be_looked_at(company: Cast) -> None:
    first = cast.installer_case(company)
    with pytest.raises(NeedsConfirmation, match=first.display_number):
        installer_case(company)
    assert installer_case(company, none_of_these=[first.number]).dismissed_matches.count() == 1


def test_it_continues_a_closed_case_of_the_same_org(company: Cast) -> None:
    old = cast.installer_case(company, status=Status.CLOSED)
    assert installer_case(company, previous_case=old).previous_case == old
    homeowners = cast.case(company, status=Status.CLOSED)
    with pytest.raises(Refused, match="another customer's"):
        installer_case(company, previous_case=homeowners)
