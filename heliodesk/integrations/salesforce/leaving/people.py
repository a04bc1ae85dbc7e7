"""People, queues, departments, and what an administrator has set up (by name)."""

from __future__ import annotations

from heliodesk.integrations.salesforce.leaving.ids import of_words
from heliodesk.integrations.salesforce.leaving.values import flag, when

USERS = f"""
    SELECT k.sfid AS "Id", u.username AS "Username", u.name AS "Name", u.email AS "Email",
        {flag("u.is_active", "IsActive")}, u.role AS "Desk_Role__c",
        u.mail_wanted AS "Mail_Wanted__c", {when("u.joined_at", "CreatedDate")}
    FROM people_user u JOIN user_ids k ON k.id = u.id
"""
GROUPS = f"""
    SELECT k.sfid AS "Id", q.name AS "Name", q.slug AS "DeveloperName", 'Queue' AS "Type",
        {flag("q.is_active", "Active__c")}, q.case_type AS "Case_Type__c",
        q.position AS "Position__c", q.description AS "Description"
    FROM people_queue q JOIN queue_ids k ON k.id = q.id
    UNION ALL
    SELECT k.sfid, d.name, d.slug, 'Regular', d.is_active::text, '', d.position, d.description
    FROM people_department d JOIN department_ids k ON k.id = d.id
"""
QUEUE_SOBJECTS = f"""
    SELECT {of_words("03G", "k.sfid")} AS "Id", k.sfid AS "QueueId", 'Case' AS "SobjectType"
    FROM queue_ids k
"""
GROUP_MEMBERS = f"""
    SELECT {of_words("011", "g.sfid", "u.sfid")} AS "Id", g.sfid AS "GroupId",
        u.sfid AS "UserOrGroupId"
    FROM (
        SELECT k.sfid, m.user_id FROM people_queuemembership m JOIN queue_ids k ON k.id = m.queue_id
        UNION ALL
        SELECT k.sfid, m.user_id FROM people_departmentmembership m
        JOIN department_ids k ON k.id = m.department_id
    ) g JOIN user_ids u ON u.id = g.user_id
"""


def _set_up(number: int, kind: str, table: str, *, parent: str = "''", facts: str = "") -> str:
    """Rows of one kind: their name, what they belong to by its name, and all their plain columns.
    Kinds stand in the order in which one refers to another."""
    id_ = of_words("a04", "t.name", parent).replace("'a04'", f"'a04{number:02}'", 1)
    id_ = id_.replace("1, 12)", "1, 10)")
    plain = """(SELECT jsonb_object_agg(key, value) FROM jsonb_each(to_jsonb(t))
            WHERE key NOT IN ('id', 'name') AND key NOT LIKE '%\\_id')"""
    said = f"COALESCE({plain}, '{{}}') {facts}"
    return f"""
    SELECT {id_} AS "Id", '{kind}' AS "Kind__c", t.name AS "Name", {parent} AS "Parent__c",
        ({said})::text AS "Facts__c"
    FROM {table}"""


SET_UP = "\n    UNION ALL".join(
    (
        _set_up(1, "department", "people_department t"),
        _set_up(
            2,
            "topic",
            "people_topic t JOIN people_department d ON d.id = t.department_id",
            parent="d.name",
        ),
        _set_up(
            3,
            "referral_reason",
            "people_referralreason t JOIN people_department d ON d.id = t.department_id",
            parent="d.name",
        ),
        _set_up(
            4,
            "referral_subtype",
            """people_referralsubtype t JOIN people_referralreason r ON r.id = t.reason_id
    JOIN people_department d ON d.id = r.department_id""",
            parent="d.name || ': ' || r.name",
        ),
        _set_up(5, "request_type", "cases_requesttype t"),
        _set_up(
            6,
            "request_subtype",
            """cases_requestsubtype t JOIN cases_requesttype y ON y.id = t.request_type_id
    LEFT JOIN people_department d ON d.id = t.suggested_department_id
    LEFT JOIN people_referralreason r ON r.id = t.suggested_reason_id""",
            parent="y.name",
            facts="""|| jsonb_strip_nulls(jsonb_build_object(
            'suggested_department', d.name, 'suggested_reason', r.name))""",
        ),
        _set_up(7, "case_source", "cases_casesource t"),
        _set_up(8, "closed_reason", "cases_closedreason t"),
        _set_up(
            9,
            "follow_up_contact",
            """(SELECT u.sfid AS name, c.position, c.department_id, c.topic_id
        FROM people_followupcontact c JOIN user_ids u ON u.id = c.user_id) t
    JOIN people_department d ON d.id = t.department_id
    LEFT JOIN people_topic p ON p.id = t.topic_id""",
            parent="d.name || COALESCE(': ' || p.name, '')",
        ),
    )
)
TABLES = {
    "User": USERS,
    "Group": GROUPS,
    "QueueSobject": QUEUE_SOBJECTS,
    "GroupMember": GROUP_MEMBERS,
    "Desk_Setup__c": SET_UP,
}
