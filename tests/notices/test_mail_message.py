"""What a mail about a notice looks like, and what its headers say (C2)."""

from __future__ import annotations

from email.header import decode_header, make_header

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives

from heliodesk.cases.models import Case
from heliodesk.feed.rules.posts import post
from heliodesk.notices.models import Notice
from heliodesk.people.models import MailWanted, User
from tests import cast
from tests.cast import Cast, actor
from tests.notices.mails import wants, work_off

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sends_mail")]


def mailed(company: Cast, body: str, case: Case | None = None) -> EmailMultiAlternatives:
    """The mail to Frank about a post of Bea's."""
    wants(MailWanted.MENTIONS, company.frank)
    post(case or cast.case(company), body=body, by=actor(company.bea))
    work_off()
    message = mail.outbox[-1]
    assert isinstance(message, EmailMultiAlternatives)
    return message


def html_of(message: EmailMultiAlternatives) -> str:
    ((content, kind),) = message.alternatives
    assert kind == "text/html"
    return str(content)


def header(message: EmailMultiAlternatives, name: str) -> str:
    """The header as it reads, folded lines put together again."""
    return str(make_header(decode_header(str(message.message()[name]))))


def test_both_parts_say_who_why_and_lead_to_the_very_post(company: Cast) -> None:
    case = cast.case(company)
    message = mailed(company, "@frank what about the **meter**?", case)
    link = f"https://desk.example.com/notices/{Notice.objects.get().pk}/"
    for part in (str(message.body), html_of(message)):
        for words in (
            "Bea Tester mentioned you", "@Frank Tester what about the meter?", link,
            f"Case {case.display_number} · Maria Delgado", "https://desk.example.com/me/",
        ):  # fmt: skip
            assert words in part


def test_the_headers_thread_by_case_and_say_that_no_person_sent_it(company: Cast) -> None:
    case = cast.case(company)
    mails = [mailed(company, "@frank look", case) for _ in range(2)]
    for each in mails:
        assert header(each, "Subject") == f"[{case.display_number}] Maria Delgado: {KINDS}"
    first, second = (each.message() for each in mails)
    assert first["References"] == f"<case-{case.display_number}@desk.example.com>"
    assert first["References"] == second["References"] == second["In-Reply-To"]
    assert first["Message-ID"] != second["Message-ID"]
    assert first["From"] == '"Bea Tester (Heliodesk)" <heliodesk@desk.example.com>'
    assert first["List-Id"] == "Heliodesk notices <notices.desk.example.com>"
    assert first["Auto-Submitted"] == "auto-generated"
    assert first["List-Unsubscribe"] == "<https://desk.example.com/me/>"
    assert first["Date"]


KINDS = "Billing and payments – Autopay"


def test_a_mail_sent_again_after_a_crash_has_the_same_message_id(company: Cast) -> None:
    mailed(company, "@frank look")
    Notice.objects.update(mailed_at=None)
    work_off()
    first, second = (message.message()["Message-ID"] for message in mail.outbox)
    assert first == second


@pytest.mark.parametrize("name", ["Bea\r\nBcc: all@example.com", "Bea\u2028\u202eTester", "B\x00a"])
def test_no_name_puts_anything_into_a_header(company: Cast, name: str) -> None:
    safe = name.replace("\x00", "")
    User.objects.filter(pk=company.bea.pk).update(name=safe)
    case = cast.case(company, customer_name=f"Maria{safe}")
    message = mailed(company, "@frank look", case)
    assert message.message()["Bcc"] is None
    for each in ("Subject", "From"):
        assert not set(header(message, each)) & {"\r", "\n", "\u2028", "\u202e"}
    assert message.recipients() == ["frank@example.com"]


def test_what_is_written_cannot_break_out_of_the_html_part(company: Cast) -> None:
    message = mailed(company, "@frank <script>alert(1)</script> & <b>bold</b>")
    assert "<script>" not in html_of(message)
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp;" in html_of(message)
    assert "<script>alert(1)</script> & <b>bold</b>" in message.body


def test_long_texts_are_shortened_and_lines_kept(company: Cast) -> None:
    message = mailed(company, "@frank\n\n- one\n- two\n\n" + "word " * 2000)
    assert len(message.body) < 1500
    assert "> • one\n> • two\n" in message.body
    assert "…" in message.body


def test_a_subject_stays_short(company: Cast) -> None:
    case = cast.case(company, customer_name="M" * 200)
    assert len(mailed(company, "@frank look", case).subject) == 150


def test_names_beyond_ascii_arrive(company: Cast) -> None:
    User.objects.filter(pk=company.bea.pk).update(name="Hạnh Nguyễn")
    message = mailed(company, "@frank ¿mañana?")
    assert "¿mañana?" in message.body
    assert "=?utf-8?" in message.message()["From"]
