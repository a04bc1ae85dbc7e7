"""A small company's whole export, as the Data Export Service writes it, and the import over it."""

from __future__ import annotations

import csv
from io import StringIO
from pathlib import Path
from typing import Any

from django.core.management import call_command

Rows = list[dict[str, str]]

#: Salesforce IDs by a short name, fifteen characters; `ID["MARIA"]` and so on.
KINDS = {
    "user": "005", "group": "00G", "account": "001", "contact": "003", "contract": "800",
    "case": "500", "assignment": "a0A", "comment": "00a", "item": "0D5", "reply": "0D7",
    "task": "00T", "history": "017", "attachment": "00P", "version": "068", "document": "069",
    "link": "06A", "type": "012", "member": "011", "sobject": "03g",
}  # fmt: skip


def sf(kind: str, number: int) -> str:
    """A Salesforce ID of that kind, fifteen characters."""
    return f"{KINDS[kind]}{number:012d}"


BASE: dict[str, Rows] = {
    "User": [
        {"Id": sf("user", 1), "Username": "olga@sun.example", "LastName": "Owner",
         "FirstName": "Olga", "Email": "olga@sun.example", "IsActive": "1",
         "UserRole.Name": "Service Agent", "CreatedDate": "2020-01-01T08:00:00.000Z"},
        {"Id": sf("user", 2), "Username": "gone@sun.example", "LastName": "Gone",
         "FirstName": "Gus", "Email": "gone@sun.example", "IsActive": "0", "UserRole.Name": "",
         "CreatedDate": "2019-01-01T08:00:00.000Z"},
        {"Id": sf("user", 3), "Username": "nora@sun.example", "LastName": "New",
         "FirstName": "Nora", "Email": "nora@sun.example", "IsActive": "true",
         "UserRole.Name": "#N/A", "CreatedDate": "2021-01-01 08:00:00"},
    ],
    "Group": [
        {"Id": sf("group", 1), "Name": "Back Office Task Queue - Homeowner",
         "DeveloperName": "Back_Office", "Type": "Queue"},
        {"Id": sf("group", 2), "Name": "Solar Care", "DeveloperName": "Solar_Care",
         "Type": "Queue"},
        {"Id": sf("group", 3), "Name": "Legal", "DeveloperName": "Legal", "Type": "Regular"},
        {"Id": sf("group", 4), "Name": "Leads", "DeveloperName": "Leads", "Type": "Queue"},
    ],
    "QueueSobject": [
        {"Id": sf("sobject", 1), "QueueId": sf("group", 1), "SobjectType": "Case"},
        {"Id": sf("sobject", 2), "QueueId": sf("group", 2), "SobjectType": "Case"},
        {"Id": sf("sobject", 3), "QueueId": sf("group", 4), "SobjectType": "Lead"},
    ],
    "GroupMember": [
        {"Id": sf("member", 1), "GroupId": sf("group", 1), "UserOrGroupId": sf("user", 1)},
        {"Id": sf("member", 2), "GroupId": sf("group", 2), "UserOrGroupId": sf("user", 1)},
    ],
    "RecordType": [
        {"Id": sf("type", 1), "Name": "Homeowner Support", "DeveloperName": "Homeowner_Support",
         "SobjectType": "Case"},
        {"Id": sf("type", 2), "Name": "Installer Support", "DeveloperName": "Installer_Support",
         "SobjectType": "Case"},
        {"Id": sf("type", 3), "Name": "Installer", "DeveloperName": "Installer",
         "SobjectType": "Account"},
    ],
    "Account": [
        {"Id": sf("account", 2), "Name": "#N/A", "FirstName": "Ana", "LastName": "Ruiz",
         "IsPersonAccount": "1", "PersonEmail": "ana@example.org",
         "PersonContactId": sf("contact", 2), "ParentId": sf("account", 1), "RecordTypeId": "",
         "BillingStreet": "5 Elm\nUnit 2", "BillingCity": "Fresno",
         "CreatedDate": "2021-02-01T10:00:00.000+0000"},
        {"Id": sf("account", 1), "Name": "Sunline LLC", "FirstName": "", "LastName": "",
         "IsPersonAccount": "0", "PersonEmail": "", "PersonContactId": "", "ParentId": "",
         "RecordTypeId": sf("type", 3), "BillingStreet": "1 Way", "BillingCity": "San Diego",
         "CreatedDate": "2020-02-01T10:00:00.000+0000"},
    ],
    "Contact": [
        {"Id": sf("contact", 1), "AccountId": sf("account", 1), "FirstName": "Otto",
         "LastName": "Ops", "Email": "otto@sunline.example", "Title": "Operations"},
    ],
    "Contract": [
        {"Id": sf("contract", 1), "AccountId": sf("account", 2), "ContractNumber": "00000101",
         "Status": "Activated", "ShippingStreet": "5 Elm", "ShippingCity": "Fresno"},
    ],
    "Case": [
        {"Id": sf("case", 2), "CaseNumber": "00001002", "RecordTypeId": sf("type", 1),
         "AccountId": sf("account", 2), "ContactId": sf("contact", 2),
         "Contract__c": sf("contract", 1), "ParentId": sf("case", 1), "Status": "Working",
         "Priority": "High", "Origin": "Phone", "Type": "System performance",
         "Sub_Type__c": "Inverter fault", "Subject": "Inverter is red",
         "Description": "It has a red light,\nsince Monday.", "OwnerId": sf("user", 1),
         "CreatedDate": "2024-05-01T10:00:00.000Z", "CreatedById": sf("user", 2),
         "LastModifiedDate": "2024-05-02 11:00:00", "LastModifiedById": sf("user", 1),
         "ClosedDate": "", "Closed_Reason__c": ""},
        {"Id": sf("case", 1), "CaseNumber": "00001001", "RecordTypeId": sf("type", 1),
         "AccountId": sf("account", 2), "ContactId": sf("contact", 2), "Contract__c": "",
         "ParentId": "", "Status": "Closed", "Priority": "Medium", "Origin": "Fax",
         "Type": "Old words", "Sub_Type__c": "Older words", "Subject": "Who pays?",
         "Description": "", "OwnerId": sf("user", 2), "CreatedDate": "2023-05-01T10:00:00.000Z",
         "CreatedById": sf("user", 2), "LastModifiedDate": "2023-05-04T10:00:00.000Z",
         "LastModifiedById": sf("user", 2), "ClosedDate": "2023-05-03T10:00:00.000Z",
         "Closed_Reason__c": "Solved"},
        {"Id": sf("case", 3), "CaseNumber": "00001003", "RecordTypeId": sf("type", 2),
         "AccountId": sf("account", 1), "ContactId": sf("contact", 1), "Contract__c": "",
         "ParentId": "", "Status": "New", "Priority": "Low", "Origin": "Email",
         "Type": "Documents", "Sub_Type__c": "Tax papers",
         "Subject": "Portal", "Description": "Portal shows nothing", "OwnerId": sf("group", 1),
         "CreatedDate": "2024-06-01T10:00:00.000Z", "CreatedById": sf("user", 9),
         "LastModifiedDate": "2024-06-01T10:00:00.000Z", "LastModifiedById": "",
         "ClosedDate": "", "Closed_Reason__c": ""},
    ],
    "Case_Assignment__c": [
        {"Id": sf("assignment", 1), "Name": "CA-00071", "Case__c": sf("case", 2),
         "Department__c": "Legal", "Referral_Reason__c": "Attorney letter",
         "Referral_Subtype__c": "Demand", "Referral_Comments__c": "Please read",
         "Status__c": "Completed", "Assignee__c": sf("user", 3), "Resolution__c": "Read",
         "Completed_Date__c": "2024-05-01T15:00:00.000Z",
         "CreatedDate": "2024-05-01T11:00:00.000Z", "CreatedById": sf("user", 1)},
    ],
    "CaseComment": [
        {"Id": sf("comment", 1), "ParentId": sf("case", 2), "CommentBody": "Called <b>back</b>",
         "CreatedDate": "2024-05-01T12:00:00.000Z", "CreatedById": sf("user", 2)},
    ],
    "FeedItem": [
        {"Id": sf("item", 1), "ParentId": sf("case", 2), "Type": "TextPost", "IsRichText": "true",
         "Body": "<p>See <b>this</b> &amp; that, @Nora New</p><ul><li>one</li></ul>",
         "CreatedDate": "2024-05-01T13:00:00.000Z", "CreatedById": sf("user", 1)},
        {"Id": sf("item", 2), "ParentId": sf("case", 2), "Type": "TrackedChange",
         "IsRichText": "false", "Body": "", "CreatedDate": "2024-05-01T13:00:00.000Z",
         "CreatedById": sf("user", 1)},
        {"Id": sf("item", 3), "ParentId": sf("case", 2), "Type": "TextPost",
         "IsRichText": "false", "Body": "x" * 1000, "CreatedDate": "2024-05-01T13:30:00.000Z",
         "CreatedById": sf("user", 1)},
        {"Id": sf("item", 4), "ParentId": sf("account", 2), "Type": "TextPost",
         "IsRichText": "false", "Body": "On the account", "CreatedDate":
         "2024-05-01T13:30:00.000Z", "CreatedById": sf("user", 1)},
    ],
    "FeedComment": [
        {"Id": sf("reply", 1), "FeedItemId": sf("item", 1), "ParentId": sf("case", 2),
         "CommentBody": "Seen", "CreatedDate": "2024-05-01T14:00:00.000Z",
         "CreatedById": sf("user", 3)},
    ],
    "Task": [
        {"Id": sf("task", 1), "WhatId": sf("case", 2), "WhoId": "", "Subject": "Case Review",
         "Description": "Current Status: waiting", "Status": "Completed", "TaskSubtype": "Task",
         "OwnerId": sf("user", 1), "CreatedDate": "2024-05-01T16:00:00.000Z",
         "CreatedById": sf("user", 1)},
        {"Id": sf("task", 2), "WhatId": sf("case", 2), "WhoId": sf("contact", 2),
         "Subject": "Call", "Description": "She asks again", "Status": "Completed",
         "TaskSubtype": "Call", "OwnerId": sf("user", 1),
         "CreatedDate": "2024-05-01T17:00:00.000Z", "CreatedById": sf("user", 1)},
    ],
    "CaseHistory": [
        {"Id": sf("history", 1), "CaseId": sf("case", 2), "Field": "Status", "OldValue": "New",
         "NewValue": "Working", "CreatedDate": "2024-05-01T10:30:00.000Z",
         "CreatedById": sf("user", 2)},
        {"Id": sf("history", 2), "CaseId": sf("case", 2), "Field": "Owner",
         "OldValue": "Gus Gone", "NewValue": "Olga Owner",
         "CreatedDate": "2024-05-01T10:20:00.000Z", "CreatedById": sf("user", 2)},
        {"Id": sf("history", 3), "CaseId": sf("case", 2), "Field": "Owner",
         "OldValue": sf("user", 2), "NewValue": sf("user", 1),
         "CreatedDate": "2024-05-01T10:20:00.000Z", "CreatedById": sf("user", 2)},
        {"Id": sf("history", 4), "CaseId": sf("case", 2), "Field": "Job_ID__c", "OldValue": "",
         "NewValue": "J-1", "CreatedDate": "2024-05-01T10:40:00.000Z",
         "CreatedById": sf("user", 2)},
        {"Id": sf("history", 5), "CaseId": sf("case", 2), "Field": "created", "OldValue": "",
         "NewValue": "", "CreatedDate": "2024-05-01T10:00:00.000Z",
         "CreatedById": sf("user", 2)},
        {"Id": sf("history", 6), "CaseId": sf("case", 1), "Field": "closed", "OldValue": "",
         "NewValue": "", "CreatedDate": "2023-05-03T10:00:00.000Z",
         "CreatedById": sf("user", 3)},
    ],
    "Attachment": [
        {"Id": sf("attachment", 1), "ParentId": sf("case", 2), "Name": "letter.pdf",
         "BodyLength": "5", "CreatedDate": "2024-05-01T18:00:00.000Z",
         "CreatedById": sf("user", 1)},
        {"Id": sf("attachment", 2), "ParentId": sf("case", 2), "Name": "run.exe",
         "BodyLength": "5", "CreatedDate": "2024-05-01T18:00:00.000Z",
         "CreatedById": sf("user", 1)},
    ],
    "ContentVersion": [
        {"Id": sf("version", 1), "ContentDocumentId": sf("document", 1), "Title": "roof",
         "PathOnClient": "roof.jpg", "FileExtension": "jpg", "ContentSize": "4", "IsLatest": "1",
         "CreatedDate": "2024-05-01T19:00:00.000Z", "CreatedById": sf("user", 1)},
    ],
    "ContentDocumentLink": [
        {"Id": sf("link", 1), "ContentDocumentId": sf("document", 1),
         "LinkedEntityId": sf("case", 2)},
    ],
}  # fmt: skip


