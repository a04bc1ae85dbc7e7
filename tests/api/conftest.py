"""Programs that come in by a token."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from heliodesk.api.rules.tokens import make_token
from heliodesk.people.models import User
from tests.cast import Cast, actor

API = "/api/v1"


class Program:
    """Sends requests with a token, bodies as JSON."""

    def __init__(self, text: str) -> None:
        self.client = Client(headers={"authorization": f"Bearer {text}"})

    def send(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        """The answer to a request; `If_Match="…"` sends that header."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        given: dict[str, Any] = {"headers": named}
        if body is not None:
            given |= {"data": body, "content_type": "application/json"}
        return getattr(self.client, method)(f"{API}{path}", **given)

    def get(self, path: str, **headers: str) -> Any:
        return self.send("get", path, **headers)

    def post(self, path: str, body: Any = None, **headers: str) -> Any:
        return self.send("post", path, {} if body is None else body, **headers)

    def patch(self, path: str, body: Any, **headers: str) -> Any:
        return self.send("patch", path, body, **headers)

    def put(self, path: str, body: Any = None, **headers: str) -> Any:
        return self.send("put", path, {} if body is None else body, **headers)

    def delete(self, path: str) -> Any:
        return self.send("delete", path)


@pytest.fixture
def program(company: Cast) -> Callable[..., Program]:
    """`program(company.bea)` comes in as Bea; `scope="read"` with less."""

    def of(user: User, *, scope: str = "admin") -> Program:
        return Program(make_token(user, name="test", scope=scope, by=actor(user)).text)

    return of
