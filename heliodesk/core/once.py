"""A form sent twice makes one thing (K3)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from uuid import UUID, uuid5

from django.db import connection, transaction

from heliodesk.core import clock
from heliodesk.core.models import FormSent

CLAIM = """
    INSERT INTO core_formsent (token, user_id, result, at) VALUES (%s, %s, '', %s)
    ON CONFLICT (token) DO NOTHING
"""


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
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(CLAIM, [key, user_id, clock.now()])
            first = cursor.rowcount == 1
        sent = FormSent.objects.filter(token=key, user_id=user_id)
        if not first:
            earlier = sent.select_for_update().values_list("result", flat=True).first()
            if earlier:
                return earlier
        result = make()
        sent.update(result=result)
        return result


def token_of(token: str, parts: Iterable[object]) -> str:
    """The token of a form with what stands in it: gone back to and filled in anew, the same form
    is another one, and nothing that was typed is passed over. Unreadable tokens stay as they are.
    """
    try:
        return str(uuid5(UUID(token), "\x1f".join(map(str, parts))))
    except ValueError:
        return token