def write(folder: Path, changes: dict[str, Rows] | None = None, *, leave: str = "") -> None:
    """The export's files, with some objects replaced and some left away."""
    for name, rows in (BASE | (changes or {})).items():
        if name not in leave.split() and rows:
            with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, list(rows[0]), quoting=csv.QUOTE_ALL)
                writer.writeheader()
                writer.writerows(rows)
    for kind, number, text in (
        ("Attachments", sf("attachment", 1), b"%PDF-"),
        ("Attachments", sf("attachment", 2), b"MZ..."),
        ("ContentVersion", sf("version", 1), b"JPEG"),
    ):
        place = folder / kind / number
        place.parent.mkdir(exist_ok=True)
        place.write_bytes(text)


def changed(name: str, place: int, **values: str) -> dict[str, Rows]:
    """The rows of one object, with values of one of them changed."""
    rows = [dict(row) for row in BASE[name]]
    rows[place] |= values
    return {name: rows}


def move_in(root: Path, **options: Any) -> str:
    """Run the import; gives what it said."""
    out = StringIO()
    call_command("import_salesforce", root, **options, stdout=out, no_color=True)
    return out.getvalue()


def counts(said: str) -> dict[str, list[int]]:
    """The figures of the report by object: read, created, changed, unchanged, refused, left out."""
    found = {}
    for line in said.splitlines():
        cells = line[22:].split()
        if (
            line[:1].isupper()
            and len(cells) == 6
            and all(c.replace(",", "").isdigit() for c in cells)
        ):
            found[line[:22].strip()] = [int(cell.replace(",", "")) for cell in cells]
    return found


def refused(root: Path) -> Rows:
    """The refused rows that it wrote."""
    path = (root if root.is_dir() else root.parent) / "refused.csv"
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    return list(csv.DictReader(StringIO(text)))
