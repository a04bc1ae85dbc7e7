"""Closed reasons, case sources, the two queues and the settings a new desk starts with."""

from __future__ import annotations

from heliodesk.cases.defaults.shapes import CaseSource, ClosedReason, Queue, Settings

CLOSED_REASONS = (
    ClosedReason("Resolved", "The request is done, and the customer knows."),
    ClosedReason("Information given", "The answer was all that was needed."),
    ClosedReason("Customer unresponsive", "No answer after the attempts that the SOP asks for."),
    ClosedReason("Withdrawn by customer", "The customer no longer wants it."),
    ClosedReason("Handled by installer", "The installer does the rest and has confirmed it."),
    ClosedReason("Not our responsibility", "Utility, authority or a third party; customer told."),
    ClosedReason("Contract cancelled", "The contract ended, and the request with it."),
    ClosedReason(
        "Case Voided",
        "Opened in error, or rejected or returned by the Resolution Specialist (A6).",
        voids=True,
    ),
    ClosedReason("Duplicate", "Merged into another case (X7).", system_only=True),
)

CASE_SOURCES = (
    CaseSource("Phone", "phone"),
    CaseSource("Chat", "chat"),
    CaseSource("Email", "email"),
    CaseSource("Web", "web"),
    CaseSource("Letter"),
    CaseSource("Social media"),
    CaseSource("Internal"),
)

QUEUES = (
    Queue(
        "Back Office Task Queue – Homeowner",
        "homeowner",
        "Homeowner cases that wait for a back-office agent, high priority and oldest first.",
    ),
    Queue(
        "Back Office Task Queue – Installer",
        "installer",
        "Installer cases that wait for a back-office agent, high priority and oldest first.",
    ),
)

# What runs when it is opened: a file of these types never reaches a colleague's machine (G1).
REFUSED_FILE_TYPES = (
    "exe", "msi", "bat", "cmd", "com", "scr", "pif", "ps1", "vbs", "vbe", "js", "jse", "wsf",
    "hta", "cpl", "dll", "jar", "lnk", "reg", "iso", "img", "apk", "app", "dmg", "docm", "xlsm",
)  # fmt: skip

ESCALATION_TEXT = """\
Escalate when a customer asks for a manager a second time, when a promise of ours was missed, when \
anybody's safety is in question, or when a regulator, an attorney or the press is mentioned.

Before you hand the case over:

- **Safety first.** Burning smell, smoke, shock or a loose panel: have the customer stay away from \
it and switch off at the disconnect only if it is safe. Set the priority to High.
- Say to the customer what happens next, who will call, and by when. Promise no amount and no date \
that is not yours to give.
- Write in the reason: what was promised and by whom, what the customer wants, the best number and \
hours for a call back.

The owner who takes an escalation calls back within one working day."""

SETTINGS = Settings(
    refused_file_types=REFUSED_FILE_TYPES,
    escalation_text=ESCALATION_TEXT,
)
