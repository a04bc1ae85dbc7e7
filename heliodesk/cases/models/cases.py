"""The case."""

from __future__ import annotations

from django.db import connection, models
from django.db.models import F, Func, Q

from heliodesk.cases.models.setup import CaseSource, RequestSubtype, RequestType
from heliodesk.directory.models import Account, Contact, Contract
from heliodesk.people.models import Queue, User


class CaseType(models.TextChoices):
    """Homeowner Support or Installer Support."""

    HOMEOWNER = "homeowner", "Homeowner Support"
    INSTALLER = "installer", "Installer Support"


class Status(models.TextChoices):
    """The five statuses (S)."""

    NEW = "new", "New"
    AWAITING_SUPPORT = "awaiting_support", "In Progress - Awaiting Customer Support"
    AWAITING_CUSTOMER = "awaiting_customer", "In Progress - Awaiting Customer Response"
    INTERNAL_REFERRAL = "internal_referral", "In Progress - Internal Referral"
    CLOSED = "closed", "Closed"


class Priority(models.IntegerChoices):
    """Normal or High; numbered so that the order of work (Q3) is a plain ascending sort."""

    HIGH = 1, "High"
    NORMAL = 2, "Normal"

    @classmethod
    def offered(cls) -> list[tuple[int, str]]:
        """The values as every form offers them, what most cases have first (H4)."""
        return [(one.value, str(one.label)) for one in (cls.NORMAL, cls.HIGH)]


class ContractGap(models.TextChoices):
    """Why a homeowner case has no contract (H1, N5)."""

    NONE = "", "Has its contract"
    NOT_ON_RECORD = "not_on_record", "Customer not on record"
    HISTORY = "history", "No contract (history)"


class CaseNumber(Func):
    """The next case number; imports keep theirs and move the sequence above them."""

    template = "nextval('cases_case_number')"
    output_field = models.BigIntegerField()


