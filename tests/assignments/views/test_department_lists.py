"""A department's list on the screen: who sees it, what it shows, with how few statements (A8, V2,
F4, K6)."""

from __future__ import annotations

import html as markup
import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from heliodesk.assignments.models import CaseAssignment
from heliodesk.assignments.queries import rows
from heliodesk.assignments.queries.department_list import OF_ONE
from heliodesk.assignments.queries.orders import ENDED
from heliodesk.people.models import DepartmentMembership
from tests import cast
from tests.cast import Cast
from tests.clocks import Clock
from tests.worklists.pages import page, signed_in

pytestmark = pytest.mark.django_db
LIST = "/departments/sales/"


def asked(company: Cast, still: Clock, hours: int, **fields: object) -> CaseAssignment:
    """What Sales was asked so many hours ago, on a case of its own."""
    case = cast.case(company, created_at=still.at - timedelta(hours=hours))
    return cast.assignment(company, case, **fields)


def shown(html: str) -> list[str]:
    """The numbers of the list's rows, from the top."""
    return re.findall(r'<tr data-row data-id="(CA-\d+)"', html)


def test_members_see_their_list_and_act_from_it(company: Cast, still: Clock) -> None:
    one = asked(company, still, 60)
    html = page(company.dora, LIST)
    assert shown(html) == [str(one)]
    for words in ("Sales promise", "Maria Delgado", one.case.display_number, "Frank Tester",
                  "2 d 12 h", "Overdue", "1 open", "1 overdue",
                  f'formaction="/assignments/{one}/acceptance/"',
                  f'/assignments/{one}/return/new/?back=%2Fdepartments%2Fsales%2F"'):  # fmt: skip
        assert words in html, words


@pytest.mark.parametrize("who", ["frank", "bea", "sue", "ada"])
def test_support_reads_it_and_does_not_act(company: Cast, still: Clock, who: str) -> None:
    one = asked(company, still, 3)
    html = page(getattr(company, who), LIST)
    assert shown(html) == [str(one)]
    assert "acceptance/" not in html
    assert "show=mine" not in html


@pytest.mark.parametrize("show", ["", "open", "mine", "overdue", "ended", "odd"])
def test_there_is_no_list_of_another_department(company: Cast, still: Clock, show: str) -> None:
    asked(company, still, 3)
    for slug in ("sales", "nothing"):
        answer = signed_in(company.oscar).get(f"/departments/{slug}/?show={show}")
        assert answer.status_code == 404
        assert "Maria Delgado" not in answer.content.decode()
    assert Client().get(LIST).status_code == 302


