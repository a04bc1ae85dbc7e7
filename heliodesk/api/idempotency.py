"""A POST sent twice with one `Idempotency-Key` makes one thing (K3)."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable

from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse

from heliodesk.api.answers import Answer
from heliodesk.api.models import ApiAnswer
from heliodesk.core import clock
from heliodesk.core.refusal import Refused
from heliodesk.core.rule import undone_as_a_whole

HEADER = "Idempotency-Key"
KEY = re.compile("[!-~]{1,200}")
CLAIM = """
    INSERT INTO api_apianswer (user_id, key, fingerprint, body, at) VALUES (%s, %s, %s, '', %s)
    ON CONFLICT (user_id, key) DO NOTHING
"""
KEEP = """
    UPDATE api_apianswer SET status = %s, body = %s, headers = %s WHERE user_id = %s AND key = %s
"""


def answered_once(
    request: HttpRequest, user_id: int, make: Callable[[], HttpResponse]
) -> HttpResponse:
    """What `make` answers; for a key that has been answered before, that same answer.

    A second request with the key waits for the first to end. What is refused is not kept, so that
    it may be tried again. Refuses a key that came with something else before.
    """
    key = request.headers.get(HEADER)
    if key is None:
        return make()
    if not KEY.fullmatch(key):
        raise Refused(
            "idempotency_key_unreadable",
            f"An {HEADER} is at most 200 visible ASCII characters, such as a UUID.",
            rule="K3",
            field=HEADER,
        )
    fingerprint = fingerprint_of(request)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(CLAIM, [user_id, key, fingerprint, clock.now()])
            is_new = cursor.rowcount == 1
        if not is_new and (earlier := earlier_answer(user_id, key, fingerprint)):
            return earlier
        with undone_as_a_whole():
            made = make()
        # The operation's own headers, such as Location and ETag: limits come later, anew each time.
        headers = json.dumps(dict(made.headers))
        with connection.cursor() as cursor:
            cursor.execute(KEEP, [made.status_code, made.content.decode(), headers, user_id, key])
        return made


def fingerprint_of(request: HttpRequest) -> str:
    """What was asked: method, address and body. Files of a form count by name and size."""
    digest = hashlib.sha256(f"{request.method} {request.get_full_path()}\n".encode())
    if request.content_type == "multipart/form-data":
        for name, values in sorted(request.FILES.lists()):
            digest.update("\n".join(f"{name} {file.name} {file.size}" for file in values).encode())
    else:
        digest.update(request.body)
    return digest.hexdigest()


def earlier_answer(user_id: int, key: str, fingerprint: str) -> HttpResponse | None:
    """The answer that was given to the key; None where that request was refused meanwhile."""
    kept = ApiAnswer.objects.select_for_update().filter(user_id=user_id, key=key).first()
    if kept is None or kept.status is None:
        return None
    if kept.fingerprint != fingerprint:
        raise Refused(
            "idempotency_key_reused",
            f"This {HEADER} came with another request before. Take a new one for each thing.",
            rule="K3",
            field=HEADER,
        )
    answer = Answer(kept.body, status=kept.status)
    for name, value in kept.headers.items():
        answer[name] = value
    answer["Idempotency-Replayed"] = "true"
    return answer
