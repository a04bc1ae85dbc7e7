"""Secrets that are read again."""

from __future__ import annotations

import pytest
from pytest_django import Settings

from heliodesk.core.sealed import Unsealable, seal, unseal


def test_what_was_sealed_comes_back_and_cannot_be_read_in_between() -> None:
    sealed = seal("tökén")
    assert unseal(sealed) == "tökén"
    assert "tökén" not in sealed
    assert seal("tökén") != sealed


def test_another_key_does_not_open_it(settings: Settings) -> None:
    settings.SECRET_KEY = "the first key"
    sealed = seal("token")
    settings.SECRET_KEY = "another key"
    with pytest.raises(Unsealable):
        unseal(sealed)
    settings.SECRET_KEY_FALLBACKS = ["the first key"]
    assert unseal(sealed) == "token"


def test_nonsense_is_refused() -> None:
    for nonsense in ("", "token", "gAAAAA==", seal("token")[:-4] + "AAA="):
        with pytest.raises(Unsealable):
            unseal(nonsense)
