"""The time line, activities and interactions, and what belongs to files."""

from __future__ import annotations

from heliodesk.integrations.salesforce.leaving.values import flag, when


def _id_in_data(key: str) -> str:
    """The number under `key` of an item's data, where there is one."""
    return f"""CASE WHEN jsonb_typeof(t.data -> '{key}') = 'number'
        THEN (t.data ->> '{key}')::bigint END"""


# IDs of the desk in an item's data become the export's; all else stands as it is.
ITEMS = f"""
    SELECT k.sfid AS "Id", c.sfid AS "ParentId",
        CASE t.kind WHEN 'post' THEN 'TextPost' ELSE 'TrackedChange' END AS "Type",
        t.body AS "Body", 'false' AS "IsRichText", {when("t.at", "CreatedDate")},
        u.sfid AS "CreatedById", {when("t.edited_at", "LastEditDate")},
        {when("t.deleted_at", "Deleted_At__c")}, t.kind AS "Kind__c",
        (t.data
            || CASE WHEN i.id IS NULL THEN '{{}}' ELSE jsonb_build_object('interaction', i.sfid) END
            || CASE WHEN q.id IS NULL THEN '{{}}' ELSE jsonb_build_object('queue', q.sfid) END
        )::text AS "Data__c", p.sfid AS "Parent_Item__c"
    FROM feed_feeditem t JOIN item_ids k ON k.id = t.id JOIN case_ids c ON c.id = t.case_id
    LEFT JOIN user_ids u ON u.id = t.author_id LEFT JOIN item_ids p ON p.id = t.parent_id
    LEFT JOIN interaction_ids i ON i.id = {_id_in_data("interaction")}
    LEFT JOIN queue_ids q ON q.id = {_id_in_data("queue")}
"""
TASKS = f"""
    SELECT k.sfid AS "Id", c.sfid AS "WhatId", NULL AS "WhoId", NULL AS "AccountId",
        NULL AS "Contract__c", t.subject AS "Subject", t.comments AS "Description",
        t.status AS "Status", t.due_date AS "ActivityDate", 'activity' AS "Desk_Kind__c",
        NULL AS "Spoke_With__c", NULL AS "Resolved__c", t.name AS "Desk_Name__c",
        u.sfid AS "OwnerId", {when("t.at", "CreatedDate")}, u.sfid AS "CreatedById"
    FROM cases_activity t JOIN activity_ids k ON k.id = t.id JOIN case_ids c ON c.id = t.case_id
    JOIN user_ids u ON u.id = t.by_id
    UNION ALL
    SELECT k.sfid, COALESCE(c.sfid, a.sfid), o.sfid, a.sfid, n.sfid, '', t.about, '', NULL,
        t.channel, t.spoke_with, {flag("t.resolved", "Resolved__c")}, '', u.sfid,
        {when("t.at", "CreatedDate")}, u.sfid
    FROM cases_interaction t JOIN interaction_ids k ON k.id = t.id
    LEFT JOIN case_ids c ON c.id = t.case_id JOIN account_ids a ON a.id = t.account_id
    LEFT JOIN contact_ids o ON o.id = t.contact_id
    LEFT JOIN contract_ids n ON n.id = t.contract_id JOIN user_ids u ON u.id = t.by_id
"""
VERSIONS = f"""
    SELECT k.sfid AS "Id", d.sfid AS "ContentDocumentId", t.name AS "Title",
        t.name AS "PathOnClient", t.size AS "ContentSize", 'true' AS "IsLatest",
        {when("t.at", "CreatedDate")}, u.sfid AS "CreatedById"
    FROM files_casefile t JOIN version_ids k ON k.id = t.id JOIN document_ids d ON d.id = t.id
    JOIN user_ids u ON u.id = t.by_id
"""
LINKS = """
    SELECT k.sfid AS "Id", d.sfid AS "ContentDocumentId", c.sfid AS "LinkedEntityId"
    FROM files_casefile t JOIN link_ids k ON k.id = t.id JOIN document_ids d ON d.id = t.id
    JOIN case_ids c ON c.id = t.case_id
"""
#: Where the bytes of each version are.
STORED = """
    SELECT k.sfid, t.stored_as FROM files_casefile t JOIN version_ids k ON k.id = t.id
"""
TABLES = {
    "FeedItem": ITEMS,
    "Task": TASKS,
    "ContentVersion": VERSIONS,
    "ContentDocumentLink": LINKS,
}
