"""What allauth asks of providers goes out by the desk's one way out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote_plus

import requests
from requests.auth import HTTPBasicAuth

from heliodesk.core import outgoing


class Session:
    """As much of a `requests.Session` as allauth uses."""

    def __enter__(self) -> Session:
        return self

    def __exit__(self, *error: object) -> None:
        """Nothing is held open."""

    def get(self, url: str, headers: Mapping[str, str] | None = None) -> requests.Response:
        """GET."""
        return self.request("GET", url, headers=headers)

    def request(
        self,
        method: str,
        url: str,
        *,
        params: Mapping[str, str] | None = None,
        data: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        auth: Any = None,
    ) -> requests.Response:
        """One request; a form is sent as one. Raises `requests.RequestException` where no whole
        answer came. A company's own provider may stand in its own network."""
        if isinstance(auth, HTTPBasicAuth):  # RFC 6749, 2.3.1: as in a form
            auth = HTTPBasicAuth(quote_plus(str(auth.username)), quote_plus(str(auth.password)))
        sent = requests.Request(
            method, url, params=params, data=data, headers=headers, auth=auth
        ).prepare()
        body = sent.body.encode() if isinstance(sent.body, str) else None
        kept = {"accept": "application/json"} | {
            name.lower(): str(value)
            for name, value in sent.headers.items()
            if name.lower() not in {"content-length"}
        }
        try:
            answer = outgoing.send(method, str(sent.url), headers=kept, body=body, private=True)
        except outgoing.NotReached as error:
            raise requests.ConnectionError(error.reason) from error
        response = requests.Response()
        response.status_code = answer.status
        response._content = answer.body
        response.headers.update(answer.headers)
        response.url = str(sent.url)
        return response
