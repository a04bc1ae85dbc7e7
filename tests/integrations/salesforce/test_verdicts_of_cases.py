"""Cases, assignments, reviews and interactions of an export get the verdicts that the rules give on
the same bad values (K5)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from heliodesk.assignments.rules.creating import create_assignment
from heliodesk.cases.models import Case, CaseSource, ClosedReason, RequestSubtype, RequestType
from heliodesk.cases.rules.closing import close
from heliodesk.cases.rules.homeowner_case import open_homeowner_case
from heliodesk.cases.rules.installer_case import open_installer_case
from heliodesk.cases.rules.interaction import record_interaction
from heliodesk.cases.rules.ownership import change_owner
from heliodesk.cases.rules.review import TEMPLATE, log_review
from heliodesk.core.refusal import Refused
from heliodesk.directory.models import Account, Contact, Contract
from heliodesk.people.access import Actor, actor_for
from heliodesk.people.models import Department, Queue, ReferralReason, User
from tests.cases.opening import as_the_rules_take_it
from tests.integrations.salesforce.conftest import Moved
from tests.integrations.salesforce.whole_export import BASE, move_in, refused, sf, write

pytestmark = pytest.mark.django_db
Rule = Callable[["Desk"], object]


class Desk:
    """The rules of the desk, with values that are good but for what a test names."""

    def __init__(self) -> None:
        self.olga = User.objects.get(name="Olga Owner")
        self.by: Actor = actor_for(self.olga, origin="test")
        self.contract = Contract.objects.get()
        self.ana = Contact.objects.get(name="Ana Ruiz")
        self.otto = Contact.objects.get(name="Otto Ops")
        self.org = Account.objects.get(name="Sunline LLC")
        self.case = Case.objects.get(number=1002)

    def asks(self, **given: Any) -> dict[str, Any]:
        """What every case asks for."""
        kind = RequestType.objects.get(name="System performance")
        return {
            "request_type": kind,
            "request_subtype": RequestSubtype.objects.get(name="Inverter fault"),
            "source": CaseSource.objects.get(name="Phone"),
            "priority": 2,
            "description": "It is dark",
            "none_of_these": [c.display_number for c in Case.objects.all()],
            "by": self.by,
        } | given

    def homeowner(self, **given: Any) -> object:
        """The rule for a homeowner case."""
        values = {
            "contact": self.ana, "installer": self.org, "installer_contact": None,
            "contract": self.contract,
        } | self.asks(**given)  # fmt: skip
        return open_homeowner_case(values.pop("contract"), **as_the_rules_take_it(values))

    def installer(self, **given: Any) -> object:
        """The rule for an installer case."""
        asks = self.asks(
            request_type=RequestType.objects.get(name="Documents"),
            request_subtype=RequestSubtype.objects.get(name="Tax papers"),
        )
        values = {"org": self.org, "contact": self.otto} | asks | given
        return open_installer_case(values.pop("org"), **as_the_rules_take_it(values))

    def assignment(self, **given: Any) -> object:
        """The rule for an assignment."""
        legal = Department.objects.get(name="Legal")
        reason = ReferralReason.objects.get(department=legal, name="Attorney letter")
        values: dict[str, Any] = {
            "department": legal, "reason": reason, "comments": "Read",
            "subtype": reason.subtypes.get(name="Demand"), "by": self.by,
        } | given  # fmt: skip
        return create_assignment(self.case, **values)


def subtype(name: str) -> RequestSubtype:
    """A subtype by its name."""
    return RequestSubtype.objects.get(name=name)


def kind(name: str) -> RequestType:
    """A type by its name."""
    return RequestType.objects.get(name=name)


HOME, ORG = 0, 2  # which row of Case.csv is taken as the good one
CASES: list[tuple[str, int, dict[str, str], Rule]] = [
    ("type missing", HOME, {"Type": ""}, lambda d: d.homeowner(request_type=None)),
    ("subtype missing", HOME, {"Sub_Type__c": ""}, lambda d: d.homeowner(request_subtype=None)),
    ("subtype of another type", HOME, {"Sub_Type__c": "Roof leak"},
     lambda d: d.homeowner(request_subtype=subtype("Roof leak"))),
    ("type not for homeowners", HOME,
     {"Type": "Installer payments", "Sub_Type__c": "Milestone payment missing"},
     lambda d: d.homeowner(request_type=kind("Installer payments"),
                           request_subtype=kind("Installer payments").subtypes.first())),
    ("type not for installers", ORG,
     {"Type": "System performance", "Sub_Type__c": "Inverter fault"},
     lambda d: d.installer(request_type=kind("System performance"),
                           request_subtype=subtype("Inverter fault"))),
    ("source missing", HOME, {"Origin": ""}, lambda d: d.homeowner(source=None)),
    ("description missing", HOME, {"Description": "", "Subject": ""},
     lambda d: d.homeowner(description=" ")),
    ("description too long", HOME, {"Description": "x" * 50_001, "Subject": ""},
     lambda d: d.homeowner(description="x" * 50_001)),
    ("contact of another account", HOME, {"ContactId": sf("contact", 1)},
     lambda d: d.homeowner(contact=d.otto)),
    ("contact of another Org", ORG, {"ContactId": sf("contact", 2)},
     lambda d: d.installer(contact=d.ana)),
    ("an installer case at a homeowner", ORG,
     {"AccountId": sf("account", 2), "ContactId": sf("contact", 2)},
     lambda d: d.installer(org=d.contract.account)),
]  # fmt: skip


def bad_case(number: int, row: int, **values: str) -> dict[str, str]:
    """A new case like the good one, with other values."""
    fresh = {"Id": sf("case", number), "CaseNumber": f"{number:08d}", "ParentId": ""}
    return BASE["Case"][row] | fresh | values


OWNERS = [sf("user", 2), sf("user", 3), sf("group", 2)]


def other_subtype() -> Any:
    """A subtype of another reason of Legal."""
    return ReferralReason.objects.get(name="Suit or arbitration").subtypes.get(name="Small claims")


ASSIGNMENTS: list[tuple[dict[str, str], Rule]] = [
    ({"Department__c": "Nowhere"}, lambda d: d.assignment(department=None)),
    ({"Referral_Reason__c": "Nothing"}, lambda d: d.assignment(reason=None)),
    ({"Referral_Comments__c": ""}, lambda d: d.assignment(comments=" ")),
    ({"Referral_Subtype__c": "Small claims"}, lambda d: d.assignment(subtype=other_subtype())),
]
REVIEWS = [TEMPLATE, "x" * 1001]
OPENED = {
    "Name": "", "Status__c": "Open", "Resolution__c": "", "Completed_Date__c": "",
    "Assignee__c": "",
}  # fmt: skip


@pytest.fixture(scope="module")
def verdicts(moved: Moved, tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[str, str]]:
    """Field and procedure of every refused row by its ID, all bad rows imported at once."""
    folder = tmp_path_factory.mktemp("bad")
    assignment, (review, call) = BASE["Case_Assignment__c"][0], BASE["Task"]
    other = Account.objects.create(kind="installer", name="Other Org", external_id="OTHER")
    Contact.objects.create(account=other, name="Stranger", external_id="STRANGER")
    Queue.objects.get(name="Solar Care").memberships.all().delete()
    (folder / "map.toml").write_text('[user.role_of_case_owners]\nnone = ["*"]\n')
    cases = [bad_case(100 + n, row, **values) for n, (_, row, values, _) in enumerate(CASES)]
    cases += [bad_case(200 + n, HOME, OwnerId=owner) for n, owner in enumerate(OWNERS)]
    cases += [bad_case(300, HOME, Status="Closed", ClosedDate="2024-06-01 10:00:00")]
    write(
        folder,
        {
            "Case": [*BASE["Case"], *cases],
            "GroupMember": [BASE["GroupMember"][0]],
            "Case_Assignment__c": [
                *(assignment | OPENED | {"Id": sf("assignment", 100 + n)} | values
                  for n, (values, _) in enumerate(ASSIGNMENTS)),
                assignment | OPENED | {"Id": sf("assignment", 200), "Case__c": sf("case", 300)},
            ],
            "Task": [
                *(review | {"Id": sf("task", 100 + n), "Description": said}
                  for n, said in enumerate(REVIEWS)),
                call | {"Id": sf("task", 200), "WhoId": "STRANGER"},
            ],
        },
        leave="Attachment",
    )  # fmt: skip
    move_in(folder, map=folder / "map.toml")
    return {row["Id"][:15]: (row["field"], row["rule"]) for row in refused(folder)}


def verdict(rule: Callable[[], object]) -> tuple[str, str]:
    """Field and procedure of the rule's own refusal."""
    with pytest.raises(Refused) as screen:
        rule()
    return screen.value.field or "", screen.value.rule