class Case(models.Model):
    """What one customer asked for, and how far it is. Its invariants are constraints below and
    in the migrations; it changes only by the rules in `heliodesk.cases.rules`."""

    number = models.BigIntegerField(unique=True, db_default=CaseNumber())
    case_type = models.CharField(max_length=20, choices=CaseType)
    status = models.CharField(max_length=24, choices=Status, default=Status.NEW)
    priority = models.SmallIntegerField(choices=Priority, default=Priority.NORMAL)

    account = models.ForeignKey(Account, models.PROTECT, related_name="cases", db_index=False)
    contact = models.ForeignKey(Contact, models.PROTECT, null=True, related_name="cases")
    contract = models.ForeignKey(Contract, models.PROTECT, null=True, related_name="cases")
    contract_gap = models.CharField(
        max_length=20, choices=ContractGap, default=ContractGap.NONE, blank=True
    )
    installer = models.ForeignKey(
        Account, models.PROTECT, null=True, related_name="installer_cases", db_index=False
    )
    installer_contact = models.ForeignKey(
        Contact, models.PROTECT, null=True, related_name="+", db_index=False
    )
    job_id = models.CharField(max_length=40, blank=True)

    # Kept on the row because lists sort and search by them: the homeowner's name (N5 or the
    # account's), the property address (the contract's), and how to reach somebody not on record.
    customer_name = models.CharField(max_length=200)
    property_address = models.CharField(max_length=400, blank=True)
    customer_phone = models.CharField(max_length=40, blank=True)
    customer_email = models.EmailField(blank=True)
    sales_rep_name = models.CharField(max_length=160, blank=True)
    sales_rep_email = models.EmailField(blank=True)

    request_type = models.ForeignKey(RequestType, models.PROTECT, related_name="+", db_index=False)
    request_subtype = models.ForeignKey(
        RequestSubtype, models.PROTECT, related_name="+", db_index=False
    )
    source = models.ForeignKey(CaseSource, models.PROTECT, related_name="+", db_index=False)
    description = models.TextField()

    owner_agent = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="owned_cases", db_index=False
    )
    owner_queue = models.ForeignKey(
        Queue, models.PROTECT, null=True, related_name="owned_cases", db_index=False
    )
    previous_case = models.ForeignKey("self", models.PROTECT, null=True, related_name="later_cases")

    created_at = models.DateTimeField()
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    last_modified_at = models.DateTimeField()
    last_modified_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", db_index=False
    )
    closed_at = models.DateTimeField(null=True)
    # L6: the latest review; L7: what its age is counted from.
    reviewed_at = models.DateTimeField(null=True)
    reviewed_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", db_index=False
    )
    review_comments = models.TextField(blank=True)
    review_due_from = models.DateTimeField()
    # W1: when the owner wants to come back to it, and what for. W2: whether anybody follows it.
    follow_up_at = models.DateTimeField(null=True)
    follow_up_for = models.CharField(max_length=200, blank=True, db_default="")
    is_followed = models.BooleanField(default=False, db_default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="case_type_is_known", condition=Q(case_type__in=CaseType.values)
            ),
            models.CheckConstraint(
                name="case_status_is_known", condition=Q(status__in=Status.values)
            ),
            models.CheckConstraint(
                name="case_priority_is_known", condition=Q(priority__in=Priority.values)
            ),
            models.CheckConstraint(
                name="case_contract_gap_is_known", condition=Q(contract_gap__in=ContractGap.values)
            ),
            models.CheckConstraint(
                name="case_owner_is_exactly_one",
                condition=Q(owner_agent=None, owner_queue__isnull=False)
                | Q(owner_agent__isnull=False, owner_queue=None),
            ),
            models.CheckConstraint(
                name="case_homeowner_has_contract",
                condition=Q(case_type=CaseType.INSTALLER)
                | Q(contract__isnull=False, contract_gap=ContractGap.NONE)
                | Q(contract=None) & ~Q(contract_gap=ContractGap.NONE),
            ),
            models.CheckConstraint(
                name="case_installer_has_no_contract",
                condition=Q(case_type=CaseType.HOMEOWNER) | Q(contract=None),
            ),
            models.CheckConstraint(
                name="case_homeowner_has_contact_and_installer",
                condition=Q(case_type=CaseType.INSTALLER)
                | ~Q(contract_gap=ContractGap.NONE)
                | Q(contact__isnull=False, installer__isnull=False),
            ),
            models.CheckConstraint(
                name="case_not_on_record_says_who",
                condition=~Q(contract_gap=ContractGap.NOT_ON_RECORD)
                | Q(contact=None)
                & ~Q(property_address="")
                & (~Q(customer_phone="") | ~Q(customer_email="")),
            ),
            models.CheckConstraint(
                name="case_installer_has_contact_or_sales_rep",
                condition=Q(case_type=CaseType.HOMEOWNER)
                | Q(contract_gap=ContractGap.HISTORY)
                | Q(contact__isnull=False)
                | ~Q(sales_rep_name="") & ~Q(sales_rep_email=""),
            ),
            models.CheckConstraint(
                name="case_installer_is_the_account",
                condition=Q(case_type=CaseType.HOMEOWNER)
                | Q(installer__isnull=False, installer=F("account")),
            ),
            models.CheckConstraint(name="case_has_description", condition=~Q(description="")),
            models.CheckConstraint(name="case_has_customer_name", condition=~Q(customer_name="")),
            models.CheckConstraint(
                name="case_closed_has_time",
                condition=Q(status=Status.CLOSED, closed_at__isnull=False)
                | ~Q(status=Status.CLOSED) & Q(closed_at=None),
            ),
            models.CheckConstraint(
                name="case_review_is_whole",
                condition=Q(reviewed_at=None, review_comments="")
                | Q(reviewed_at__isnull=False) & ~Q(review_comments=""),
            ),
            models.CheckConstraint(
                name="case_follow_up_is_whole",
                condition=Q(follow_up_at=None, follow_up_for="")
                | Q(follow_up_at__isnull=False) & ~Q(follow_up_for=""),
            ),
        ]
        indexes = [
            # The order of work of a queue (Q3).
            models.Index(
                fields=["owner_queue", "priority", "created_at", "id"],
                name="case_order_of_work",
                condition=~Q(status="closed") & Q(owner_queue__isnull=False),
            ),
            models.Index(
                fields=["owner_agent", "review_due_from", "id"],
                name="case_open_by_owner",
                condition=~Q(status="closed") & Q(owner_agent__isnull=False),
            ),
            # With what matching cases are chosen by (B4), so that only those are read.
            models.Index(
                fields=["account", "-created_at", "-id"],
                include=["request_type"],
                name="case_by_account",
            ),
            models.Index(
                fields=["installer", "-created_at", "-id"],
                include=["request_type"],
                name="case_by_installer",
            ),
            # With what dashboards count by (V5), so that they read no row for it.
            models.Index(
                fields=["-created_at", "-id"],
                include=["request_type", "case_type", "owner_agent", "owner_queue"],
                name="case_by_created",
            ),
            models.Index(
                fields=["follow_up_at"],
                name="case_follow_up_due",
                condition=~Q(status="closed") & Q(follow_up_at__isnull=False),
            ),
            models.Index(
                fields=["id"], name="case_not_on_record", condition=Q(contract_gap="not_on_record")
            ),
        ]

    def __str__(self) -> str:
        return self.display_number

    def get_absolute_url(self) -> str:
        """The address of the case's page."""
        return f"/cases/{self.display_number}/"

    @property
    def display_number(self) -> str:
        """The case number as people know it, eight digits."""
        return f"{self.number:08d}"

    @property
    def is_closed(self) -> bool:
        """True while a closure stands."""
        return self.status == Status.CLOSED


def next_case_number() -> int:
    """Take the next number from the sequence."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('cases_case_number')")
        row = cursor.fetchone()
    return int(row[0])
