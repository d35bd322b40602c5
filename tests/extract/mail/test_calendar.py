"""Invitations that carry files within themselves (RFC 5545, 3.8.1.1)."""

from __future__ import annotations

import base64

import pytest

from intake.extract.mail.calendar import files
from intake.extract.mail.mime import attachments
from intake.extract.mail.unpack import MEMBER_DAMAGED

CODED = base64.b64encode(b"PK content of a form that needs more than one line of a calendar").decode()
FOLDED = CODED[:40] + "\r\n " + CODED[40:]
CONTENT = base64.b64decode(CODED)


def invitation(*lines: str) -> str:
    return "\r\n".join(["BEGIN:VCALENDAR", "METHOD:REQUEST", "BEGIN:VEVENT", *lines, "END:VEVENT", "END:VCALENDAR", ""])


@pytest.mark.parametrize(
    ("line", "name"),
    [
        (f"ATTACH;X-FILENAME=form.xlsx;ENCODING=BASE64;VALUE=BINARY:{FOLDED}", "form.xlsx"),
        (f'ATTACH;VALUE=BINARY;ENCODING=BASE64;X-APPLE-FILENAME="my form; new.xlsx":{FOLDED}', "my form; new.xlsx"),
        (f"attach;encoding=base64;value=binary;filename=..\\form.xlsx:{FOLDED}", "form.xlsx"),
        (f"ATTACH;FMTTYPE=application/pdf;ENCODING=BASE64:{FOLDED}", "calendar attachment.bin"),
    ],
)
def test_a_file_within_an_invitation_is_taken_out(line: str, name: str) -> None:
    (member,) = files(invitation(line).encode())
    assert (member.path, member.content, member.trouble) == (name, CONTENT, None)


def test_what_is_linked_is_no_file_and_what_is_damaged_says_so() -> None:
    assert list(files(invitation("ATTACH:https://files.example/form.xlsx", "ATTACH:CID:a@b").encode())) == []
    (member,) = files(invitation("ATTACH;ENCODING=BASE64;VALUE=BINARY:QUJ").encode())
    assert member.trouble == MEMBER_DAMAGED


@pytest.mark.parametrize(
    ("head", "names"),
    [
        ("Content-Type: text/calendar; method=REQUEST", ["form.xlsx"]),
        ("Content-Type: text/calendar; name=meet.ics", ["form.xlsx", "meet.ics"]),
        ("Content-Type: application/ics\r\nContent-Disposition: attachment; filename=a.ics", ["form.xlsx", "a.ics"]),
        ("Content-Type: application/octet-stream; name=a.ICS", ["form.xlsx", "a.ICS"]),
    ],
)
@pytest.mark.parametrize("coded", [False, True])
def test_an_invitation_s_files_are_documents_of_the_mail(head: str, names: list[str], *, coded: bool) -> None:
    text = invitation(f"ATTACH;X-FILENAME=form.xlsx;ENCODING=BASE64;VALUE=BINARY:{FOLDED}")
    if coded:
        head = f"{head}\r\nContent-Transfer-Encoding: base64"
        text = base64.encodebytes(text.encode()).decode()
    raw = f"Content-Type: multipart/mixed; boundary=B\r\n\r\n--B\r\n{head}\r\n\r\n{text}\r\n--B--\r\n"
    assert [part.name for part in attachments(raw.encode()).parts] == names
