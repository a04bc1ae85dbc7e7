"""The statement behind `finding`, one arm a kind, and what each row says (V4)."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from heliodesk.cases.access import visible_cases
from heliodesk.cases.models import Status
from heliodesk.cases.queries.tones import TONES
from heliodesk.directory.models import ContractStatus
from heliodesk.directory.models.addresses import one_line
from heliodesk.directory.queries.finding_letters import having
from heliodesk.directory.queries.finding_sql import ID_BARE, ID_DIGITS
from heliodesk.directory.queries.finding_words import words_of, written
from heliodesk.people.access import Actor

_SIGNS = re.compile(r"[\W_]+")
PROGRESS = "In Progress - "  # says nothing where there is little room

ACCOUNTS = """
SELECT 'account', jsonb_build_array(a.id, a.name, a.kind, p.name, a.phone, a.street, a.city,
    a.state, a.postal_code)
FROM unnest(%(accounts)s::bigint[]) WITH ORDINALITY found (id, place)
JOIN directory_account a ON a.id = found.id LEFT JOIN directory_account p ON p.id = a.parent_id
ORDER BY place
"""
CASES = """
SELECT 'case', jsonb_build_array(c.number, c.customer_name, t.name, c.status, u.name, q.name)
FROM (
    SELECT DISTINCT ON (id) * FROM (
        SELECT 0 AS place, c.* FROM cases_case c WHERE c.number = %(number)s AND {seen}
        UNION ALL
        SELECT 1, c.* FROM unnest(%(from)s::bigint[], %(to)s::bigint[]) r (low, high), LATERAL (
            SELECT * FROM cases_case c WHERE c.number BETWEEN r.low AND r.high AND {seen}
            ORDER BY c.number LIMIT 4) c
        UNION ALL
        SELECT a.place, c.* FROM unnest(%(nearest)s::bigint[], %(places)s::int[]) a (id, place),
        LATERAL (
            SELECT * FROM cases_case c WHERE c.account_id = a.id
            AND c.contract_gap <> 'not_on_record' AND {seen}
            ORDER BY c.created_at DESC, c.id DESC LIMIT 8) c
        UNION ALL
        (SELECT 4, c.* FROM cases_case c WHERE c.contract_gap = 'not_on_record' AND {seen}
            AND {unknown} LIMIT %(most)s)
    ) arms ORDER BY id, place
) c
JOIN cases_requestsubtype t ON t.id = c.request_subtype_id
LEFT JOIN people_user u ON u.id = c.owner_agent_id
LEFT JOIN people_queue q ON q.id = c.owner_queue_id
ORDER BY c.place, c.status = 'closed', c.created_at DESC, c.id DESC LIMIT %(most)s
"""
CONTRACTS = f"""
SELECT 'contract', jsonb_build_array(t.contract_id, a.name, t.street, t.city, t.state,
    t.postal_code, t.status)