def test_four_statements_read_ones_own_list(
    company: Cast, still: Clock, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for hours in range(60):
        asked(company, still, hours)
    client = signed_in(company.dora)
    client.get(LIST)  # names of set-up data are kept from here on
    for address in (LIST, f"{LIST}?show=mine", "/assignments/", f"{LIST}?show=ended"):
        with django_assert_num_queries(4):
            client.get(address)


def test_pages_lead_on_and_back(
    company: Cast, still: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rows, "PAGE", 3)
    made = [str(asked(company, still, hours)) for hours in (9, 8, 7, 6)]
    client = signed_in(company.dora)
    first = client.get(LIST)
    assert shown(first.content.decode()) == made[:3]
    second = client.get(first.beside("older"))
    assert shown(second.content.decode()) == made[3:]
    assert shown(client.get(second.beside("newer")).content.decode()) == made[:3]
    wrong = client.get(f"{LIST}?after=x")
    assert wrong.status_code == 422
    assert shown(wrong.content.decode()) == made[:3]


def test_what_has_ended_is_read_off_its_index(company: Cast, still: Clock) -> None:
    asked(company, still, 3, status="rejected")
    values: dict[str, Any] = {"departments": [company.sales.pk], "now": still.at}
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_bitmapscan = off")
        cursor.execute("SET LOCAL enable_sort = off")  # three rows are sorted as quickly
        cursor.execute(
            f"EXPLAIN SELECT a.id FROM assignments_caseassignment a WHERE {OF_ONE['ended']} "
            f"ORDER BY {ENDED.by()} LIMIT 51",
            values,
        )
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "assignment_ended" in plan
    assert "Sort" not in plan


def test_what_stands_is_not_sorted_by_when_it_ended(company: Cast, still: Clock) -> None:
    made = [str(asked(company, still, hours)) for hours in (9, 8)]
    assert shown(page(company.dora, f"{LIST}?show=open&sort=-ended")) == made


def test_pages_of_what_has_ended_lead_on(
    company: Cast, still: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rows, "PAGE", 2)
    made = [str(asked(company, still, hours, status="rejected")) for hours in (7, 8, 9)]
    client = signed_in(company.dora)
    first = client.get(f"{LIST}?show=ended")
    assert shown(first.content.decode()) == made[:2]
    assert shown(client.get(first.beside("older")).content.decode()) == made[2:]


def test_my_assignments_are_of_all_my_departments(company: Cast, still: Clock) -> None:
    DepartmentMembership.objects.create(department=company.legal, user=company.dora)
    mine = asked(company, still, 3, status="accepted", assignee=company.dora, accepted_at=still.at)
    letter = asked(
        company, still, 5, department=company.legal,
        reason=company.legal.referral_reasons.create(name="Letter"),
    )  # fmt: skip
    assert shown(page(company.dora, "/assignments/")) == [str(mine)]
    html = page(company.dora, "/assignments/?show=open")
    assert shown(html) == [str(letter), str(mine)]
    assert 'data-label="Department">Legal<' in html


def test_somebody_of_no_department_has_no_assignments(company: Cast, still: Clock) -> None:
    asked(company, still, 3)
    assert shown(page(company.frank, "/assignments/?show=open")) == []


def test_the_departments_stand_with_their_counts(
    company: Cast, still: Clock, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    asked(company, still, 60)
    asked(company, still, 3, status="accepted", assignee=company.dora, accepted_at=still.at)
    client = signed_in(company.sue)
    client.get("/departments/")
    with django_assert_max_num_queries(4):
        html = client.get("/departments/").content.decode()
    row = html[html.index('href="/departments/sales/">Sales') :]
    assert 'data-label="Open">2<' in row
    assert 'data-label="Accepted">1<' in row
    assert "2 d 12 h" in row
    assert "/departments/legal/" in html


def test_members_see_their_own_departments_only(company: Cast, still: Clock) -> None:
    asked(company, still, 3)
    html = page(company.oscar, "/departments/")
    assert "/departments/legal/" in html
    assert "/departments/sales/" not in html
    DepartmentMembership.objects.filter(user=company.oscar).delete()
    assert signed_in(company.oscar).get("/departments/").status_code == 404


def test_members_in_support_see_their_own_first(company: Cast) -> None:
    DepartmentMembership.objects.create(department=company.sales, user=company.frank)
    html = page(company.frank, "/departments/")
    main = html[html.index("<tbody>") :]
    assert main.index("Sales") < main.index("Legal")
    assert "/queues/" in html


def test_what_is_overdue_everywhere_is_one_list_for_support(company: Cast, still: Clock) -> None:
    late = asked(company, still, 60)
    letter = asked(
        company, still, 90, department=company.legal,
        reason=company.legal.referral_reasons.create(name="Letter"),
    )  # fmt: skip
    asked(company, still, 5)
    address = "/departments/?show=overdue"
    assert shown(page(company.sue, address)) == [str(letter), str(late)]
    assert shown(page(company.dora, address)) == [str(late)]


def test_the_rail_counts_what_stands_with_ones_departments(company: Cast, still: Clock) -> None:
    asked(company, still, 60)
    rail = markup.unescape(page(company.dora, "/guide/"))
    assert 'title="Sales, 1 overdue"' in rail
    assert 'href="/assignments/"' in rail
    assert "/queues/" not in rail
    assert "/accounts/" not in rail.split("</nav>")[0]
    assert 'title="Sales' not in page(company.frank, "/guide/")
    assert 'href="/departments/"' in page(company.frank, "/guide/")


def test_text_of_customers_is_escaped(company: Cast, still: Clock) -> None:
    case = cast.case(company, customer_name="<script>alert(1)</script>")
    cast.assignment(company, case)
    html = page(company.dora, LIST)
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert" in html


def test_a_row_that_is_kept_follows_the_clock(company: Cast, still: Clock) -> None:
    asked(company, still, 1)
    assert "1 h 0 min" in page(company.dora, LIST)
    still.move(hours=2)
    html = page(company.dora, LIST)
    assert "3 h 0 min" in html
    assert "1 h 0 min" not in html
