"""A real identity provider that nobody here wrote (nanoidp), served on loopback for the tests of
single sign-on: OpenID Connect and SAML 2.0, signed by signxml and PyJWT with a key of its own."""

from __future__ import annotations

import base64
import html
import logging
import re
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import jwt
import pytest
import requests
from jwt.algorithms import RSAAlgorithm
from lxml import etree

ADDRESS = "http://testserver"
CLIENT_ID, CLIENT_SECRET = "heliodesk", "a-secret-of-the-client"
PASSWORD = "known to the provider alone"

SETTINGS = """
oauth:
  issuer_from_request: true
  clients:
    - client_id: {client}
      client_secret: {secret}
      redirect_uris: ["{address}/session/oidc/nano/callback/"]
saml: {{export_groups: true}}
jwt: {{keys_dir: "{folder}/keys"}}
logging: {{level: ERROR, verbose_logging: false}}
"""
USERS = """
users:
  frank: {{password: "{password}", email: frank@example.com, groups: [helpdesk, sales-team]}}
  stranger: {{password: "{password}", email: stranger@elsewhere.example, groups: []}}
"""


@dataclass
class Provider:
    """The running provider, at `url`."""

    url: str

    def sign_in_oidc(self, authorize: str, username: str = "frank") -> str:
        """Sign in at the address that the desk leads to; gives the address it leads back to."""
        data = {"username": username, "password": PASSWORD}
        answer = requests.post(authorize, data=data, allow_redirects=False, timeout=10)
        assert answer.status_code == 302, answer.text
        return answer.headers["Location"]

    def sign_in_saml(self, asked: str, username: str = "frank") -> dict[str, str]:
        """Sign in at the address that the desk leads to; gives the fields of the form that leads
        back, with its address as `action`."""
        with requests.Session() as browser:
            page = browser.get(asked, timeout=10)
            fields = fields_of(page.text) | {"username": username, "password": PASSWORD}
            answer = browser.post(urljoin(page.url, fields.pop("action")), data=fields, timeout=10)
        assert answer.status_code == 200, answer.text
        fields = fields_of(answer.text)
        return fields | {"SAMLResponse": in_order(fields["SAMLResponse"])}

    def token(self, **claims: Any) -> str:
        """An ID token that the provider's own key has signed."""
        from nanoidp.services import get_crypto_service

        keys = get_crypto_service().keys
        return jwt.encode(claims, keys.priv_pem, algorithm="RS256", headers={"kid": keys.kid})


def in_order(response: str) -> str:
    """The answer with its signature behind the issuer, where the schema has it and others put it.
    nanoidp puts it last; what is signed leaves the signature out, so it holds in either place."""
    tree = etree.fromstring(base64.b64decode(response))
    for signature in list(tree.iter("{http://www.w3.org/2000/09/xmldsig#}Signature")):
        signed = signature.getparent()
        assert signed is not None
        signed.remove(signature)
        signed.insert(1, signature)
    return base64.b64encode(etree.tostring(tree)).decode()


def fields_of(page: str) -> dict[str, str]:
    """The hidden fields of a page's form, and where it goes."""
    action = re.search(r'<form[^>]*action="([^"]*)"', page)
    found = {"action": html.unescape(action[1]) if action else ""}
    for field in re.findall(r"<input[^>]*>", page):
        name, value = re.search(r'name="([^"]*)"', field), re.search(r'value="([^"]*)"', field)
        if name and 'type="hidden"' in field:
            found[name[1]] = html.unescape(value[1]) if value else ""
    return found


@contextmanager
def keys_read_once() -> Iterator[None]:
    """While the block runs, the provider's key is read from its text once: OpenSSL tries a private
    key out whenever it reads one, which takes longer than all the rest of a sign-in. The desk knows
    the public key alone, and not as text."""
    read, known = RSAAlgorithm.prepare_key, dict[bytes, Any]()

    def prepare_key(self: RSAAlgorithm, key: Any) -> Any:
        if not isinstance(key, bytes):
            return read(self, key)
        if key not in known:
            known[key] = read(self, key)
        return known[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(RSAAlgorithm, "prepare_key", prepare_key)
        yield


@contextmanager
def running(folder: Path) -> Iterator[Provider]:
    """The provider, served from a thread while the block runs."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what it and Flask use is theirs
        from nanoidp.app import create_app
        from werkzeug.serving import make_server

        (folder / "settings.yaml").write_text(
            SETTINGS.format(client=CLIENT_ID, secret=CLIENT_SECRET, folder=folder, address=ADDRESS)
        )
        (folder / "users.yaml").write_text(USERS.format(password=PASSWORD))
        level = logging.getLogger().level
        app = create_app(str(folder))
        logging.getLogger().setLevel(level)
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        with keys_read_once():
            yield Provider(f"http://127.0.0.1:{server.server_port}")
    finally:
        server.shutdown()
        thread.join(5)
        server.server_close()
