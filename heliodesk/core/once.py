"""A form sent twice makes one thing (K3)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from uuid import UUID, uuid5

from django.db import connection, transaction

from heliodesk.core import clock
from heliodesk.core.models import FormSent
from heliodesk.core.rule import undone_as_a_whole

CLAIM = """
    INSERT INTO core_formsent (token, user_id, result, at) VALUES (%s, %s, '', %s)
    ON CONFLICT (token) DO NOTHING
"""
DONE = "UPDATE core_formsent SET result = %s WHERE token = %s AND user_id = %s"


def once(token: str, *, user_id: int, make: Callable[[], str]) -> str:
    """Run `make` for the first form with this token and return the address it gives.

    A second form with the token waits for the first one to end and gets its address; where the
    first was refused (rolled back), the second runs. An unreadable token counts as none.
    """
    try:
        key = UUID(token)
    except ValueError:
        with transaction.atomic():
            return make()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(CLAIM, [key, user_id, clock.now()])
        if cursor.rowcount == 0 and (earlier := _result(key, user_id)):
            return earlier
        with undone_as_a_whole():
            result = make()
        cursor.execute(DONE, [result, key, user_id])
        return result


def _result(key: UUID, user_id: int) -> str | None:
    sent = FormSent.objects.filter(token=key, user_id=user_id)
    return sent.select_for_update().values_list("result", flat=True).first()


def token_of(token: str, parts: Iterable[object]) -> str:
    """The token of a form with what stands in it: gone back to and filled in anew, the same form
    is another one, and nothing that was typed is passed over. Unreadable tokens stay as they are.
    """
    try:
        return str(uuid5(UUID(token), "\x1f".join(map(str, parts))))
    except ValueError:
        return token
