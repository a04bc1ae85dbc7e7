"""The tables of cases and of what belongs to them, as they are filled."""

from __future__ import annotations

import psycopg
from django.db import models

from benchmarks.copying import Lines
from heliodesk.assignments.models import CaseAssignment, FollowUp
from heliodesk.cases.models import (
    Activity,
    Case,
    Closure,
    Follower,
    Interaction,
    Merge,
    RelatedCase,
)
from heliodesk.directory.models import Account, Contact, Contract, Job
from heliodesk.feed.models import FeedItem, Mention
from heliodesk.notices.models import Notice
from heliodesk.search.models import SearchText

#: All that a load fills, set-up and people aside; the words of the texts by a trigger.
FILLED: tuple[type[models.Model], ...] = (
    *(Account, Contact, Contract, Job),
    *(Case, Closure, Activity, Interaction, Follower, RelatedCase, Merge),
    *(CaseAssignment, FollowUp, FeedItem, Mention, Notice, SearchText),
)
CASE = (
    "id number case_type status priority contract_gap account_id contact_id contract_id "
    "installer_id installer_contact_id job_id customer_name property_address customer_phone "
    "request_type_id request_subtype_id source_id description owner_agent_id owner_queue_id "
    "created_at created_by_id last_modified_at last_modified_by_id closed_at review_due_from "
    "reviewed_at reviewed_by_id review_comments follow_up_at follow_up_for is_followed "
    "previous_case_id"
)
ASSIGNMENT = (
    "id case_id department_id reason_id subtype_id topic_id comments status outcome created_at "
    "created_by_id accepted_at assignee_id ended_at ended_by_id acted_at account_manager_id "
    "sales_manager_id"
)
MERGE = (
    "case_id into_id at by_id case_status into_status into_priority items files assignments "
    "interactions links related"
)


class Tables:
    """Rows that are still to be written."""

    def __init__(self) -> None:
        self.cases = Lines(Case, CASE)
        self.closures = Lines(
            Closure, "case_id reason_id note closed_at closed_by_id reopened_at reopened_by_id"
        )
        self.activities = Lines(Activity, "case_id subject status comments at by_id")
        self.interactions = Lines(
            Interaction,
            "id case_id account_id contact_id contract_id channel spoke_with about resolved at"
            " by_id",
        )
        self.followers = Lines(Follower, "case_id user_id at")
        self.related = Lines(RelatedCase, "case_id other_id at by_id")
        self.merges = Lines(Merge, MERGE)
        self.assignments = Lines(CaseAssignment, ASSIGNMENT)
        self.follow_ups = Lines(FollowUp, "assignment_id asked_at escalates_at asked_by_id")
        self.feed = Lines(FeedItem, "id case_id kind author_id at body body_html data parent_id")
        self.mentions = Lines(Mention, "item_id user_id department_id")
        self.notices = Lines(Notice, "kind at read_at case_id item_id recipient_id")

    def copy(self, connection: psycopg.Connection[object]) -> None:
        """Write all of them."""
        for table in vars(self).values():
            table.copy(connection)
