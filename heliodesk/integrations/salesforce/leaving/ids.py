"""The ID of each record in an export: its own where it came with one, else one that is made.

A made ID looks like Salesforce's: the prefix of its object, four characters that tell desks apart,
and the row's own number. It is the same in each export. Facts without a row that the import knows
again have one made of what they say.
"""

from __future__ import annotations

import re

#: A stand-in for the four characters, put in when the export begins.
DESK = "~~~~"
TELLS_DESKS_APART = """
    SELECT substr(md5(extract(epoch FROM min(applied))::text), 1, 4) FROM django_migrations
"""


def _made(prefix: str, row: str = "t.id", *, second: bool = False) -> str:
    """A made ID; `second` where two tables share one prefix. Its last three characters say which
    of the first fifteen are capitals, as Salesforce's do."""
    number = f"'d' || lpad(to_hex({row}), 7, '0')" if second else f"lpad(to_hex({row}), 8, '0')"
    return f"'{prefix}{DESK}' || {number} || '{capitals(prefix)}'"


def capitals(prefix: str) -> str:
    """What Salesforce puts behind an ID whose only capitals are in its three-letter prefix."""
    said = sum(1 << place for place, letter in enumerate(prefix) if letter.isupper())
    return "ABCDEFGH"[said] + "AA"


def of_words(prefix: str, *words: str) -> str:
    """An ID that is made of SQL expressions, which say all of a fact."""
    said = ", ".join(f"COALESCE(({word})::text, '')" for word in words)
    return f"'{prefix}' || substr(md5(concat_ws('|', {said})), 1, 12) || '{capitals(prefix)}'"


def _own(table: str, prefix: str) -> str:
    return (
        f"SELECT t.id, COALESCE(NULLIF(t.external_id, ''), {_made(prefix)}) AS sfid FROM {table} t"
    )


def _kept(table: str, prefix: str, *subjects: str, second: bool = False) -> str:
    known = ", ".join(f"'{subject}'" for subject in subjects)
    return f"""SELECT t.id, COALESCE(m.external_id, {_made(prefix, second=second)}) AS sfid
        FROM {table} t LEFT JOIN (
            SELECT target_id, min(external_id) AS external_id FROM salesforce_imported
            WHERE subject IN ({known}) GROUP BY 1) m ON m.target_id = t.id"""


#: Each gives `id` and `sfid` of every row of a table.
RELATIONS = {
    "user_ids": _own("people_user", "005"),
    "account_ids": _own("directory_account", "001"),
    "contact_ids": _own("directory_contact", "003"),
    "contract_ids": _own("directory_contract", "800"),
    "queue_ids": _kept("people_queue", "00G", "group"),
    "department_ids": _kept("people_department", "00G", "department", second=True),
    "job_ids": _kept("directory_job", "a01", "job"),
    "case_ids": _kept("cases_case", "500", "case"),
    "assignment_ids": _kept("assignments_caseassignment", "a02", "assignment"),
    "closure_ids": _kept("cases_closure", "a03", "closure"),
    "item_ids": _kept("feed_feeditem", "0D5", "feed_item", "feed_comment", "comment"),
    "activity_ids": _kept("cases_activity", "00T", "task"),
    "interaction_ids": _kept("cases_interaction", "00T", "interaction", second=True),
    "link_ids": _kept("files_casefile", "06A", "content_link", "attachment"),
    "version_ids": _kept("files_casefile", "068", "content_version"),
    "document_ids": _kept("files_casefile", "069", "content_document"),
}


def with_ids(query: str, desk: str) -> str:
    """The query, with those of the relations in front that it names, for the desk of these four
    characters."""
    named = [name for name in RELATIONS if re.search(rf"\b{name}\b", query)]
    listed = ", ".join(f"{name} AS ({RELATIONS[name]})" for name in named)
    front = f"WITH {listed} " if named else ""
    return (front + query).replace(DESK, desk)
