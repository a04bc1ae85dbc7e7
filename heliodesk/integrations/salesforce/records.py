"""One row of an export as a record of the desk, checked as the directory's rules check it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation

from heliodesk.core.refusal import Refused
from heliodesk.directory.models import ContactRole
from heliodesk.directory.rules import details, refusals
from heliodesk.directory.rules.refusals import refused
from heliodesk.integrations.salesforce.files import Export
from heliodesk.integrations.salesforce.ids import eighteen
from heliodesk.integrations.salesforce.mapping import Columns
from heliodesk.integrations.salesforce.moving_in.values import as_people_write

TRUE = {"1", "true", "yes", "y"}
DAYS: tuple[Callable[[str], date], ...] = (
    date.fromisoformat,
    lambda text: datetime.fromisoformat(text).date(),
    lambda text: datetime.strptime(text, "%m/%d/%Y").replace(tzinfo=UTC).date(),
    lambda text: datetime.strptime(text, "%m/%d/%y").replace(tzinfo=UTC).date(),
    lambda text: datetime.strptime(text, "%d.%m.%Y").replace(tzinfo=UTC).date(),
)
LARGEST_SYSTEM = Decimal("99999.99")


@dataclass(frozen=True, slots=True)
class Staged:
    """A row as it goes to PostgreSQL. `values` are the columns of its staging table; a row that
    is refused on its own carries only its ID, so that others can be told apart from it."""

    subject: str
    file: str
    line: int
    values: dict[str, str | None] = field(default_factory=dict)
    refusal: Refused | None = None


def staged(export: Export) -> Iterator[Staged]:
    """The records of every row; a person account also gives its contact."""
    columns, name = export.columns, export.path.name
    make = MAKERS[columns.subject]
    for line, row in export.rows():
        try:
            require_whole(row, columns)
            for subject, values in make(row, columns):
                yield Staged(subject, name, line, values)
        except Refused as refusal:
            yield Staged(columns.subject, name, line, {"external_id": ""}, refusal)


def require_whole(row: list[str], columns: Columns) -> None:
    """Refuse a row with more or fewer fields than the header."""
    if len(row) != len(columns.header):
        raise refused(
            "row_not_whole",
            f"The row has {len(row)} fields, the header {len(columns.header)}. "
            "Look for a comma or quotation mark that is not quoted.",
        )


Made = Iterator[tuple[str, dict[str, str | None]]]


def account(row: list[str], columns: Columns) -> Made:
    """An account; from a person account also the person."""
    get = columns.get
    person = get(row, "is_person").lower() in TRUE
    texts = details.cleaned(
        details.ACCOUNT,
        {
            "external_id": external_id(row, columns),
            "name": full_name(row, columns),
            "phone": get(row, "phone"),
            "email": get(row, "email"),
        }
        | columns.address(row),
    )
    said = get(row, "kind")
    kind = "homeowner" if person else columns.meaning("kinds", said)
    yield (
        "account",
        {
            **texts,
            "kind": kind,
            "kind_said": "" if kind else said,
            "parent_ref": reference(get(row, "parent")),
            "account_manager": eighteen(get(row, "account_manager")),
            "sales_manager": eighteen(get(row, "sales_manager")),
            "created_at": moment(get(row, "created_at")),
        },
    )
    if person:
        yield ("contact", _its_person(texts, eighteen(get(row, "person_contact"))))


def _its_person(account: Mapping[str, str], external_id: str) -> dict[str, str | None]:
    """The person that a person account is, who has no row of their own."""
    said = {name: account[name] for name in ("name", "phone", "email")}
    return {
        "external_id": external_id or account["external_id"],
        "account_ref": account["external_id"],
        "role": ContactRole.PRIMARY_SIGNER,
        "of_person_account": "true",
        **details.cleaned(details.CONTACT, said),
    }


def contact(row: list[str], columns: Columns) -> Made:
    """A person of an account. A role that is not told is left open."""
    get = columns.get
    said = get(row, "role")
    role = columns.meaning("roles", said) or (ContactRole.OTHER if said else "")
    texts = details.cleaned(
        details.CONTACT,
        {
            "external_id": external_id(row, columns),
            "name": full_name(row, columns),
            "phone": get(row, "phone"),
            "email": get(row, "email"),
        },
    )
    account_ref = reference(get(row, "account"))
    yield (
        "contact",
        {
            **texts,
            "account_ref": account_ref,
            "role": role,
            "of_person_account": "false",
            "is_active": get(row, "active").lower() or None,
            "created_at": moment(get(row, "created_at")),
        },
    )


def contract(row: list[str], columns: Columns) -> Made:
    """A contract. Without a status column it is active."""
    get = columns.get
    status = "" if "status" in columns.positions else "active"
    status = status or columns.meaning("statuses", get(row, "status"))
    if not status:
        raise refusals.contract_status_unknown()
    texts = details.cleaned(
        details.CONTRACT,
        {"external_id": eighteen(get(row, "external_id")), "contract_id": get(row, "contract_id")}
        | columns.address(row),
    )
    yield (
        "contract",
        {
            **texts,
            "account_ref": reference(get(row, "account")),
            "status": status,
            "signed_on": day(get(row, "signed_on")),
            "system_size_kw": size(get(row, "system_size_kw")),
            "installer_ref": reference(get(row, "installer")),
            "created_at": moment(get(row, "created_at")),
        },
    )


MAKERS: dict[str, Callable[[list[str], Columns], Made]] = {
    "account": account,
    "contact": contact,
    "contract": contract,
}


def external_id(row: list[str], columns: Columns) -> str:
    """The record's ID, without which a later run would not know it again."""
    found = eighteen(columns.get(row, "external_id"))
    if not found:
        raise refused("id_missing", "The row has no Id. Export that column.", "external_id")
    return found


def full_name(row: list[str], columns: Columns) -> str:
    """The name, or first and last name."""
    get = columns.get
    return get(row, "name") or f"{get(row, 'first_name')} {get(row, 'last_name')}"


def reference(value: str) -> str:
    """What names another account: its ID, or its name, as a report has it."""
    return " ".join(eighteen(value).split())


def day(value: str) -> str | None:
    """A day as PostgreSQL reads it; month before day where slashes part them."""
    if not value:
        return None
    for read in DAYS:
        try:
            return read(value).isoformat()
        except ValueError:
            continue
    raise refused(
        "day_unreadable",
        f"“{value[:40]}” is not a day. Write it like 2026-03-31 or 3/31/2026.",
        "signed_on",
    )


def moment(value: str) -> str | None:
    """When the record was made, as PostgreSQL reads it; nothing where it cannot be read."""
    try:
        made = datetime.fromisoformat(value)
    except ValueError:
        if (written := as_people_write(value)) is None:
            return None
        made = written
    return (made if made.tzinfo else made.replace(tzinfo=UTC)).isoformat()


def size(value: str) -> str | None:
    """A system size in kW as PostgreSQL reads it."""
    if not value:
        return None
    try:
        kilowatts = Decimal(value.lower().removesuffix("kw").replace(",", "").strip())
        fits = 0 <= kilowatts <= LARGEST_SYSTEM
    except InvalidOperation:
        fits = False
    if not fits:
        raise refused(
            "size_unreadable",
            f"“{value[:40]}” is not a system size in kW. Write it like 7.2.",
            "system_size_kw",
        )
    return str(round(kilowatts, 2))
