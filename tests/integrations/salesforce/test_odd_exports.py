"""Exports of odd shapes, and maps that name what is not there (M1)."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management.base import CommandError

from heliodesk.cases.models import Case
from heliodesk.feed.markdown import render
from heliodesk.feed.models import FeedItem
from heliodesk.integrations.salesforce.ids import eighteen
from heliodesk.integrations.salesforce.mapping import load
from heliodesk.integrations.salesforce.moving_in.archive import subject_of
from heliodesk.integrations.salesforce.moving_in.rendering import html
from heliodesk.integrations.salesforce.moving_in.rich_text import plain
from heliodesk.people.models import Queue
from tests.integrations.salesforce.whole_export import (
    BASE,
    counts,
    move_in,
    refused,
    sf,
    write,
)

NAMES = load(None)


@pytest.mark.parametrize(
    ("name", "subject"),
    [
        ("Case.csv", "case"),
        ("cases.csv", "case"),
        ("extract_Case_2024-05-01.csv", "case"),
        ("CaseComment export (2).csv", "comment"),
        ("Case_Assignment__c.csv", "assignment"),
        ("prod-FeedItem-1.CSV", "feed_item"),
        ("ContentDocumentLink.csv", "content_link"),
        ("CaseTeamMember.csv", None),
        ("AccountHistory.csv", None),
    ],
)
def test_a_file_says_by_its_name_what_it_holds(name: str, subject: str | None) -> None:
    assert subject_of(name, NAMES) == subject


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("<p>One</p><p>Two&nbsp;&amp; three</p>", "One\n\nTwo & three"),
        ("<p>See <a href=\"https://x.example/a\">the page</a></p>",
         "See [the page](https://x.example/a)"),
        ("<p>a<br>b</p>", "a\nb"),
        ("<ul><li>one</li><li>two</li></ul>", "- one\n- two"),
        ("<ol><li>one</li><li>two</li></ol>", "1. one\n2. two"),
        ("<p><i>so</i> <code>x</code></p>", "*so* `x`"),
        ("<p>Hello @Ana Ruiz</p>", "Hello @Ana Ruiz"),
        ("<p>unclosed <b>bold", "unclosed **bold"),
        ("5 < 6 & 7 > 3", "5 < 6 & 7 > 3"),
    ],
)  # fmt: skip
def test_rich_text_becomes_the_desks_own(text: str, written: str) -> None:
    assert plain(text, rich=True) == written


def test_plain_text_stays_as_it_is() -> None:
    assert plain("<p>typed so</p>", rich=False) == "<p>typed so</p>"


@pytest.mark.parametrize(
    "text",
    ["One line.", "One.\n\nTwo, and more.\nThree", "a *b* c", "See https://x.example", "1. one",
     "Ends with a blank ", "two  blanks", "a\n\n\nb", "@Ana says", "5 < 6 & 7", "x\n    code",
     "Call 555-0142 ext. 5", "www.example.org", "It's \"so\" (really)", "# no heading", "- one",
     "Mail a@b.example", "Zoë – naïve…", "a\n===", "50% off; $3/kWh: yes!", "A\n\nB\n", "{x|y}",
     "It is **bold** & so on.", "**Bold** first\nand **last.**", "a**b** c", "** no **",
     "AT&T &amp;"],
)  # fmt: skip
def test_posts_are_rendered_as_the_desk_renders(text: str) -> None:
    assert html(text) == render(text)


def test_an_id_is_known_by_both_its_lengths() -> None:
    assert eighteen("500A0000004ABCD") == "500A0000004ABCDIA4"
    assert eighteen("SunriseSolarLLC") == "SunriseSolarLLC"


@pytest.mark.django_db
def test_files_of_several_encodings_and_without_most_objects(desk: None, tmp_path: Path) -> None:
    write(
        tmp_path,
        leave="RecordType Contact Contract Case_Assignment__c FeedItem FeedComment Task "
        "CaseHistory Attachment ContentVersion ContentDocumentLink CaseComment Group GroupMember "
        "QueueSobject",
    )
    accounts = (tmp_path / "Account.csv").read_text(encoding="utf-8").replace("Ruiz", "Ruíz")
    (tmp_path / "Account.csv").write_bytes(accounts.encode("cp1252"))
    cases = (tmp_path / "Case.csv").read_text(encoding="utf-8")
    (tmp_path / "Case.csv").unlink()
    bare = cases.replace(sf("case", 2), eighteen(sf("case", 2)))
    (tmp_path / "extract_case_2024.csv").write_text(bare, encoding="utf-8-sig")
    comment = f'Id,ParentId,CommentBody,CreatedDate\n{sf("comment", 1)},{sf("case", 2)},"a\nb",'
    (tmp_path / "casecomment.csv").write_text(
        f"{comment}2024-05-01T10:00:00.000+0000\n{sf('comment', 2)},{sf('case', 2)},#N/A,\n"
        f"{sf('comment', 3)},{sf('case', 2)},late,yesterday\n"
        f"{sf('comment', 4)},too few\n{sf('comment', 1)},{sf('case', 2)},again,2024-05-01\n"
    )
    said = move_in(tmp_path)
    assert "Account.csv: Account; it is not UTF-8 and is read as Windows-1252" in said
    case = Case.objects.get(number=1002)
    assert (case.contract_gap, case.customer_name) == ("history", "Ana Ruíz")
    post = FeedItem.objects.get(case=case, kind="post")
    assert (post.body, post.author and post.author.name) == ("a\nb", "unknown user unknown")
    assert counts(said)["CaseComment"] == [5, 1, 0, 0, 4, 0]
    reasons = {row["line"]: row["reason"] for row in refused(tmp_path)}
    assert "“yesterday” is not a date and time" in reasons["5"]
    assert "The row has 2 fields, the header 4" in reasons["6"]
    assert "The same Id stands on an earlier row" in reasons["7"]
    assert "when it was written" in reasons["4"]


MAPS = [
    ('[cases]\nstatus = ["S"]', "line 1: “cases” is no object"),
    ('[case]\n\nstatsu = ["S"]', "line 3: “statsu” is no field of case; there is: external_id"),
    ('[case.statuses]\nnew = ["x"]\npending = ["y"]',
     r"line 3: “pending” is nothing that \[case.statuses\] may name; there is: awaiting_customer"),
    ('[case.closed_reasons]\n"Never heard" = ["x"]', "line 2: “Never heard” is nothing"),
    ('[case.closed_reasons]\nResolved = [1]', "line 2: “Resolved” takes a list of texts"),
    ('[case]\nstatus = ["My_Status__c"]', "line 2: Case.csv has no column that “status” names"),
    ("[case\n", "cannot be read"),
]  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize(("text", "said"), MAPS)
def test_a_map_that_names_what_is_not_there(
    desk: None, tmp_path: Path, text: str, said: str
) -> None:
    write(tmp_path)
    own = tmp_path / "own.toml"
    own.write_text(text)
    with pytest.raises(CommandError, match=said):
        move_in(tmp_path, map=own)
    assert not (tmp_path / "refused.csv").exists()


@pytest.mark.django_db
def test_a_map_of_ones_own_is_put_before_the_desks(desk: None, tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text(
        '[case]\npriority = ["Urgency__c"]\n[case.priorities]\nhigh = ["Red"]\n'
        '[case.request_types]\n"Documents" = ["Old words"]\n'
        '[case.request_subtypes]\n"Documents: Tax papers" = ["Documents: Older words"]\n'
        '[group.queues]\n"Back Office Task Queue – Installer" = ["Solar_Care"]\n'
    )
    rows = [row | {"Urgency__c": "Red"} for row in BASE["Case"]]
    write(tmp_path, {"Case": rows}, leave="Attachment")
    move_in(tmp_path, map=own)
    case = Case.objects.get(number=1001)
    assert (case.priority, case.request_type.name) == (1, "Documents")
    assert case.request_subtype.name == "Tax papers"
    assert not Queue.objects.filter(name="Solar Care").exists()


@pytest.mark.django_db
def test_an_account_that_says_nothing_of_itself_is_what_its_cases_are(
    desk: None, tmp_path: Path
) -> None:
    account = {"Id": sf("account", 5), "Name": "Lone", "ParentId": "", "IsPersonAccount": "0"}
    case = BASE["Case"][1] | {"AccountId": sf("account", 5), "ContactId": ""}
    write(
        tmp_path,
        {"Account": [account], "Case": [case]},
        leave="Contact Contract Case_Assignment__c FeedItem FeedComment Task CaseHistory "
        "Attachment ContentVersion ContentDocumentLink CaseComment",
    )
    move_in(tmp_path)
    assert not refused(tmp_path)
    lone = Case.objects.get(number=1001)
    assert (lone.account.kind, lone.contract_gap) == ("homeowner", "history")
