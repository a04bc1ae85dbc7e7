"""What the desk holds of a homeowner, table by table: what is exported, and what becomes of it when
they are erased.

An erasure replaces what says who it was and what was said; rows, dates, types, status and owners
stay, so that figures do. `tests/personal_data/test_everything_gone.py` searches the whole database
for what is left, and `test_holdings.py` wants each table that refers to a case, an account, a
contact or a contract named here.
"""

from __future__ import annotations

from dataclasses import dataclass, field

ERASED = "Erased"
WORD = f"'{ERASED}'"

# Arrays, so that each condition is looked up in an index, also where two are joined by OR.
CONTACTS = "ARRAY(SELECT id FROM directory_contact WHERE account_id = %(account)s)"
CONTRACTS = "ARRAY(SELECT id FROM directory_contract WHERE account_id = %(account)s)"
CONTRACT_IDS = (
    "ARRAY(SELECT contract_id::text FROM directory_contract WHERE account_id = %(account)s)"
)
CASES = "ARRAY(SELECT id FROM cases_case WHERE account_id = %(account)s)"
JOBS = f"ARRAY(SELECT id FROM directory_job WHERE contract_id = ANY({CONTRACTS}))"
OF_CASES = f"case_id = ANY({CASES})"
#: Events of cases that were the homeowner's until their contract was changed (H8).
MOVED = f"kind = 'contract' AND data ->> 'old' = ANY({CONTRACT_IDS})"
TAKEN_AWAY = f"ARRAY(SELECT case_id FROM feed_feeditem WHERE {MOVED})"
TOLD = f"{OF_CASES} OR case_id = ANY({TAKEN_AWAY})"
DELIVERIES = f"ARRAY(SELECT id FROM webhooks_delivery WHERE {TOLD})"


@dataclass(frozen=True, slots=True)
class Holding:
    """Rows of a table: `where` says which are the homeowner's, `erased` what each column becomes
    (SQL). `exported` under a name; without one it is nothing that they were told or said."""

    table: str
    where: str
    erased: dict[str, str] = field(default_factory=dict)
    exported: str = ""


def _filled(*columns: str) -> dict[str, str]:
    """The word where there is anything."""
    return {name: f"CASE WHEN {name} <> '' THEN {WORD} ELSE '' END" for name in columns}


def _emptied(*columns: str) -> dict[str, str]:
    return dict.fromkeys(columns, "''")


EVENT = "personal_data_erased_event(kind, {})"
PLACE = _emptied("street", "city", "postal_code")

#: Erased from the last to the first: so each `where` still finds its rows.
HOLDINGS: tuple[Holding, ...] = (
    Holding(
        "directory_account",
        "id = %(account)s",
        {"name": WORD} | _emptied("phone", "email") | PLACE,
        "account",
    ),
    Holding(
        "directory_contact",
        "account_id = %(account)s",
        {"name": WORD, "is_active": "false"} | _emptied("email", "phone"),
        "contacts",
    ),
    Holding("directory_contract", "account_id = %(account)s", PLACE, "contracts"),
    Holding("directory_job", f"contract_id = ANY({CONTRACTS})", _filled("name"), "jobs"),
    Holding(
        "cases_case",
        "account_id = %(account)s",
        {"customer_name": WORD, "description": WORD}
        | _filled("property_address", "review_comments", "follow_up_for", "sales_rep_name")
        | _emptied("customer_phone", "customer_email", "sales_rep_email"),
        "cases",
    ),
    Holding(
        "cases_interaction",
        f"account_id = %(account)s OR {OF_CASES}",
        {"about": WORD} | _filled("spoke_with"),
        "interactions",
    ),
    Holding(
        "feed_feeditem",
        OF_CASES,
        _filled("body")
        | {
            "body_html": f"CASE WHEN body_html <> '' THEN '<p>{ERASED}</p>' ELSE '' END",
            "data": EVENT.format("data"),
        },
        "posts_and_events",
    ),
    # What another case's feed says of the homeowner that it was taken from (H8).
    Holding(
        "feed_feeditem",
        MOVED,
        {"data": EVENT.format("data")},
    ),
    Holding(
        "assignments_caseassignment",
        OF_CASES,
        {"comments": WORD} | _filled("outcome"),
        "case_assignments",
    ),
    Holding("cases_activity", OF_CASES, {"comments": WORD} | _filled("name"), "activities"),
    Holding("cases_closure", OF_CASES, _filled("note"), "closures"),
    Holding("cases_jiralink", OF_CASES, _emptied("title"), "jira_links"),
    Holding("cases_enginecomment", OF_CASES, _filled("reason"), "engine_comments"),
    Holding("cases_contractconfirmation", OF_CASES, {}, "contract_confirmations"),
    Holding("bulk_bulkresult", OF_CASES, _filled("message")),
    Holding(
        "webhooks_try",
        f"delivery_id = ANY({DELIVERIES})",
        _emptied("answer"),
    ),
    Holding("webhooks_delivery", TOLD, _emptied("body")),
    Holding(
        "core_auditentry",
        " OR ".join(
            f"(subject_kind = '{kind}' AND subject_id = ANY({ids}))"
            for kind, ids in (
                ("account", "ARRAY[%(account)s::bigint]"),
                ("contact", CONTACTS),
                ("contract", CONTRACTS),
                ("job", JOBS),
                ("case", CASES),
            )
        ),
        {"changes": EVENT.format("changes")},
        "record_of_changes",
    ),
    Holding(
        "core_auditentry",
        f"subject_kind = 'case' AND subject_id = ANY({TAKEN_AWAY})"
        f" AND kind = 'contract' AND changes ->> 'old' = ANY({CONTRACT_IDS})",
        {"changes": EVENT.format("changes")},
    ),
)

#: The files of the cases: the rows go, and their bytes out of the storage.
FILES = Holding("files_casefile", OF_CASES, exported="files")

#: What refers to a homeowner's records and holds nothing of them but that it does.
NOTHING_OF_THEM = {
    "cases_dismissedmatch",
    "cases_follower",
    "cases_merge",
    "cases_relatedcase",
    "notices_notice",
    "personal_data_erasure",
}
