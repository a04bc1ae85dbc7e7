"""The shared quick texts that a new desk starts with; a supervisor keeps them from there."""

from __future__ import annotations

QUICK_TEXTS = {
    "Review: waiting for the customer": (
        "Current Status: asked {customer} for what is missing on {today}.\n"
        "Pending Action Items: their answer.\n"
        "Pending Action Owner: {owner}"
    ),
    "Review: waiting for a department": (
        "Current Status: referred, see the Case Assignments.\n"
        "Pending Action Items: the department's answer; follow up when it is late.\n"
        "Pending Action Owner: {owner}"
    ),
    "Left a voicemail": (
        "Called {contact} about {subtype} and left a voicemail with the case number {case}. "
        "Next attempt on the next working day."
    ),
    "No answer, third attempt": (
        "Third call to {contact} without an answer. Sent a mail that asks them to call us about "
        "case {case}."
    ),
    "Call back promised": (
        "Promised {contact} a call back about {subtype}. What they want to know:\n- \n"
        "Best number and hours:\n- "
    ),
    "Asked the installer": (
        "Asked {installer} about {contract}, {address}:\n- What was agreed?\n- By when?"
    ),
    "Resolution: explained and agreed": (
        "Explained to {customer} how {subtype} works, and they agree. Nothing is left to do."
    ),
    "Documents needed": (
        "To go on with {contract} we need from {customer}:\n- \n- \n"
        "They can reply to our mail or put the files into the portal."
    ),
}
