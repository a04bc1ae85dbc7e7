"""Handing mails to the mail server, and what its refusals mean."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from smtplib import SMTPDataError, SMTPNotSupportedError, SMTPRecipientsRefused

from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend

PERMANENT = range(500, 600)  # SMTP: the server will not change its mind; 4xx asks to come again
ANSWER_LIMIT = 300  # characters


class MailRefused(Exception):
    """The mail server will not take mail for this address; `answer` is what it said."""

    def __init__(self, answer: str) -> None:
        super().__init__(answer)
        self.answer = answer[:ANSWER_LIMIT]


@contextmanager
def mail_server() -> Iterator[BaseEmailBackend]:
    """One connection for several mails; `OSError` (as all of smtplib's) where there is none."""
    server: BaseEmailBackend = get_connection(fail_silently=False)
    with server:
        yield server


def hand_over(mail: EmailMultiAlternatives, server: BaseEmailBackend) -> None:
    """Give one mail to the server.

    Raises `MailRefused` where it never will take it; anything else that is raised may go away by
    itself, and is worth trying again.
    """
    try:
        server.send_messages([mail])
    except SMTPRecipientsRefused as refused:
        _raise_if_permanent(*next(iter(refused.recipients.values())))
        raise
    except SMTPDataError as refused:
        _raise_if_permanent(refused.smtp_code, refused.smtp_error)
        raise
    except (SMTPNotSupportedError, ValueError) as error:  # an address that no mail can have
        raise MailRefused(str(error)) from error


def _raise_if_permanent(code: int, answer: bytes | str) -> None:
    if code in PERMANENT:
        words = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer
        raise MailRefused(f"{code} {' '.join(words.split())}")
