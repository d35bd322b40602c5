"""Messages that were sent as files, whatever they are called."""

from __future__ import annotations

import pytest

from intake.extract.mail.carried import Part
from intake.extract.mail.messagefiles import is_message_file

MESSAGE = b"From: jo@ashdown.example\r\nSubject: CPL\r\nMIME-Version: 1.0\r\n\r\nHello\r\n"


@pytest.mark.parametrize(
    ("name", "opened"),
    [
        ("mail.eml", True),
        ("CPL submission.msg", True),
        ("page.mhtml", True),
        ("CPL submission AML-E5", True),
        ("RE CPL new entry v1.2", True),
        ("Submission no. 12", True),
        ("Meters Ltd. submission", True),
        ("notes.txt", False),
        ("log.md", False),
        ("form.xlsx", False),
    ],
)
def test_a_message_is_opened_where_its_name_says_nothing_else(name: str, *, opened: bool) -> None:
    assert is_message_file(Part(name, "application/octet-stream", MESSAGE)) is opened


def test_what_is_no_message_is_opened_under_no_name() -> None:
    assert not is_message_file(Part("CPL submission.msg", "", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"))
    assert not is_message_file(Part("mail.eml", "", b"no message at all"))
