"""The statuses as the status mark names its tones."""

from __future__ import annotations

from heliodesk.cases.models import Status

TONES = {
    Status.NEW: "new",
    Status.AWAITING_SUPPORT: "support",
    Status.AWAITING_CUSTOMER: "response",
    Status.INTERNAL_REFERRAL: "referral",
    Status.CLOSED: "closed",
}
