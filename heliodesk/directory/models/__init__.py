from heliodesk.directory.models.accounts import Account, AccountKind
from heliodesk.directory.models.addresses import PropertyAddress
from heliodesk.directory.models.contacts import Contact, ContactRole
from heliodesk.directory.models.contracts import Contract, ContractStatus
from heliodesk.directory.models.jobs import Job
from heliodesk.directory.models.name_words import NameWord

__all__ = [
    "Account",
    "AccountKind",
    "Contact",
    "ContactRole",
    "Contract",
    "ContractStatus",
    "Job",
    "NameWord",
    "PropertyAddress",
]
