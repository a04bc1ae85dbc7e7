"""Single rows, read, added and saved as Django itself does it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.forms import model_to_dict

from heliodesk.cases.models import Case
from heliodesk.core import clock, rows
from heliodesk.core.models import AuditEntry
from heliodesk.directory.models import Account, Contract
from tests import cast
from tests.cast import Cast

Statements = Callable[[int], AbstractContextManager[object]]


@pytest.fixture
def case(company: Cast) -> Case:
    return cast.case(company)


def test_a_row_is_found_whole_or_not_at_all(case: Case) -> None:
    found = rows.find(Case, "number = %s", [case.number], lock="FOR UPDATE")
    assert found is not None
    assert model_to_dict(found) == model_to_dict(Case.objects.get(pk=case.pk))
    assert found.account == case.account
    assert rows.find(Case, "number = %s", [case.number + 1]) is None


def test_a_row_is_added_with_what_postgresql_fills_in(case: Case) -> None:
    copy = Case.objects.get(pk=case.pk)
    copy.pk = None
    copy.number = Case._meta.get_field("number").get_default()
    added = rows.add(copy)
    assert added.pk != case.pk
    assert added.number > case.number
    assert model_to_dict(Case.objects.get(pk=added.pk)) == model_to_dict(added)
    added.customer_name = "Somebody Else"
    added.save()
    assert Case.objects.count() == 2


@pytest.mark.django_db
def test_values_that_django_converts_are_added_and_not_found() -> None:
    changes = {"status": ["new", "closed"], "word": 'é"<\\'}
    entry = AuditEntry(at=clock.now(), kind="x", subject_kind="y", changes=changes)
    rows.add(entry)
    assert AuditEntry.objects.get(pk=entry.pk).changes == changes
    with pytest.raises(TypeError, match="AuditEntry"):
        rows.find(AuditEntry, "id = %s", [entry.pk])


def test_only_the_named_fields_are_saved(case: Case, company: Cast) -> None:
    case.owner_agent, case.owner_queue = company.bea, None
    case.customer_name = "Not to be saved"
    rows.save(case, ["owner_agent", "owner_queue"])
    found = Case.objects.get(pk=case.pk)
    assert (found.owner_agent, found.owner_queue) == (company.bea, None)
    assert found.customer_name != "Not to be saved"


def test_what_is_not_there_cannot_be_saved(case: Case) -> None:
    case.pk = 0
    with pytest.raises(ObjectDoesNotExist):
        rows.save(case, ["customer_name"])


def test_what_is_related_is_read_along_in_the_same_statement(
    company: Cast, django_assert_num_queries: Statements
) -> None:
    along = ("account", "account__parent", "installer")
    with django_assert_num_queries(2):
        found = rows.find(Contract, "t.contract_id = %s", ["C-1001"], related=along)
        assert found is not None
        assert (found.account, found.account.parent) == (company.homeowner, company.org)
        assert found.installer.name == company.org.name
        org = rows.find(Account, "t.id = %s", [company.org.pk], related=("parent",))
        assert org is not None
        assert org.parent is None


def test_rows_of_several_models_are_found_at_once(
    case: Case, django_assert_num_queries: Statements
) -> None:
    with django_assert_num_queries(1):
        found, contract, nobody = rows.find_each(
            rows.Wanted(Case, case.pk, ("account", "account__parent")),
            rows.Wanted(Contract, case.contract_id),
            rows.Wanted(Account, 0),
        )
        assert found.account.parent is not None
    assert model_to_dict(found) == model_to_dict(Case.objects.get(pk=case.pk))
    assert (contract, nobody) == (case.contract, None)
    assert rows.find_each() == []
