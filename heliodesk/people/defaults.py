"""The departments that a new desk starts with. Data only: an administrator edits them from
the first day, and `load_defaults` adds what is missing without touching what is there."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Reason:
    """A referral reason of a department, with its subtypes where it has any (A1)."""

    name: str
    subtypes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Department:
    """A boundary team: what it is asked for, and how it works (A6, F1)."""

    name: str
    description: str
    reasons: tuple[Reason, ...]
    topics: tuple[str, ...] = ()
    tags_first_active_contact: bool = False
    voids_case_when_refused: bool = False
    asks_for_managers: bool = False


DP = Department(
    "DP",
    "Document processing: contracts, change orders, title papers and identity documents that "
    "have to be read, corrected, signed or filed before anything else can go on.",
    (
        Reason("Contract document", ("Copy for the homeowner", "Missing page", "Resend to sign")),
        Reason("Change order", ("Design", "Equipment", "Price or rate", "Adder")),
        Reason("Signer correction", ("Name", "Add co-signer", "Remove co-signer", "Email address")),
        Reason("Transfer documents", ("Transfer agreement", "Death certificate", "Trust papers")),
        Reason("Lien filing (UCC-1)", ("Terminate for refinance", "Refile", "Release letter")),
        Reason("Document rejected in review"),
    ),
)
RESOLUTION = Department(
    "Resolution Specialist",
    "Disputes that need one person to the end: complaints, cancellations with a dispute, "
    "goodwill above an agent's limit. What it rejects or returns should be closed as Case Voided.",
    (
        Reason("Escalated complaint", ("Public review", "Consumer agency", "Executive letter")),
        Reason("Cancellation dispute", ("Before installation", "After installation")),
        Reason("Goodwill or credit above limit", ("Bill credit", "Payment waived", "Repair cost")),
        Reason("Workmanship dispute with the installer"),
        Reason("Mediation with homeowner and installer"),
    ),
    voids_case_when_refused=True,
)
COMPLIANCE = Department(
    "Compliance",
    "Conduct of sales and service, consumer protection, licences and privacy. It decides "
    "whether a sale stands up, and answers regulators.",
    (
        Reason(
            "Sales conduct",
            ("Signature disputed", "False promise", "Pressure or vulnerable adult", "Language"),
        ),
        Reason("Regulator or consumer agency", ("New complaint", "Answer due", "Closing letter")),
        Reason("Privacy request", ("Access", "Deletion", "Do not contact")),
        Reason("Installer licence or insurance", ("Expired", "Wrong class", "Not in this state")),
        Reason("Suspected identity theft"),
    ),
)
CREDIT_TITLE = Department(
    "C&T",
    "Credit and title: credit decisions, buyers who take over a contract, ownership of the "
    "property, liens and payoffs.",
    (
        Reason("Transfer of ownership", ("Buyer's credit", "Assumption", "Inheritance", "Divorce")),
        Reason("Title check", ("Owner does not match", "Trust or company owns", "New deed")),
        Reason("Payoff or prepayment quote", ("Sale of the home", "Refinance", "Buyout")),
        Reason("Credit decision", ("Second look", "Co-signer added", "Expired approval")),
        Reason("Fixture filing at refinance", ("Subordination", "Temporary release")),
    ),
)
SALES = Department(
    "Sales",
    "The sales organisation, through the Account Manager and the Sales Manager of the Org: "
    "promises made, commissions, and what only the seller can answer.",
    (
        Reason("Promise outside the contract", ("Savings", "Rebate", "Free months", "Roof work")),
        Reason("Sales rep does not answer"),
        Reason("Commission question", ("Missing", "Amount", "Charged back")),
        Reason("Installer relationship", ("New contact person", "Performance", "Off-boarding")),
        Reason("Redesign before installation", ("Smaller system", "Larger system", "Battery")),
    ),
    asks_for_managers=True,
)
RISK = Department(
    "Risk",
    "Fraud, safety and exposure: anything that may hurt a person, a house or the fund that "
    "owns the systems.",
    (
        Reason("Suspected fraud", ("Identity", "Forged document", "Payment")),
        Reason("Safety", ("Fire or burning smell", "Electric shock", "Loose panel or racking")),
        Reason("Property damage claim", ("Roof", "Interior", "Electrical", "Landscape")),
        Reason("Installer exposure", ("Out of business", "Unpaid subcontractor", "Lien on a home")),
        Reason("Insurance", ("Storm loss", "Certificate", "Subrogation")),
    ),
)
REVENUE = Department(
    "Revenue Protection",
    "Accounts past due, systems cut off or tampered with, foreclosure and bankruptcy.",
    (
        Reason("Past due", ("31 to 60 days", "61 to 90 days", "Over 90 days")),
        Reason("Payment arrangement", ("New", "Broken", "Hardship")),
        Reason("Returned or disputed payment", ("Returned by the bank", "Card dispute")),
        Reason("System removed or switched off", ("By homeowner", "By a third party")),
        Reason("Foreclosure or bankruptcy", ("Notice received", "Discharge", "Bank owned")),
    ),
)
OPERATIONS = Department(
    "Operations and Maintenance",
    "Systems after permission to operate: diagnosis, field service, warranty, and work the "
    "service partner does. Topics say who follows up.",
    (
        Reason(
            "System not producing", ("Inverter", "Tripped breaker", "Utility outage", "Unknown")
        ),
        Reason("Low production", ("Panel-level fault", "Shading", "Soiling", "Guarantee claim")),
        Reason("Monitoring", ("Gateway offline", "Wrong readings", "Replace the gateway")),
        Reason("Field visit", ("Schedule", "Missed appointment", "Return visit")),
        Reason("Roof leak", ("At a penetration", "Near the array", "After a storm")),
        Reason("Panel removal and reinstallation", ("Quote", "Schedule", "Reinstall")),
        Reason("Warranty replacement", ("Panel", "Inverter", "Battery", "Gateway")),
    ),
    topics=("Omnidian", "Workout Plans"),
    tags_first_active_contact=True,
)
LEGAL = Department(
    "Legal",
    "Attorney letters, suits, subpoenas, and contract language nobody else may interpret.",
    (
        Reason("Attorney letter", ("Represented homeowner", "Demand", "Cease and desist")),
        Reason("Suit or arbitration", ("Small claims", "Arbitration demand", "Served papers")),
        Reason("Subpoena or records request"),
        Reason("Estate and power of attorney", ("Executor", "Guardian", "Power of attorney")),
        Reason("Contract interpretation", ("Rescission", "Assignment", "Escalator", "Warranty")),
    ),
)

DEPARTMENTS = (
    DP, RESOLUTION, COMPLIANCE, CREDIT_TITLE, SALES, RISK, REVENUE, OPERATIONS, LEGAL,
)  # fmt: skip
