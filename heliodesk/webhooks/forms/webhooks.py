"""The form of a webhook (K1)."""

from __future__ import annotations

from typing import Any

from django import forms

from heliodesk.core import outgoing
from heliodesk.core.forms import DeskForm, offer_choices
from heliodesk.webhooks import kinds
from heliodesk.webhooks.rules.keeping import LONGEST_NAME, LONGEST_URL, Wanted, address_refused


class WebhookForm(DeskForm):
    """Which program, where it listens, and what it wants to be told."""

    name = forms.CharField(max_length=LONGEST_NAME, label="Which program is it for?")
    url = forms.CharField(
        max_length=LONGEST_URL,
        label="Address",
        help_text="It is sent a POST with JSON for each event: https:// wherever it can be.",
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off"}),
    )
    private = forms.BooleanField(
        required=False,
        label="Inside our network",
        help_text="Let the desk send to addresses of its own network and machine, which are "
        "refused otherwise.",
    )
    kinds = forms.MultipleChoiceField(
        label="Events",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one event that the program is told of."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [choice for _, group in kinds.choices() for choice in group]
        offer_choices(self, "kinds", choices)

    def clean(self) -> dict[str, Any]:
        """Look the address up: outside of the rule's transaction, since it may take seconds."""
        cleaned = super().clean() or {}
        if "url" in cleaned:
            try:
                outgoing.check(cleaned["url"].strip(), private=cleaned.get("private", False))
            except outgoing.NotReached as error:
                self.refuse(address_refused(error.reason))
        return cleaned

    @property
    def groups(self) -> list[tuple[str, list[tuple[str, str, bool]]]]:
        """The events in their groups: code, words, whether chosen."""
        chosen = set(self["kinds"].value() or [])
        return [
            (title, [(code, words, code in chosen) for code, words in group])
            for title, group in kinds.choices()
        ]

    @property
    def wanted(self) -> Wanted:
        """What was entered."""
        made = self.cleaned_data
        return Wanted.of(
            name=made["name"], url=made["url"], kinds=made["kinds"], private=made["private"]
        )
