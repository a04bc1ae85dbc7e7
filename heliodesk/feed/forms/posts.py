"""The forms of the feed; what is refused is said by the rules."""

from __future__ import annotations

from django import forms

from heliodesk.core.forms import DeskForm


class PostForm(DeskForm):
    """The text of a post or a reply."""

    body = forms.CharField(widget=forms.Textarea, required=False, strip=False)
    reply_to = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)
