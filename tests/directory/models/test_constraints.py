"""What PostgreSQL holds of accounts, contacts, contracts and jobs, tried with plain SQL."""

from __future__ import annotations

import pytest

from tests import cast
from tests.cast import Cast
from tests.sql import breach

pytestmark = pytest.mark.django_db

ORG = "(SELECT min(id) FROM directory_account WHERE kind = 'installer')"
PERSON = "(SELECT max(id) FROM directory_account WHERE kind = 'homeowner')"
NEW_ACCOUNT = """
    INSERT INTO directory_account (kind, name, phone, email, external_id, created_at,
        street, city, state, postal_code, country)
    VALUES ('bank', 'B', '', '', '', now(), '', '', '', '', '')
"""
NEW_JOB = f"""
    INSERT INTO directory_job (job_id, installer_id, name, phase, created_at)
    VALUES ('', {ORG}, '', '', now())
"""


@pytest.mark.parametrize(
    ("sql", "refusal"),
    [
        (
            "UPDATE directory_account SET kind = 'bank' WHERE id = {maria}",
            "account_kind_stays",
        ),
        ("UPDATE directory_account SET name = '' WHERE id = {maria}", "account_has_name"),
        (
            f"UPDATE directory_account SET parent_id = {PERSON} WHERE id = {{maria}}",
            "account_parent_is_installer",
        ),
        (
            f"UPDATE directory_account SET parent_id = {ORG} WHERE id = {{other_org}}",
            "account_installer_has_no_parent",
        ),
        (
            NEW_ACCOUNT,
            "account_kind_is_known",
        ),
        (
            "UPDATE directory_account SET external_id = 'X1' WHERE id IN ({maria}, {other_org})",
            "account_external_id_once",
        ),
        ("UPDATE directory_contact SET name = '' WHERE id = {signer}", "contact_has_name"),
        ("UPDATE directory_contact SET role = 'odd' WHERE id = {signer}", "contact_role_is_known"),
        (
            "UPDATE directory_contact SET external_id = 'X1' WHERE account_id = {maria}",
            "contact_external_id_once",
        ),
        ("UPDATE directory_contract SET contract_id = ''", "contract_has_id"),
        ("UPDATE directory_contract SET status = 'odd'", "contract_status_is_known"),
        ("UPDATE directory_contract SET external_id = 'X1'", "contract_external_id_once"),
        (
            "UPDATE directory_contract SET contract_id = 'C-1'",
            "directory_contract_contract_id_key",
        ),
        (
            f"UPDATE directory_contract SET account_id = {ORG} WHERE contract_id = 'C-2001'",
            "contract_account_is_homeowner",
        ),
        (
            f"UPDATE directory_contract SET installer_id = {PERSON} WHERE contract_id = 'C-2001'",
            "contract_installer_is_org",
        ),
        (
            NEW_JOB,
            "job_has_id",
        ),
    ],
)
def test_the_directory_holds(company: Cast, sql: str, refusal: str) -> None:
    ids = {
        "maria": company.homeowner.pk,
        "other_org": company.other_org.pk,
        "signer": company.signer.pk,
    }
    assert breach(sql.format(**ids)) == refusal


def test_the_contact_of_a_case_stays_with_its_account(company: Cast) -> None:
    cast.case(company)
    move = "UPDATE directory_contact SET account_id = %s WHERE id = %s"
    assert breach(move, company.neighbour.pk, company.signer.pk) == "case_contact_of_account"
