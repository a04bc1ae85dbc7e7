"""Request types and their subtypes for residential solar: leases, power purchase agreements
and loans, sold and installed by partner companies."""

from __future__ import annotations

from heliodesk.cases.defaults.shapes import RequestType

BILLING = RequestType(
    "Billing and payments",
    (
        "Bill higher than expected",
        "Autopay or payment method",
        "Payment not credited",
        "Late fee or past-due notice",
        "Payment arrangement",
        "Utility bill and true-up",
        "Escalator or rate question",
        "Refund or credit",
    ),
    for_installer=False,
)
PERFORMANCE = RequestType(
    "System performance",
    (
        "System not producing",
        "Production lower than expected",
        "Inverter fault",
        "Production guarantee claim",
        "Shading or soiling",
        "Battery or backup",
        "Storm damage",
    ),
    for_installer=False,
)
MONITORING = RequestType(
    "Monitoring and app",
    (
        "Gateway offline",
        "App sign-in",
        "Readings missing or wrong",
        "New internet service or router",
        "Consumption data",
        "Alert received",
    ),
    for_installer=False,
)
INSTALLATION = RequestType(
    "Installation",
    (
        "Installation date",
        "Permit or HOA approval",
        "Final inspection failed",
        "Permission to operate (PTO)",
        "Workmanship concern",
        "Work left unfinished",
        "Electrical panel upgrade",
    ),
)
SERVICE = RequestType(
    "Service and repair",
    (
        "Roof leak",
        "Panel removal and reinstallation",
        "Service visit",
        "Missed appointment",
        "Property damage",
        "Animals under the array",
        "Warranty replacement",
        "Noise or smell",
    ),
    for_installer=False,
)
CONTRACT = RequestType(
    "Contract changes",
    (
        "Cancellation request",
        "Add or remove a signer",
        "Name correction",
        "System design change",
        "Buyout or prepayment",
        "Contract terms question",
        "Expired or withdrawn approval",
    ),
)
TRANSFER = RequestType(
    "Transfer of ownership",
    (
        "Home sale: buyer takes over",
        "Buyer's credit application",
        "Payoff at closing",
        "Refinance and fixture filing",
        "Death of the homeowner",
        "Divorce or separation",
        "Foreclosure or bankruptcy",
    ),
    for_installer=False,
)
SALES_CONCERNS = RequestType(
    "Sales concerns",
    (
        "Promise not in the contract",
        "Savings not as quoted",
        "Signature disputed",
        "Sales rep does not answer",
        "Rebate or incentive not received",
        "Tax credit question",
        "Pressure or misrepresentation",
    ),
)
DOCUMENTS = RequestType(
    "Documents",
    (
        "Copy of the contract",
        "Tax papers",
        "Plans and permits",
        "Interconnection agreement",
        "Proof of insurance",
        "Warranty papers",
    ),
)
PROFILE = RequestType(
    "Contact details and consent",
    (
        "Phone or email change",
        "Mailing address change",
        "Authorised third party",
        "Do not contact",
        "Privacy request",
    ),
    for_installer=False,
)
COMPLAINTS = RequestType(
    "Complaints and legal",
    (
        "Escalated complaint",
        "Regulator or consumer agency",
        "Attorney letter",
        "Small claims or arbitration",
        "Safety concern",
    ),
)
PARTNER_PAYMENTS = RequestType(
    "Installer payments",
    (
        "Milestone payment missing",
        "Commission question",
        "Chargeback disputed",
        "Invoice rejected",
        "Funding hold",
    ),
    for_homeowner=False,
)
PARTNER_JOBS = RequestType(
    "Job and project",
    (
        "Job stuck in a phase",
        "Design revision",
        "Change order",
        "Document rejected in review",
        "Notice to proceed",
        "Inspection or utility paperwork",
    ),
    for_homeowner=False,
)
PARTNER_TOOLS = RequestType(
    "Installer tools and access",
    (
        "Portal access",
        "Proposal tool error",
        "Credit application error",
        "Contract resend",
        "Equipment list",
        "Training or onboarding",
    ),
    for_homeowner=False,
)

REQUEST_TYPES = (
    BILLING, PERFORMANCE, MONITORING, INSTALLATION, SERVICE, CONTRACT, TRANSFER, SALES_CONCERNS,
    DOCUMENTS, PROFILE, COMPLAINTS, PARTNER_PAYMENTS, PARTNER_JOBS, PARTNER_TOOLS,
)  # fmt: skip
