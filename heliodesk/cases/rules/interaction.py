"""Logging an interaction with a customer (B1, B2), and what it does on a case (S3)."""

from __future__ import annotations

from typing import Any

from heliodesk.cases import access
from heliodesk.cases.models import Case, Channel, Interaction
from heliodesk.cases.rules.status import customer_replied
from heliodesk.core import audit, clock
from heliodesk.core.refusal import Refused
from heliodesk.core.rule import rule
from heliodesk.core.text import trimmed
from heliodesk.directory.models import Account, Contact, Contract
from heliodesk.feed import kinds
from heliodesk.feed.markdown import render
from heliodesk.feed.models import FeedItem
from heliodesk.feed.record import record
from heliodesk.people.access import Actor

TEXT_LIMIT, NAME_LIMIT = 20_000, 160  # characters


@rule("B1", "B2", "S3", "X6", "K7")
def record_interaction(
    *,
    account: Account | None = None,
    contact: Contact | None = None,
    contract: Contract | None = None,
    case: Case | None = None,
    channel: str,
    spoke_with: str = "",
    about: str,
    resolved: bool,
    by: Actor,
) -> Interaction:
    """Keep what was said, on an account, contact, contract or case; gives it.

    On a case it stands in the feed: one that awaits the customer's response becomes Awaiting
    Customer Support, the owner of any other open one is told (S3), a closed one just keeps it.
    Refuses for people outside of Support, without a channel or words, and for a contact or
    contract of another customer.
    """
    access.require_support(by=by, to="record an interaction")
    values = checked_words(channel, spoke_with or (contact.name if contact else ""), about)
    whose = checked_customer(account, contact, contract, case)
    interaction = Interaction.objects.create(
        case=case, resolved=resolved, at=clock.now(), by_id=by.person_id, **values, **whose
    )
    if case is None:
        note(interaction, by=by)
    else:
        customer_replied(case, item=tell(interaction, access.lock(case), by=by), by=by)
    return interaction


def tell(
    interaction: Interaction, case: Case, *, mentioning: tuple[str, str] | None = None, by: Actor
) -> FeedItem:
    """The interaction with its details in the feed of the case, with a mention before them:
    handle and name."""
    body = f"@{mentioning[0]} {interaction.about}" if mentioning else interaction.about
    return record(
        case,
        kinds.INTERACTION,
        body=body,
        body_html=render(body, dict([mentioning]) if mentioning else None),
        interaction=interaction.pk,
        channel=Channel(interaction.channel).label,
        spoke_with=interaction.spoke_with or case.customer_name,
        resolved=interaction.resolved,
        by=by,
    )


def note(interaction: Interaction, *, by: Actor) -> None:
    """What stands on no case is in the record of changes all the same (K4)."""
    audit.note(
        "interaction",
        "account",
        interaction.account_id,
        changes={"interaction": interaction.pk, "resolved": interaction.resolved},
        by=by,
    )


def checked_words(channel: str, spoke_with: str, about: str) -> dict[str, str]:
    """Channel, who and what about, as they are kept (B1)."""
    if channel not in Channel.values:
        raise _refused("channel_missing", "Choose phone, chat, email or web.", "channel")
    # PostgreSQL holds no NUL, and nobody typed one.
    about, spoke_with = (trimmed(text.replace("\x00", "")) for text in (about, spoke_with))
    if not about:
        raise _refused("about_missing", "Say what the interaction was about.", "about")
    for field, value, limit in (
        ("about", about, TEXT_LIMIT),
        ("spoke_with", spoke_with, NAME_LIMIT),
    ):
        if len(value) > limit:
            raise _refused("too_long", f"At most {limit:,} characters fit. Shorten it.", field)
    return {"channel": channel, "spoke_with": spoke_with, "about": about}


def checked_customer(
    account: Account | None, contact: Contact | None, contract: Contract | None, case: Case | None
) -> dict[str, Any]:
    """Whose interaction it is; the account follows from whatever was given (B1)."""
    account_id = next((a for a in _account_ids(account, contact, contract, case) if a), None)
    if account_id is None:
        raise _refused("nobody", "Say with which customer: find the account first.", "account")
    allowed = {account_id, case.installer_id if case else None}
    if contact is not None and contact.account_id not in allowed:
        raise _refused(
            "contact_of_another_account",
            f"{contact.name} is a contact of another account. Choose one of this customer's.",
            "contact",
        )
    if contract is not None and contract.account_id != account_id:
        raise _refused(
            "contract_of_another_account",
            f"Contract {contract} is another customer's. Choose one of this customer's.",
            "contract",
        )
    return {
        "account_id": account_id,
        "contact": contact or (case.contact if case else None),
        "contract": contract or (case.contract if case else None),
    }


def _account_ids(
    account: Account | None, contact: Contact | None, contract: Contract | None, case: Case | None
) -> tuple[int | None, ...]:
    return (
        case.account_id if case else None,
        account.pk if account else None,
        contract.account_id if contract else None,
        contact.account_id if contact else None,
    )


def _refused(code: str, message: str, field: str) -> Refused:
    return Refused(code, message, rule="B1", field=field)
