from heliodesk.people.models.departments import (
    Department,
    DepartmentMembership,
    FollowUpContact,
    ReferralReason,
    ReferralSubtype,
    Topic,
)
from heliodesk.people.models.desk_settings import DeskSettings
from heliodesk.people.models.queues import Queue, QueueMembership
from heliodesk.people.models.users import MailWanted, Role, User

__all__ = [
    "Department",
    "DepartmentMembership",
    "DeskSettings",
    "FollowUpContact",
    "MailWanted",
    "Queue",
    "QueueMembership",
    "ReferralReason",
    "ReferralSubtype",
    "Role",
    "Topic",
    "User",
]