FROM (
    SELECT DISTINCT ON (id) * FROM (
        (SELECT 0 AS place, t.* FROM directory_contract t
         WHERE upper(t.contract_id) = ANY(%(ids)s::text[]) AND {{seen}} LIMIT %(most)s)
        UNION ALL
        (SELECT 1, t.* FROM directory_contract t
         WHERE upper(t.contract_id) ~>=~ %(upper)s AND upper(t.contract_id) ~<~ (%(upper)s || %(z)s)
         AND {{seen}} ORDER BY upper(t.contract_id) USING ~<~ LIMIT %(most)s)
        UNION ALL
        (SELECT CASE WHEN {ID_DIGITS} = %(id_digits)s THEN 1 ELSE 2 END, t.*
         FROM directory_contract t WHERE %(id_digits)s <> '' AND {ID_DIGITS} ~>=~ %(id_digits)s
         AND {ID_DIGITS} ~<=~ %(id_last)s AND {ID_BARE} LIKE %(id_bare)s
         AND {{seen}} ORDER BY {ID_DIGITS} USING ~<~ LIMIT %(most)s)
        UNION ALL
        (SELECT 3, t.* FROM directory_contract t
         WHERE t.account_id = ANY(%(nearest)s::bigint[]) AND {{seen}} LIMIT %(most)s)
    ) arms ORDER BY id, place
) t JOIN directory_account a ON a.id = t.account_id
ORDER BY t.place, array_position(%(nearest)s::bigint[], t.account_id), t.status, t.contract_id
LIMIT %(most)s
"""  # noqa: S608 - only constants are put in
JOBS = """
SELECT 'job', jsonb_build_array(j.job_id, j.installer_id, a.name, t.contract_id)
FROM (
    SELECT * FROM directory_job j WHERE upper(j.job_id) BETWEEN %(upper)s AND (%(upper)s || %(z)s)
    ORDER BY upper(j.job_id) LIMIT %(most)s
) j JOIN directory_account a ON a.id = j.installer_id
LEFT JOIN directory_contract t ON t.id = j.contract_id
"""
PEOPLE = """
SELECT 'person', jsonb_build_array(u.id, u.name, u.role)
FROM people_user u WHERE u.is_active AND u.role <> ''
    AND translate(u.name, '''’', '') ILIKE ALL(%(words)s)
ORDER BY u.name LIMIT %(most)s
"""
UNKNOWN = "desk_folded(c.customer_name || ' ' || c.property_address)"


@dataclass(frozen=True, slots=True)
class Record:
    """Something that was found: where it is, what it is called, and what it is. `case` is the
    number of a case, `tone` the colour of its status; `contract` the ID of a contract that a new
    case can be made on."""

    kind: str
    url: str
    title: str
    hint: str
    exact: bool = False
    case: str = ""
    status: str = ""
    tone: str = ""
    contract: str = ""


def statement(values: dict[str, Any], *, by: Actor) -> tuple[str, list[Any]]:
    """The statement for all kinds that `by` may find, with its parameters (K6)."""
    values = values | {"z": chr(0x10FFFF)}
    words = [written(word) for word in words_of(values["upper"])]
    unknown, patterns = having(UNKNOWN, words, "unknown_")
    values |= patterns
    case, contract = seen(values, by)
    arms = [
        CASES.replace("{seen}", case).replace("{unknown}", unknown or "false"),
        ACCOUNTS,
        CONTRACTS.replace("{seen}", contract),
        *([JOBS, PEOPLE] if by.is_support else []),
    ]
    named = " UNION ALL ".join(f"({arm})" for arm in arms)
    names = re.findall(r"%\((\w+)\)s", named)
    return re.sub(r"%\(\w+\)s", "%s", named), [values[name] for name in names]


def seen(values: dict[str, Any], by: Actor) -> tuple[str, str]:
    """The conditions that `by` may see a case `c`, and a contract `t` (K6)."""
    if by.is_support:
        return "true", "true"
    sql, params = visible_cases(by).values("pk").query.sql_with_params()
    values |= {f"k6_{at}": value for at, value in enumerate(params)}
    visible = sql % tuple(f"%(k6_{at})s" for at in range(len(params)))
    contract = f"SELECT 1 FROM cases_case k WHERE k.contract_id = t.id AND k.id IN ({visible})"  # noqa: S608 - values go beside it
    return f"c.id IN ({visible})", f"EXISTS ({contract})"


def _case(values: list[Any], typed: str) -> Record:
    number, customer, subtype, status, agent, queue = values
    short = str(Status(status).label).removeprefix(PROGRESS)
    exact = typed.isdecimal() and int(typed) == number
    return Record(
        "case", f"/cases/{number:08d}/", f"{number:08d} {customer}", f"{subtype}, {agent or queue}",
        exact, case=f"{number:08d}", status=short, tone=TONES[Status(status)],
    )  # fmt: skip


def _account(values: list[Any], typed: str) -> Record:
    key, name, kind, org, phone, *address = values
    what = "Org" if kind == "installer" else "Homeowner"
    parts = [what, phone, one_line(*address) or (org and f"of {org}")]
    url = f"/accounts/{key}/"
    hint = ", ".join(part for part in parts if part)
    return Record("account", url, name, hint, exact=typed == url)


def _contract(values: list[Any], typed: str) -> Record:
    name, homeowner, *address, status = values
    hint = ", ".join(filter(None, [one_line(*address), str(ContractStatus(status).label)]))
    return Record(
        "contract", f"/contracts/{name}/", f"{name} {homeowner}", hint,
        exact=_is_id(name, typed), contract=name,
    )  # fmt: skip


def _is_id(name: str, typed: str) -> bool:
    """Whether the ID was typed, with or without its signs; its digits alone may be another's."""
    bare = [_SIGNS.sub("", text.upper()) for text in (name, typed)]
    return name.upper() == typed.upper() or (bare[0] == bare[1] and not bare[1].isdecimal())


def _job(values: list[Any], typed: str) -> Record:
    name, org, org_name, contract = values
    hint = f"Job of {org_name}" + (f", {contract}" if contract else "")
    url = f"/contracts/{contract}/" if contract else f"/accounts/{org}/"
    return Record("job", url, name, hint, exact=_is_id(name, typed))


def _person(values: list[Any], typed: str) -> Record:
    key, name, _ = values
    return Record(
        "person", f"/cases/?all=owner_agent:is:{key}&all=open:is:yes", name, "Open cases of theirs"
    )


#: How a row of each kind is read, in the order in which kinds are shown.
RECORDS: dict[str, Callable[[list[Any], str], Record]] = {
    "case": _case,
    "account": _account,
    "contract": _contract,
    "job": _job,
    "person": _person,
}
