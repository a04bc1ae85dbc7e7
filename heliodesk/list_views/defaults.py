"""The list views that a new desk starts with, for everybody; supervisors keep them from there."""

from __future__ import annotations

#: Name to the query of its address.
LIST_VIEWS = {
    "All open cases": "all=open:is:yes",
    "My open cases": "all=open:is:yes&all=owner_agent:is:me&sort=priority",
    "My cases due for review": (
        "all=due_for_review:is:yes&all=owner_agent:is:me"
        "&columns=number,customer,request_subtype,status,priority,reviewed_at,created_at"
        "&sort=created_at"
    ),
    "Due for review": (
        "all=due_for_review:is:yes"
        "&columns=number,customer,request_subtype,status,owner_agent,owner_queue,reviewed_at"
        "&sort=created_at"
    ),
    "Awaiting customer response for over a week": (
        "all=status:is:awaiting_customer&all=last_modified_at:older:7d"
        "&columns=number,customer,request_subtype,owner_agent,last_modified_at,created_at"
        "&sort=last_modified_at"
    ),
    "Waiting on a department": (
        "all=status:is:internal_referral"
        "&columns=number,customer,request_subtype,owner_agent,department,last_modified_at"
        "&sort=last_modified_at"
    ),
    "Overdue with a department": (
        "all=overdue_assignment:is:yes"
        "&columns=number,customer,request_subtype,owner_agent,department,last_modified_at"
        "&sort=created_at"
    ),
    "High priority, nobody's yet": (
        "all=open:is:yes&all=priority:is:high&all=owner_queue:empty:no&sort=created_at"
    ),
    "Oldest open cases": "all=open:is:yes&sort=created_at",
    "Opened today": "all=created_at:is:today",
    "Closed this week": (
        "all=closed_at:is:this_week"
        "&columns=number,customer,request_subtype,closed_reason,closed_by,closed_at,age"
        "&sort=-closed_at"
    ),
    "Reopened and open": (
        "all=open:is:yes&all=reopened:is:yes"
        "&columns=number,customer,request_subtype,status,owner_agent,reopened_at,created_at"
    ),
    "Customers not on record": "all=open:is:yes&all=contract_gap:is:not_on_record",
    "My follow-ups of today": (
        "all=open:is:yes&all=owner_agent:is:me&all=follow_up_at:is:today"
        "&columns=number,customer,follow_up_at,follow_up_for,status"
    ),
}
