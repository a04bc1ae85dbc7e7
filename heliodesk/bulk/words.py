"""How an action on several cases reads: before, while and after it is done."""

from __future__ import annotations

from collections.abc import Mapping

from heliodesk.bulk.models import Act, BulkAction
from heliodesk.web.filters import plural


def what(act: str, arguments: Mapping[str, str]) -> str:
    """What is done to each case: `Change the owner to Bea Ortiz`."""
    return {
        Act.OWNER: "Change the owner to {to_name}",
        Act.TAKE: "Take",
        Act.CLOSE: "Close as {reason_name}",
        Act.PRIORITY: "Set the priority to {priority_name}",
    }[Act(act)].format_map(arguments)


def done(action: BulkAction) -> str:
    """What came of those that went well: `12 cases were closed.`"""
    one = action.done == 1
    after = {
        Act.OWNER: f"{'belongs' if one else 'belong'} to {action.arguments.get('to_name', '')} now",
        Act.TAKE: f"{'is' if one else 'are'} yours",
        Act.CLOSE: f"{'was' if one else 'were'} closed",
        Act.PRIORITY: f"{'has' if one else 'have'} the priority "
        f"{action.arguments.get('priority_name', '')} now",
    }[Act(action.act)]
    return f"{plural(action.done, 'case')} {after}."
