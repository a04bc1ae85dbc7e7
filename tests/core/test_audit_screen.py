"""Administrators read the record of changes, and nobody edits it (K4)."""

from __future__ import annotations

from django.test import Client

from heliodesk.cases.rules.closing import close
from heliodesk.core.models import AuditEntry
from tests import cast
from tests.cast import Cast, actor


def test_an_administrator_reads_who_did_what_when_from_where(company: Cast, client: Client) -> None:
    close(cast.case(company), reason=company.resolved, by=actor(company.frank))
    client.force_login(company.ada)

    page = client.get("/admin/core/auditentry/", {"q": "frank"}).content.decode()
    entry = AuditEntry.objects.get(kind="closed")
    shown = client.get(f"/admin/core/auditentry/{entry.pk}/change/").content.decode()

    assert "Frank Tester" in page
    assert "closed" in page
    assert "&quot;Resolved&quot;" in shown


def test_nobody_adds_or_deletes_an_entry(company: Cast, client: Client) -> None:
    close(cast.case(company), reason=company.resolved, by=actor(company.frank))
    client.force_login(company.ada)
    entry = AuditEntry.objects.get(kind="closed")
    for address in ("add/", f"{entry.pk}/delete/"):
        assert client.post(f"/admin/core/auditentry/{address}").status_code == 403
    changed = client.post(f"/admin/core/auditentry/{entry.pk}/change/", {"kind": "nothing"})
    assert changed.status_code == 403
    assert AuditEntry.objects.get(pk=entry.pk).kind == "closed"


def test_an_agent_does_not_come_in(company: Cast, frank_client: Client) -> None:
    assert frank_client.get("/admin/core/auditentry/", follow=True).status_code == 403
