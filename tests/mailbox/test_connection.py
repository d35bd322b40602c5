"""What is said of a mail server whose certificate is not accepted: whose task it is."""

from __future__ import annotations

import ssl
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from peers.certificates import self_signed, serving, trusting
from peers.peers import free_port

from intake.errors import UnreachableError
from intake.mailbox.connection import endpoint_hint
from intake.mailbox.imap import ImapMailbox
from intake.mailbox.imap_marks import NO_MARK
from intake.mailbox.imap_session import Account
from intake.mailbox.smtp import SmtpPostman

DAY = timedelta(days=1)


def read_mail(port: int, context: ssl.SSLContext) -> None:
    mailbox = ImapMailbox(Account("m", "localhost", "u", port, password="p", context=context), "INBOX", NO_MARK)
    try:
        mailbox.scan()
    finally:
        mailbox.close()


def send_mail(port: int, context: ssl.SSLContext) -> None:
    SmtpPostman("localhost", port=port, tls="implicit", sender="secas@list.example", context=context).answer()


@pytest.mark.parametrize("ask", [read_mail, send_mail])
@pytest.mark.parametrize(
    ("begins_in", "said"), [(-2 * DAY, "has expired: its operator must renew it"), (DAY, "is not valid yet")]
)
def test_a_certificate_out_of_its_time_is_not_called_one_of_another_name(
    tmp_path: Path, ask: Callable[[int, ssl.SSLContext], None], begins_in: timedelta, said: str
) -> None:
    certificate, key = tmp_path / "certificate.pem", tmp_path / "key.pem"
    self_signed(certificate, key, begins_in=begins_in)
    controller = Controller(None, hostname="127.0.0.1", port=free_port(), ssl_context=serving(certificate, key))
    controller.start()
    try:
        with pytest.raises(UnreachableError) as caught:
            ask(controller.port, trusting(certificate))
    finally:
        controller.stop()
    assert said in caught.value.hint
    assert "clock" in caught.value.hint


def test_a_url_s_certificate_out_of_its_time_is_told_likewise() -> None:
    error = ssl.SSLCertVerificationError()
    error.verify_code = 10
    assert "has expired" in endpoint_hint(error, "mailbox.endpoint")
    error.verify_code = 62
    assert "mailbox.endpoint's host" in endpoint_hint(error, "mailbox.endpoint")
