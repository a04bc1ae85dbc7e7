from heliodesk.cases.models.activities import Activity
from heliodesk.cases.models.cases import (
    Case,
    CaseType,
    ContractGap,
    Priority,
    Status,
    next_case_number,
)
from heliodesk.cases.models.closures import Closure
from heliodesk.cases.models.engine import EngineComment, EngineSettings, EngineState
from heliodesk.cases.models.following import Follower, RelatedCase
from heliodesk.cases.models.gates import ContractConfirmation, DismissedMatch
from heliodesk.cases.models.interactions import Channel, Interaction
from heliodesk.cases.models.jira_links import JiraLink, RemoteLink
from heliodesk.cases.models.merges import Merge
from heliodesk.cases.models.setup import CaseSource, ClosedReason, RequestSubtype, RequestType

__all__ = [
    "Activity",
    "Case",
    "CaseSource",
    "CaseType",
    "Channel",
    "ClosedReason",
    "Closure",
    "ContractConfirmation",
    "ContractGap",
    "DismissedMatch",
    "EngineComment",
    "EngineSettings",
    "EngineState",
    "Follower",
    "Interaction",
    "JiraLink",
    "Merge",
    "Priority",
    "RelatedCase",
    "RemoteLink",
    "RequestSubtype",
    "RequestType",
    "Status",
    "next_case_number",
]
