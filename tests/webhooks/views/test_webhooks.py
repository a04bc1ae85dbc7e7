"""Webhooks in the set-up."""

from __future__ import annotations

import re
import socket
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from heliodesk.feed.rules.posts import post
from heliodesk.webhooks import sender
from heliodesk.webhooks.kinds import GROUPS, choices
from heliodesk.webhooks.models import Delivery, Webhook
from tests import cast
from tests.cast import Cast, actor
from tests.listener import Listener

LIST = "/set-up/webhooks/"


@pytest.fixture
def ada(company: Cast, client: Client) -> Client:
    client.force_login(company.ada)
    return client


def sent(listener: Listener, **fields: Any) -> dict[str, Any]:
    """The form as it is sent."""
    kinds = ["created", "closed"]
    return {"name": "Warehouse", "url": listener.url, "private": "on", "kinds": kinds} | fields


def test_one_is_made_and_its_secret_shown_this_once(ada: Client, listener: Listener) -> None:
    answer = ada.post(f"{LIST}new/", sent(listener))
    found = re.search(r"whsec_[\w+/=]{32}", answer.content.decode())
    assert found is not None
    webhook = Webhook.objects.get()
    assert webhook.kinds == ["closed", "created"]
    for page in (LIST, webhook.get_absolute_url()):
        shown = ada.get(page).content.decode()
        assert "Warehouse" in shown
        assert "whsec_" not in shown


def test_a_form_sent_twice_makes_one(ada: Client, listener: Listener) -> None:
    form = sent(listener, once="7b0c52a2-4c53-4a3e-8d5e-2f3f3d6f1a11")
    ada.post(f"{LIST}new/", form)
    again = ada.post(f"{LIST}new/", form)
    assert again["Location"] == Webhook.objects.get().get_absolute_url()


def test_an_address_inside_is_refused_and_what_was_typed_stays(
    ada: Client, listener: Listener, monkeypatch: pytest.MonkeyPatch
) -> None:
    true_lookup = socket.getaddrinfo
    monkeypatch.setattr(
        socket, "getaddrinfo", lambda host, *a, **k: true_lookup("127.0.0.1", *a, **k)
    )
    form = sent(listener, url="https://inside.example/") | {"private": ""}
    answer = ada.post(f"{LIST}new/", form)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "inside.example leads to 127.0.0.1" in page
    assert 'href="/guide/#K1"' in page
    assert 'value="https://inside.example/"' in page
    assert re.search(r'value="closed" checked', page)
    assert not Webhook.objects.exists()


def test_the_page_shows_what_was_told_and_lets_it_be_sent_again(
    ada: Client,
    company: Cast,
    webhook: Webhook,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(3):
        post(cast.case(company), body=f"Post {number}", by=actor(company.frank))
    sender.send_waiting(webhook.pk)
    ada.get(LIST)
    with django_assert_max_num_queries(8):
        page = ada.get(webhook.get_absolute_url()).content.decode()
    assert page.count("Delivered") == 3
    with django_assert_max_num_queries(8):
        ada.get(LIST)
    one = Delivery.objects.latest("pk")
    address = f"{webhook.get_absolute_url()}deliveries/{one.pk}/"
    with django_assert_max_num_queries(8):
        page = ada.get(address).content.decode()
    assert "Post 2" in page
    assert one.message_id in page
    assert ada.post(f"{address}repetitions/new/")["Location"] == address
    assert ada.get(f"{webhook.get_absolute_url()}?before={one.pk}").status_code == 200


def test_a_test_leads_to_its_delivery_which_is_waited_for(
    ada: Client, webhook: Webhook, listener: Listener
) -> None:
    address = ada.post(f"{webhook.get_absolute_url()}tests/new/")["Location"]
    assert "every 1s" in ada.get(address).content.decode()
    sender.send_one(Delivery.objects.get().pk)
    assert "every 1s" not in ada.get(address).content.decode()


def test_it_is_changed_switched_and_removed(
    ada: Client, webhook: Webhook, listener: Listener
) -> None:
    address = webhook.get_absolute_url()
    assert 'value="closed" checked' in ada.get(f"{address}edit/").content.decode()
    ada.post(f"{address}edit/", sent(listener, name="Stores"))
    ada.post(f"{address}off/")
    webhook.refresh_from_db()
    assert (webhook.name, webhook.is_active) == ("Stores", False)
    assert "It is off" in ada.get(address).content.decode()
    ada.post(f"{address}on/")
    ada.get(f"{address}secret/new/")
    assert "whsec_" in ada.post(f"{address}secret/new/").content.decode()
    ada.get(f"{address}removal/new/")
    assert ada.post(f"{address}removal/new/")["Location"] == LIST
    assert ada.get(address).status_code == 404


@pytest.mark.parametrize("path", ["", "new/", "{0}/", "{0}/edit/", "{0}/secret/new/"])
def test_nobody_else_comes_in(company: Cast, client: Client, webhook: Webhook, path: str) -> None:
    client.force_login(company.sue)
    assert client.get(LIST + path.format(webhook.pk)).status_code == 403


def test_nobody_else_acts(company: Cast, client: Client, webhook: Webhook) -> None:
    client.force_login(company.sue)
    for path in ("on/", "off/", "tests/new/", "secret/new/", "removal/new/"):
        assert client.post(webhook.get_absolute_url() + path).status_code == 403


def test_one_that_is_told_nothing_is_refused_in_words(ada: Client, listener: Listener) -> None:
    form = sent(listener)
    form["kinds"] = []
    answer = ada.post(f"{LIST}new/", form)
    assert answer.status_code == 422
    assert "Choose at least one event" in answer.content.decode()


def test_every_kind_is_offered_once_in_words() -> None:
    codes = [code for _, group in choices() for code, _ in group]
    assert len(codes) == len(set(codes))
    assert {kind.code for _, group in GROUPS for kind in group} == set(codes)
