"""SOP texts for what installers ask."""

from __future__ import annotations

from heliodesk.cases.defaults.shapes import Sop

PARTNER = (
    Sop(
        "Installer payments",
        "Milestone payment missing",
        """\
1. Job ID first. Is the milestone approved in Engine, or still in review?
2. Approved before Tuesday noon is paid on Friday. A hold shows its reason: tell the installer.
3. Approved, no hold, not paid: ask for the remittance, and refer.""",
        "Sales",
        "Installer relationship",
    ),
    Sop(
        "Installer payments",
        "Commission question",
        "The Org explains commissions to its own reps. The Org itself asks: refer with job IDs.",
        "Sales",
        "Commission question",
    ),
    Sop(
        "Installer payments",
        "Funding hold",
        "Name the hold's reason and what lifts it. Licence or insurance lapsed: refer.",
        "Compliance",
        "Installer licence or insurance",
    ),
    Sop(
        "Job and project",
        "Job stuck in a phase",
        """\
1. Which task is open, since when, and whose is it?
2. Ours over two working days: ask the team in the job's feed. Theirs: say what is missing.""",
    ),
    Sop(
        "Job and project",
        "Change order",
        "Old and new values side by side, signed by the homeowner. No panel goes up before it.",
        "DP",
        "Change order",
    ),
    Sop(
        "Job and project",
        "Document rejected in review",
        "Read the reviewer's note to the installer, word by word. They disagree: refer it.",
        "DP",
        "Document rejected in review",
    ),
    Sop(
        "Installer tools and access",
        "Portal access",
        """\
Support finishes this alone. The Org's administrator adds people; we reset only that \
administrator, after a call back to the number on the account.""",
    ),
    Sop(
        "Installer tools and access",
        "Contract resend",
        "Check name and email letter by letter. Signed contracts are never resent: send a copy.",
        "DP",
        "Contract document",
    ),
)
