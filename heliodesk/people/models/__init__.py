from heliodesk.people.models.choices import Choice
from heliodesk.people.models.departments import (
    Department,
    DepartmentMembership,
    FollowUpContact,
    ReferralReason,
    ReferralSubtype,
    Topic,
)
from heliodesk.people.models.desk_settings import DeskSettings, PasswordSignIn, SecondFactor
from heliodesk.people.models.invitations import Invitation
from heliodesk.people.models.queues import Queue, QueueMembership
from heliodesk.people.models.single_sign_on import GroupMapping, IdentityProvider, ProviderKind
from heliodesk.people.models.users import MailWanted, Role, User

__all__ = [
    "Choice",
    "Department",
    "DepartmentMembership",
    "DeskSettings",
    "FollowUpContact",
    "GroupMapping",
    "IdentityProvider",
    "Invitation",
    "MailWanted",
    "PasswordSignIn",
    "ProviderKind",
    "Queue",
    "QueueMembership",
    "ReferralReason",
    "ReferralSubtype",
    "Role",
    "SecondFactor",
    "Topic",
    "User",
]
