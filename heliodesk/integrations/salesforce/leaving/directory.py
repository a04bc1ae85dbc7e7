"""Accounts, contacts, contracts and jobs."""

from __future__ import annotations

from heliodesk.integrations.salesforce.leaving.values import flag, when

ADDRESS = """t.street AS "Street", t.city AS "City", t.state AS "State",
        t.postal_code AS "PostalCode", t.country AS "Country\""""

ACCOUNTS = f"""
    SELECT k.sfid AS "Id", t.name AS "Name", p.sfid AS "ParentId", t.kind AS "RecordType.Name",
        t.phone AS "Phone", t.email AS "Email", {ADDRESS},
        am.sfid AS "Account_Manager__c", sm.sfid AS "Sales_Manager__c",
        {when("t.created_at", "CreatedDate")}
    FROM directory_account t JOIN account_ids k ON k.id = t.id
    LEFT JOIN account_ids p ON p.id = t.parent_id
    LEFT JOIN user_ids am ON am.id = t.account_manager_id
    LEFT JOIN user_ids sm ON sm.id = t.sales_manager_id
"""
CONTACTS = f"""
    SELECT k.sfid AS "Id", a.sfid AS "AccountId", t.name AS "Name", t.email AS "Email",
        t.phone AS "Phone", t.role AS "Role__c", {flag("t.is_active", "Active__c")},
        {when("t.created_at", "CreatedDate")}
    FROM directory_contact t JOIN contact_ids k ON k.id = t.id
    JOIN account_ids a ON a.id = t.account_id
"""
CONTRACTS = f"""
    SELECT k.sfid AS "Id", t.contract_id AS "ContractNumber", a.sfid AS "AccountId",
        o.sfid AS "Installer__c", t.status AS "Status", t.signed_on AS "CustomerSignedDate",
        t.system_size_kw AS "System_Size__c", {ADDRESS}, {when("t.created_at", "CreatedDate")}
    FROM directory_contract t JOIN contract_ids k ON k.id = t.id
    JOIN account_ids a ON a.id = t.account_id JOIN account_ids o ON o.id = t.installer_id
"""
JOBS = f"""
    SELECT k.sfid AS "Id", t.job_id AS "Name", o.sfid AS "Installer__c", n.sfid AS "Contract__c",
        t.name AS "Title__c", t.phase AS "Phase__c", {when("t.created_at", "CreatedDate")}
    FROM directory_job t JOIN job_ids k ON k.id = t.id
    JOIN account_ids o ON o.id = t.installer_id LEFT JOIN contract_ids n ON n.id = t.contract_id
"""
TABLES = {"Account": ACCOUNTS, "Contact": CONTACTS, "Contract": CONTRACTS, "Job__c": JOBS}
