"""Case history as events of the feed, with old and new values (C3)."""

from __future__ import annotations

from heliodesk.cases.models import Status
from heliodesk.integrations.salesforce.moving_in.judging import (
    Judgement,
    judge,
    known,
    person,
    put,
)
from heliodesk.integrations.salesforce.moving_in.posts import FEED, NO_CASE, NO_TIME
from heliodesk.integrations.salesforce.moving_in.rows import Dictionary
from heliodesk.integrations.salesforce.sets import run

#: What Salesforce notes beside fields: the case's own rows say it.
OF_ITSELF = """('created', 'closed', 'feedevent', 'owneraccepted', 'ownerescalated', 'casemerged',
    'locked', 'unlocked', 'individualmerged')"""
IS_ID = "'^[A-Za-z0-9]{15}([A-Z0-5]{3})?$'"
#: A lookup's change comes twice, with names and with IDs.
BY_IDS = f"""(i.old ~ {IS_ID} AND i.old ~ '[0-9]' OR i.old = '')
    AND (i.new ~ {IS_ID} AND i.new ~ '[0-9]' OR i.new = '')
    AND (i.old <> '' OR i.new <> '')"""
SORT = "lower(replace(i.field, '__c', ''))"
# "Customer_Request_Type__c" and "LastName" as people call them.
LABEL = r"""regexp_replace(replace(regexp_replace(i.field, '__c$', ''), '_', ' '),
    '([a-z])([A-Z])', '\1 \2', 'g')"""

HISTORY = Judgement(
    "case_history",
    FEED,
    f"""{known("case", "c", 'i."case"')}
    LEFT JOIN cases_case t ON t.id = c.target_id
    LEFT JOIN import_status_words os ON {SORT} = 'status' AND os.said = lower(i.old)
    LEFT JOIN import_status_words ns ON {SORT} = 'status' AND ns.said = lower(i.new)
    {person("u", "COALESCE(NULLIF(i.created_by, ''), 'unknown')")}""",
    {
        "case_id": "c.target_id",
        "kind": f"""CASE {SORT} WHEN 'owner' THEN 'owner' WHEN 'ownerassignment' THEN 'owner'
            WHEN 'status' THEN 'status' ELSE 'fields' END""",
        "author_id": "u.id",
        "at": "i.created_at",
        "body": "''",
        "body_html": "''",
        "data": f"""CASE
            WHEN {SORT} IN ('owner', 'ownerassignment') THEN jsonb_build_object(
                'old', COALESCE(NULLIF(i.old, ''), '–'), 'new', COALESCE(NULLIF(i.new, ''), '–'))
            WHEN {SORT} = 'status' THEN jsonb_build_object(
                'old', COALESCE(os.label, NULLIF(i.old, ''), '–'),
                'new', COALESCE(ns.label, NULLIF(i.new, ''), '–'))
            ELSE jsonb_build_object('whole', '{{}}'::jsonb, 'fields',
                jsonb_build_object({LABEL}, jsonb_build_array(i.old, i.new))) END""",
    },
    [("d.case_id IS NULL", NO_CASE), ("d.at IS NULL", NO_TIME)],
    left_out=f"""{SORT} IN {OF_ITSELF} OR {BY_IDS}
        OR ns.meaning = 'closed' AND abs(extract(epoch FROM i.created_at - t.closed_at)) < 300""",
)


def bring_in_history(words: Dictionary) -> None:
    """What was changed on the cases, by whom and when."""
    said_statuses(words)
    judge(HISTORY)
    put(HISTORY)


def said_statuses(words: Dictionary) -> None:
    """What the export's statuses are called here."""
    labels = {status.value: str(status.label) for status in Status}
    found = words.words("case", "statuses").found
    values = [one for said, meaning in found.items() for one in (said, meaning, labels[meaning])]
    run("DROP TABLE IF EXISTS import_status_words")
    run("CREATE TEMP TABLE import_status_words (said text, meaning text, label text)")
    rows = ", ".join(["(%s, %s, %s)"] * len(found))
    run(f"INSERT INTO import_status_words VALUES {rows}", *values)
