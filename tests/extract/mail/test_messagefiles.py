"""Messages that were sent as files, whatever they are called."""

from __future__ import annotations

import pytest
from helpers import mail

from intake.extract.mail.carried import Part
from intake.extract.mail.messagefiles import is_message_file
from intake.extract.mail.mime import attachments
from intake.extract.mail.parsing import SEVERAL

MESSAGE = b"From: jo@ashdown.example\r\nSubject: CPL\r\nMIME-Version: 1.0\r\n\r\nHello\r\n"


@pytest.mark.parametrize(
    ("name", "opened"),
    [
        ("mail.eml", True),
        ("CPL submission.msg", True),
        ("page.mhtml", True),
        ("Submissions.mbox", True),
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


@pytest.mark.parametrize(
    "name",
    [
        "mail.txt",
        "mail.eml.txt",
        "mail.log",
        "mail.md",
        "mail.dat",
        "mail.bin",
        "mail.doc",
        "mail.xlsx",
        "mail.eml_",
        "m",
    ],
)
def test_a_message_with_a_file_in_it_is_opened_under_any_name(name: str) -> None:
    inner = mail("CPL submission", documents={"form.xlsx": b"a"})
    opened = attachments(mail("As discussed", documents={name: inner})).parts
    assert [part.name for part in opened] == [name, f"{name}/form.xlsx"]


@pytest.mark.parametrize("line", ["> Content-Disposition: attachment", "It had Content-Disposition: attachment"])
def test_a_text_that_only_quotes_such_a_header_stays_a_text(line: str) -> None:
    assert not is_message_file(Part("notes.txt", "", MESSAGE + line.encode() + b"\r\n"))


def test_what_is_no_message_is_opened_under_no_name() -> None:
    assert not is_message_file(Part("CPL submission.msg", "", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"))
    assert not is_message_file(Part("mail.eml", "", b"no message at all"))


@pytest.mark.parametrize(
    "parting", ["From robin@ashdown.example Fri Nov 20 11:00:00 2026", "From - Fri Nov 20 11:00:00 2026"]
)
@pytest.mark.parametrize("count", [1, 2, 5])
def test_every_message_of_a_mailbox_file_is_opened(parting: str, count: int) -> None:
    file = b"".join(
        parting.encode() + b"\r\n" + mail(f"Part {n}", body="From here on.\n", documents={f"{n}.pdf": b"x"}) + b"\r\n"
        for n in range(count)
    )
    opened = attachments(mail("Two mails", documents={"Sent.mbox": file}))
    names = [part.name for part in opened.parts]
    assert names == ["Sent.mbox", *(f"Sent.mbox/{n}.pdf" for n in range(count))]
    assert (opened.parts[0].words is not None) is (count == 1)


def test_a_sentence_that_begins_like_a_mailbox_file_parts_nothing() -> None:
    file = b"From robin@ashdown.example Fri Nov 20 11:00:00 2026\r\n" + mail(
        body="From now on we meet at 10:30.\nNo: later.\n"
    )
    assert attachments(mail(documents={"Sent.mbox": file})).parts[0].words is not None


@pytest.mark.parametrize(("count", "troubles"), [(1, ()), (2, (SEVERAL,)), (3, (SEVERAL,))])
def test_a_mailbox_file_in_a_message_s_place_says_what_was_not_read(count: int, troubles: tuple[str, ...]) -> None:
    line = b"From robin@ashdown.example Fri Nov 20 11:00:00 2026\r\n"
    file = b"".join(line + mail(f"Part {n}", documents={f"{n}.pdf": b"x"}) + b"\r\n" for n in range(count))
    opened = attachments(file)
    assert ([part.name for part in opened.parts], opened.troubles) == (["0.pdf"], troubles)
