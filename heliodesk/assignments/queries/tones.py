"""The statuses of assignments as the status mark names its tones."""

from __future__ import annotations

from heliodesk.assignments.models import AssignmentStatus

TONES = {
    AssignmentStatus.OPEN: "new",
    AssignmentStatus.ACCEPTED: "response",
    AssignmentStatus.COMPLETED: "done",
    AssignmentStatus.REJECTED: "support",
    AssignmentStatus.RETURNED: "support",
    AssignmentStatus.WITHDRAWN: "closed",
}
