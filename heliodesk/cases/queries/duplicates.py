"""Existing cases that may be the same issue, best first (B4)."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from heliodesk.cases.access import visible_cases
from heliodesk.cases.models import RequestSubtype, RequestType, Status
from heliodesk.cases.queries.duplicates_sql import (
    OF_ACCOUNT,
    OF_CONTACT,
    OF_NAME,
    OF_ORG_ITSELF,
    OF_WHOLE_ORG,
    statement,
)
from heliodesk.cases.queries.tones import TONES
from heliodesk.directory.models import Account, Contact, Contract
from heliodesk.people.access import Actor

SHOWN = 8
#: So much of a description is compared: what the issue is stands at its start.
COMPARED = 600

#: Why a case matches, the strongest word of each group.
WHY = (
    {
        "same_contract": "same contract",
        "same_customer": "same homeowner",
        "same_contact": "same contact",
        "same_name": "same name, not on record",
        "same_org": "same Org",
    },
    {"same_subtype": "same subtype", "same_type": "same type"},
    {"alike": "worded alike"},
)


@dataclass(frozen=True, slots=True)
class MatchingCase:
    """A case that may be the same issue, with the words for why. The names of contract, request
    and owner are there only where they were asked for."""

    pk: int
    number: int
    status: str
    case_type: str
    customer: str
    description: str
    created_at: datetime
    why: tuple[str, ...]
    contract: str = ""
    request: str = ""
    owner: str = ""

    @property
    def display_number(self) -> str:
        """The case number as people know it."""
        return f"{self.number:08d}"

    @property
    def is_open(self) -> bool:
        """Open ones have to be looked at before another is opened (B6)."""
        return self.status != Status.CLOSED

    @property
    def tone(self) -> str:
        """The status as the status mark names its tones."""
        return TONES[Status(self.status)]

    @property
    def status_label(self) -> str:
        """The status in full."""
        return Status(self.status).label


@dataclass(frozen=True, slots=True)
class Issue:
    """What is known of the issue so far, by IDs; the more, the better the matches. `name` is that
    of a customer who is not on record (N5)."""

    account: int | None = None
    contract: int | None = None
    contact: int | None = None
    org: int | None = None
    type: int | None = None
    subtype: int | None = None
    description: str = ""
    name: str = ""

    @property
    def of_homeowner(self) -> bool:
        """Whether it is a homeowner's issue, on record or not."""
        return self.account is not None or bool(self.name.strip())


def matching_cases(
    *,
    contract: Contract | None = None,
    account: Account | None = None,
    contact: Contact | None = None,
    org: Account | None = None,
    request_type: RequestType | None = None,
    subtype: RequestSubtype | None = None,
    description: str = "",
    name: str = "",
    by: Actor,
    limit: int = SHOWN,
    named: bool = True,
) -> list[MatchingCase]:
    """The cases which may be the same issue, open before closed and best first (B4).

    Those of the customer (contract, homeowner account, contact; `name` where not on record)
    always count; others of the Org where subtype and wording are alike, for an installer's issue
    the Org's own also by one of them. Only cases that `by` may see (K6). Not `named`, they lack
    the names of contract, request and owner, which saves half the time.
    """
    account = account or (contract.account if contract else None)
    issue = Issue(
        account=account.pk if account and not account.is_installer else None,
        contract=contract.pk if contract else None,
        contact=contact.pk if contact else None,
        org=_org_id(contract, account, org),
        type=request_type.pk if request_type else None,
        subtype=subtype.pk if subtype else None,
        description=description,
        name=name,
    )
    return matching(issue, by=by, limit=limit, named=named)


def matching(
    issue: Issue, *, by: Actor, limit: int = SHOWN, named: bool = True
) -> list[MatchingCase]:
    """The same for an issue given by IDs, such as a form that is being filled in."""
    arms = _arms(issue)
    if not arms:
        return []
    visible, seen = _visible(by)
    known = asdict(issue) | {
        "description": issue.description.strip().replace("\0", "")[:COMPARED],
        "name": issue.name.strip().replace("\0", "")[:COMPARED],
        "limit": 2 * limit,  # what two arms found comes twice
    }
    sql = statement(arms, of_homeowner=issue.of_homeowner, named=named, visible=visible)
    with connection.cursor() as cursor:
        cursor.execute(sql, known | seen)
        names = [column.name for column in cursor.description or ()]
        found = [_row(dict(zip(names, row, strict=True))) for row in cursor.fetchall()]
    return list({match.pk: match for match in found}.values())[:limit]


def _arms(issue: Issue) -> list[str]:
    """Where to look: with the customer, and at the Org once the type is known."""
    arms = []
    if issue.account is not None:
        arms.append(OF_ACCOUNT)
    elif issue.contact is not None:
        arms.append(OF_CONTACT)
    if issue.org is not None and issue.type is not None:
        arms.append(OF_ORG_ITSELF if issue.of_homeowner else OF_WHOLE_ORG)
    if issue.org is not None and issue.name.strip():
        arms.append(OF_NAME)
    return arms


def _visible(by: Actor) -> tuple[str, dict[str, Any]]:
    """The statement for the IDs of the cases that `by` may see, with its parameters; empty where
    K6's predicate leaves nobody out."""
    query = visible_cases(by).values("pk").query
    if not query.where:
        return "", {}
    sql, params = query.sql_with_params()
    seen = {f"visible{at}": value for at, value in enumerate(params)}
    return sql % tuple(f"%({name})s" for name in seen), seen


def _org_id(contract: Contract | None, account: Account | None, org: Account | None) -> int | None:
    """The Org given; or the contract's; or the account where it is one itself, or its parent."""
    if org is not None:
        return org.pk
    if contract is not None:
        return contract.installer_id
    if account is not None:
        return account.pk if account.is_installer else account.parent_id
    return None


def _row(found: dict[str, Any]) -> MatchingCase:
    hits = [[words for name, words in group.items() if found.pop(name)] for group in WHY]
    why = tuple(words[0] for words in hits if words)
    return MatchingCase(why=why, **found)
