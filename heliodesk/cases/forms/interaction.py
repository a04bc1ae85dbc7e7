"""The form that logs an interaction (B1)."""

from __future__ import annotations

from typing import Any

from django import forms

from heliodesk.cases.forms.opening import IdField
from heliodesk.cases.models import Channel
from heliodesk.core.forms import DeskForm, LongText
from heliodesk.core.picking import PickField, put_source
from heliodesk.directory.queries.picking import Contacts

KEEP, CASE, NOT_ON_RECORD = "resolved", "case", "not_on_record"


class InteractionForm(DeskForm):
    """Who, by which channel, what about; `then` says what comes after (B2, B3)."""

    channel = forms.ChoiceField(
        choices=Channel.choices,
        widget=forms.RadioSelect,
        initial=Channel.PHONE,
        error_messages={"required": "Choose phone, chat, email or web."},
    )
    contact = PickField("Spoke with", keys=True, required=False, empty="Somebody else")
    spoke_with = forms.CharField(label="Somebody else", required=False, max_length=160)
    contract = IdField("Contract", required=False)
    about = LongText(
        label="What about",
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": "Say what the interaction was about."},
    )
    resolved = forms.BooleanField(required=False)

    def __init__(self, *args: Any, account_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        put_source(self, "contact", Contacts(account_id))