Verdicts = dict[str, tuple[str, str]]


@pytest.mark.parametrize("number", range(len(CASES)), ids=[case[0] for case in CASES])
def test_a_bad_case(verdicts: Verdicts, number: int) -> None:
    rule = CASES[number][3]
    assert verdicts.get(sf("case", 100 + number)) == verdict(lambda: rule(Desk()))


@pytest.mark.parametrize("number", range(len(OWNERS)))
def test_an_owner_who_cannot_work_the_case(verdicts: Verdicts, number: int) -> None:
    owner, desk = OWNERS[number], Desk()
    to: User | Queue = (
        Queue.objects.get(name="Solar Care")
        if owner.startswith("00G")
        else User.objects.get(external_id__startswith=owner)
    )
    _, rule = verdict(lambda: change_owner(desk.case, to=to, by=desk.by))
    assert verdicts.get(sf("case", 200 + number)) == ("owner", rule)


def test_a_closed_case_with_an_open_assignment(verdicts: Verdicts) -> None:
    desk = Desk()
    desk.assignment()
    resolved = ClosedReason.objects.get(name="Resolved")
    expected = verdict(lambda: close(desk.case, reason=resolved, by=desk.by))
    assert verdicts[sf("case", 300)] == expected == ("", "X2")
    assert verdicts[sf("assignment", 200)] == ("case", "A1")
    assert not Case.objects.filter(number=300).exists()


@pytest.mark.parametrize("number", range(len(ASSIGNMENTS)))
def test_a_bad_assignment(verdicts: Verdicts, number: int) -> None:
    rule = ASSIGNMENTS[number][1]
    assert verdicts.get(sf("assignment", 100 + number)) == verdict(lambda: rule(Desk()))


@pytest.mark.parametrize("number", range(len(REVIEWS)))
def test_a_review_that_says_nothing_or_too_much(verdicts: Verdicts, number: int) -> None:
    desk = Desk()
    expected = verdict(lambda: log_review(desk.case, comments=REVIEWS[number], by=desk.by))
    assert verdicts.get(sf("task", 100 + number)) == expected


def test_an_interaction_with_somebody_of_another_account(verdicts: Verdicts) -> None:
    desk = Desk()
    stranger = Contact.objects.get(name="Stranger")
    expected = verdict(
        lambda: record_interaction(
            case=desk.case, contact=stranger, channel="phone", about="Hi", resolved=True, by=desk.by
        )
    )
    assert verdicts.get(sf("task", 200)) == expected


def test_nothing_else_is_refused(verdicts: Verdicts) -> None:
    assert len(verdicts) == len(CASES) + len(OWNERS) + len(ASSIGNMENTS) + len(REVIEWS) + 3
