"""Where a homeowner may stand without a reference to them: found by what they are called.

What people typed and did not send, filters of lists, answers kept for repeated requests of
programs, errors of jobs, and the words that searching forgives typing errors by.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote, quote_plus

from django.db import connection

from heliodesk.personal_data.holdings import CASES, CONTRACTS, ERASED

SHORTEST = 5  # characters of what is searched for as it stands
#: A single word may be a name and is anybody's too: “Customer” and “Owner” stand in all filters.
TELLING = re.compile(r"[\s\d@]")
LOCAL = 7  # digits of a phone number without its area

CALLED = """
    SELECT name FROM directory_account WHERE id = %(account)s
    UNION SELECT email FROM directory_account WHERE id = %(account)s
    UNION SELECT phone FROM directory_account WHERE id = %(account)s
    UNION SELECT street FROM directory_account WHERE id = %(account)s
    UNION SELECT unnest(ARRAY[name, email, phone]) FROM directory_contact
        WHERE account_id = %(account)s
    UNION SELECT street FROM directory_contract WHERE account_id = %(account)s
    UNION SELECT unnest(ARRAY[customer_name, customer_email, customer_phone]) FROM cases_case
        WHERE account_id = %(account)s
"""
WORDS = """
    SELECT DISTINCT word FROM (
        SELECT name || ' ' || street || ' ' || city FROM directory_account WHERE id = %(account)s
        UNION ALL SELECT name FROM directory_contact WHERE account_id = %(account)s
        UNION ALL SELECT street || ' ' || city FROM directory_contract
            WHERE account_id = %(account)s
    ) said (text), regexp_split_to_table(desk_folded(text), '[^[:alpha:]]+') word
    WHERE length(word) BETWEEN 3 AND 40
"""
FORGET_WORDS = r"""
    DELETE FROM directory_nameword w WHERE word = ANY(%s)
        AND NOT EXISTS (SELECT FROM directory_account
            WHERE desk_folded(name) ~ ('\m' || w.word || '\M'))
        AND NOT EXISTS (SELECT FROM directory_contact
            WHERE desk_folded(name) ~ ('\m' || w.word || '\M'))
        AND NOT EXISTS (SELECT FROM directory_account
            WHERE desk_folded(street || ' ' || city || ' ' || postal_code)
                ~ ('\m' || w.word || '\M'))
        AND NOT EXISTS (SELECT FROM directory_contract
            WHERE desk_folded(street || ' ' || city || ' ' || postal_code)
                ~ ('\m' || w.word || '\M'))
"""
DRAFT_KEYS = f"""
    SELECT 'account/' || %(account)s || '/%%'
    UNION ALL SELECT 'contact/' || id || '/%%' FROM directory_contact
        WHERE account_id = %(account)s
    UNION ALL SELECT unnest(ARRAY['contract/' || id || '/%%', 'contract/' || contract_id || '/%%'])
        FROM directory_contract WHERE account_id = %(account)s
    UNION ALL SELECT 'case/' || number || '/%%' FROM cases_case WHERE account_id = %(account)s
    UNION ALL SELECT 'post/' || id || '/%%' FROM feed_feeditem WHERE case_id = ANY({CASES})
    UNION ALL SELECT 'job/' || id || '/%%' FROM directory_job WHERE contract_id = ANY({CONTRACTS})
    UNION ALL SELECT 'assignment/' || id || '/%%' FROM assignments_caseassignment
        WHERE case_id = ANY({CASES})
"""
#: Tables where a text that names them goes as a whole, with its row.
GO = {"drafts_draft": "data::text", "api_apianswer": "body", "core_jobfailure": "error"}
#: Columns in which only the name goes: what else the text says is somebody else's work.
QUERIES = (("bulk_bulkaction", "query"), ("bulk_export", "query"), ("list_views_listview", "query"))
RECORDED = ("export", "bulk_action", "list_view")
RECORD = """
    UPDATE core_auditentry SET changes = personal_data_erased_event(kind, changes)
    WHERE subject_kind = ANY(%s) AND lower(changes::text) LIKE ANY(%s)
"""


@dataclass(frozen=True, slots=True)
class Traces:
    """How a homeowner is called: names, addresses, phones as they stand, the words of their names
    in capitals, and the keys of drafts on their records. Read before anything is erased."""

    called: list[str]
    words: list[str]
    draft_keys: list[str]

    @classmethod
    def of(cls, account_id: int) -> Traces:
        """Of one homeowner; three SQL statements."""
        given = {"account": account_id}
        with connection.cursor() as cursor:
            cursor.execute(CALLED, given)
            called = [row[0] for row in cursor.fetchall()]
            cursor.execute(WORDS, given)
            words = [row[0] for row in cursor.fetchall()]
            cursor.execute(DRAFT_KEYS, given)
            keys = [row[0] for row in cursor.fetchall()]
        return cls([one for one in called if _tells_who(one)], words, keys)

    def erase(self) -> None:
        """Take them out."""
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM drafts_draft WHERE key LIKE ANY(%s)", [self.draft_keys])
            cursor.execute(FORGET_WORDS, [self.words])
            if not self.called:
                return
            for table, text in GO.items():
                cursor.execute(
                    f"DELETE FROM {table} WHERE lower({text}) LIKE ANY(%s)"
                    rf" OR regexp_replace({text}, '\D', '', 'g') LIKE ANY(%s)",
                    [self._patterns(), self._numbers()],
                )
            cursor.execute(RECORD, [list(RECORDED), self._patterns()])
        for table, column in QUERIES:
            self._replace(table, column)

    def _replace(self, table: str, column: str) -> None:
        wanted = re.compile("|".join(map(re.escape, self._spellings())), re.IGNORECASE)
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT id, {column} FROM {table} WHERE lower({column}) LIKE ANY(%s)",
                [self._patterns()],
            )
            for key, text in cursor.fetchall():
                cursor.execute(
                    f"UPDATE {table} SET {column} = %s WHERE id = %s",
                    [wanted.sub(ERASED, text), key],
                )

    def _spellings(self) -> list[str]:
        """Each as it stands, and as it stands in addresses; the longest first."""
        ways = (str, quote, quote_plus)
        return sorted({way(one) for one in self.called for way in ways}, key=len, reverse=True)

    def _numbers(self) -> list[str]:
        """The phones as they may have been typed: their last seven digits, whatever is between."""
        digits = (re.sub(r"\D", "", one) for one in self.called if "@" not in one)
        return [f"%{one[-LOCAL:]}%" for one in digits if len(one) >= LOCAL]

    def _patterns(self) -> list[str]:
        escaped = (re.sub(r"([\\%_])", r"\\\1", one.lower()) for one in self._spellings())
        return [f"%{one}%" for one in escaped]


def _tells_who(called: str) -> bool:
    """Whether a text that has this in it speaks of them, as far as one can tell."""
    return len(called) >= SHORTEST and TELLING.search(called) is not None
