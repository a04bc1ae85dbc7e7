"""The filter of the record of changes (K4): all of it is optional."""

from __future__ import annotations

from typing import Any

from django import forms

from heliodesk.core.forms import offer_choices
from heliodesk.core.picking import PickField, put_source
from heliodesk.set_up.queries.change_words import THINGS
from heliodesk.set_up.queries.picking import everybody


class ChangesForm(forms.Form):
    """By whom, what, of what, from where, and when."""

    by = PickField("Who", keys=True, required=False, empty="Anybody")
    what = forms.CharField(
        label="What", required=False, max_length=60, widget=forms.TextInput({"list": "kinds"})
    )
    of = forms.ChoiceField(label="Of what", required=False)
    number = forms.IntegerField(label="Number or ID", required=False, min_value=1, max_value=2**62)
    origin = forms.CharField(label="From where", required=False, max_length=80)
    since = forms.DateField(label="From", required=False, widget=forms.DateInput({"type": "date"}))
    until = forms.DateField(label="Until", required=False, widget=forms.DateInput({"type": "date"}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        put_source(self, "by", everybody())
        things = sorted(THINGS.items(), key=lambda pair: pair[1])
        offer_choices(self, "of", [("", "Anything"), *things])
