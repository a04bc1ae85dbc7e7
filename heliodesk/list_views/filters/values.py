"""What a condition compares with: read by the field's kind, refused where it makes no sense."""

from __future__ import annotations

from collections.abc import Callable
from typing import NoReturn

from django.db import connection

from heliodesk.core.numbers import whole
from heliodesk.core.refusal import Refused
from heliodesk.core.text import trimmed
from heliodesk.list_views.fields import FIELDS, Field, Kind
from heliodesk.list_views.fields.choices import knows
from heliodesk.list_views.filters import moments
from heliodesk.list_views.filters.operators import EMPTY, operators

#: What full text looks for, given a text.
WORDS = "plainto_tsquery('desk_english', desk_plain({}::text))"
LONGEST = 200  # characters of a text
MOST = 100  # values of one condition
YES_NO = ("yes", "no")


def check(name: str, operator: str, value: str, text: str) -> tuple[str, ...]:
    """The values of the condition `text`; refuses one that makes no sense, saying what to do."""

    def refuse(code: str, message: str) -> NoReturn:
        raise Refused(code, message, rule="V3", about={"condition": text})

    try:
        text.encode()
    except UnicodeEncodeError:
        refuse("text_unreadable", "A condition holds characters that are no text. Type it anew.")
    if "\x00" in text:
        refuse("text_unreadable", "A condition holds a character that is no text. Type it anew.")
    field = FIELDS.get(name)
    if field is None:
        refuse(
            "field_gone",
            f"The field “{name[:40]}” is gone, or there never was one. Choose another field; the "
            "other conditions stand.",
        )
    if operator not in operators(field):
        refuse(
            "operator_unknown",
            f"“{field.label}” cannot be compared by “{operator[:40]}”. Choose one of: "
            f"{', '.join(operators(field).values())}.",
        )
    if operator == EMPTY or field.kind == Kind.FLAG:
        if value not in YES_NO:
            refuse("value_unknown", f"“{field.label}” takes yes or no here. Choose one.")
        return (value,)
    return _READERS[field.kind](field, operator, value, refuse)


Refuse = Callable[[str, str], NoReturn]


def _choice(field: Field, operator: str, value: str, refuse: Refuse) -> tuple[str, ...]:
    values = tuple(dict.fromkeys(part for part in value.split(",") if part))
    if not values or len(values) > MOST:
        refuse(
            "value_missing", f"Choose what “{field.label}” is compared with, at most {MOST} values."
        )
    if unknown := [one for one in values if not knows(field, one)]:
        refuse(
            "value_unknown",
            f"“{field.label}” has no value “{unknown[0][:40]}”. Choose one of those it has.",
        )
    return values


def _moment(field: Field, operator: str, value: str, refuse: Refuse) -> tuple[str, ...]:
    if operator == "is":
        if value not in moments.NAMED:
            refuse(
                "value_unknown",
                f"“{field.label}” is compared with one of: {', '.join(moments.NAMED)}. For a "
                "certain day choose “on”.",
            )
    elif operator in {"last", "older", "next"}:
        if not moments.is_length(value):
            refuse(
                "value_unknown",
                f"“{field.label}” takes a length of time here, such as 24h, 7d, 4w or 3m.",
            )
    else:
        _days(field, operator, value, refuse)
    return (value,)


def _days(field: Field, operator: str, value: str, refuse: Refuse) -> None:
    days = value.split("..") if operator == "between" else [value]
    wanted = 2 if operator == "between" else 1
    if len(days) != wanted or not all(map(moments.is_day, days)):
        refuse(
            "value_unknown",
            f"“{field.label}” takes {'two days' if wanted > 1 else 'a day'} here, such as "
            f"{'2026-11-01..2026-11-22' if wanted > 1 else '2026-11-22'}.",
        )
    if days[0] > days[-1]:
        refuse(
            "value_unknown", f"“{field.label}” ends before it begins. Give the earlier day first."
        )


def _text(field: Field, operator: str, value: str, refuse: Refuse) -> tuple[str, ...]:
    if not trimmed(value):
        refuse("value_missing", f"Give the text that “{field.label}” is compared with.")
    if len(value) > LONGEST:
        refuse(
            "text_too_long",
            f"The text for “{field.label}” is longer than {LONGEST} characters. Shorten it.",
        )
    if operator == "words" and not has_words(value):
        refuse(
            "words_too_common",
            f"“{value[:60]}” has only words that stand in every text. Give another word.",
        )
    return (value.strip(),)


def has_words(text: str) -> bool:
    """Whether the text has a word that full text looks for; asks PostgreSQL."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT numnode({WORDS.format('%s')})", [text])
        found: int = cursor.fetchone()[0]
    return found > 0


def _number(field: Field, operator: str, value: str, refuse: Refuse) -> tuple[str, ...]:
    parts = value.split("..") if operator == "between" else [value]
    numbers = [whole(part) for part in parts]
    if None in numbers or len(numbers) != (2 if operator == "between" else 1):
        refuse(
            "value_unknown",
            f"“{field.label}” takes "
            + ("two whole numbers, such as 1..5." if operator == "between" else "a whole number."),
        )
    if (numbers[0] or 0) > (numbers[-1] or 0):
        refuse("value_unknown", f"“{field.label}” ends before it begins. Give the smaller first.")
    return ("..".join(map(str, numbers)),)


_READERS: dict[Kind, Callable[[Field, str, str, Refuse], tuple[str, ...]]] = {
    Kind.CHOICE: _choice,
    Kind.PERSON: _choice,
    Kind.MOMENT: _moment,
    Kind.TEXT: _text,
    Kind.NUMBER: _number,
}
