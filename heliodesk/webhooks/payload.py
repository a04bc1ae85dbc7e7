"""What a receiver is told: the event, and the case as the API shows it.

The case is as it stands when the event is sent first, so that a receiver needs no token to act on
it; each further try sends the same text. docs/webhooks.md says what each part is.
"""

from __future__ import annotations

import json
from typing import Any

from django.db import connection

from heliodesk.api.answers import written
from heliodesk.api.queries import listing, shapes
from heliodesk.webhooks.kinds import TEST, type_of
from heliodesk.webhooks.models import Delivery

EVENT = """
    SELECT to_char(h.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
        CASE WHEN u.id IS NOT NULL THEN json_build_object('id', u.id, 'name', u.name) END,
        h.changes, i.body
    FROM core_auditentry h
    LEFT JOIN people_user u ON u.id = h.by_id
    LEFT JOIN feed_feeditem i ON i.id = CASE WHEN jsonb_typeof(h.changes -> 'item') = 'number'
        THEN (h.changes ->> 'item')::bigint END
    WHERE h.id = %s
"""


def body_of(delivery: Delivery) -> str:
    """The JSON text that is sent for it."""
    if delivery.kind == TEST:
        data = {"message": "A test from Heliodesk. Nothing happened to any case."}
        return _framed(delivery, delivery.at.strftime("%Y-%m-%dT%H:%M:%S.000Z"), written(data))
    with connection.cursor() as cursor:
        cursor.execute(EVENT, [delivery.entry])
        at, by, changes, text = cursor.fetchone()
    changes = json.loads(changes) if isinstance(changes, str) else changes
    event: dict[str, Any] = {"by": by, "item": changes.pop("item", None), "text": text or ""}
    case = listing.one(shapes.CASE, "c.id = %s", [delivery.case_id])
    data_text = written(event | {"changes": changes})[:-1] + f',"case":{case}}}'
    return _framed(delivery, at, data_text)


def _framed(delivery: Delivery, at: str, data: str) -> str:
    head = written({"id": delivery.message_id, "type": type_of(delivery.kind), "timestamp": at})
    return f'{head[:-1]},"data":{data}}}'
