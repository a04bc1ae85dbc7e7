"""One mail about notices: a plain and an HTML part, and headers that mail programs thread by."""

from __future__ import annotations

import re
from email.utils import formataddr, parseaddr
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

from heliodesk.core.mail_url import mail_domain
from heliodesk.notices.mail.news import CaseNews

SUBJECT_LIMIT = 150  # characters
UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff]+")
NAME = "Heliodesk"


def mail_of_notice(to: str, news: CaseNews, notice_id: int) -> EmailMultiAlternatives:
    """The mail about one notice, in the thread of its case."""
    line = news.lines[0]
    subject = f"[{news.number}] {news.customer}: {news.about}"
    context = {"title": f"{line.who} {line.why}", "cases": [news], "more": 0, "digest": False}
    mail = _mail(to, subject, context, sender=f"{line.who} ({NAME})" if line.by_person else NAME)
    domain = mail_domain(settings.ADDRESS)
    thread = f"<case-{news.number}@{domain}>"
    # The same for a mail that goes out again after a crash: mail programs show it once.
    mail.extra_headers["Message-ID"] = f"<notice-{notice_id}@{domain}>"
    mail.extra_headers |= {"In-Reply-To": thread, "References": thread}
    return mail


def mail_of_digest(
    to: str, cases: list[CaseNews], *, more: int, day: str, key: str
) -> EmailMultiAlternatives:
    """The daily digest: `more` notices are left out of it. `key` names it among all digests."""
    count = sum(len(news.lines) for news in cases) + more
    title = f"{count:,} unread {'notice' if count == 1 else 'notices'}"
    context = {"title": title, "cases": cases, "more": more, "digest": True}
    mail = _mail(to, f"{title} on {day}", context, sender=NAME)
    mail.extra_headers["Message-ID"] = f"<digest-{key}@{mail_domain(settings.ADDRESS)}>"
    return mail


def _mail(to: str, subject: str, context: dict[str, Any], *, sender: str) -> EmailMultiAlternatives:
    context |= {"address": settings.ADDRESS, "settings_url": f"{settings.ADDRESS}/me/"}
    domain = mail_domain(settings.ADDRESS)
    mail = EmailMultiAlternatives(
        subject=one_line(subject)[:SUBJECT_LIMIT],
        body=_plain(context),
        from_email=formataddr((one_line(sender), parseaddr(settings.DEFAULT_FROM_EMAIL)[1])),
        to=[to],
        headers={
            "List-Id": f"{NAME} notices <notices.{domain}>",
            "List-Unsubscribe": f"<{settings.ADDRESS}/me/>",
            "Auto-Submitted": "auto-generated",
            "X-Auto-Response-Suppress": "All",
        },
    )
    mail.attach_alternative(render_to_string("notices/mail.html", context), "text/html")
    return mail


def _plain(context: dict[str, Any]) -> str:
    """The plain part."""
    lines: list[str] = []
    for news in context["cases"]:
        lines += [f"Case {news.number} · {news.customer}", news.about, ""]
        for line in news.lines:
            lines += [f"{line.who} {line.why}, {line.when}"]
            lines += [f"> {part}" for part in line.text.splitlines()]
            lines += [line.url, ""]
    if context["more"]:
        lines += [f"And {context['more']:,} more: {context['address']}/notices/", ""]
    lines += ["-- ", *footer(context)]
    return "\n".join(lines) + "\n"


def footer(context: dict[str, Any]) -> list[str]:
    """What stands below: that nobody reads replies, and how to get other mail or none."""
    return [
        "Answer on the case: replies to this mail are not read.",
        f"Choose which mail you get, or none: {context['settings_url']}",
    ]


def one_line(text: str) -> str:
    """Text that is safe in a header: one line, and nothing that hides or turns letters."""
    return " ".join(UNPRINTABLE.sub(" ", text).split())
