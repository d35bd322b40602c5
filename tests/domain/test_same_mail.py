"""Whether two messages are one mail that came two ways."""

from __future__ import annotations

import pytest

from intake.domain.same_mail import own_digest

OWN = (
    b"From: Robin Hale <robin@ashdown.example>\r\nTo: cpl@example.test,\r\n list@example.test\r\n"
    b"Subject: CPL submission\r\nDate: Fri, 20 Nov 2026 10:00:00 +0000\r\nMessage-ID: <1@ashdown.example>\r\n"
)
BODY = b"Please find our submission attached.\r\n"
WHOLE = OWN + b"\r\n" + BODY


@pytest.mark.parametrize(
    "other",
    [
        b"Delivered-To: list@example.test\r\n" + WHOLE,
        b"Return-Path: <robin@ashdown.example>\r\nReceived: from a by b;\r\n Fri, 20 Nov 2026 10:00:01 +0000\r\n"
        + WHOLE,
        b"Authentication-Results: mx; dmarc=pass\r\nARC-Seal: i=1\r\nX-Spam-Status: No\r\n" + WHOLE,
        OWN + b"X-MS-Exchange-Organization-SCL: -1\r\nDKIM-Signature: v=1\r\n\r\n" + BODY,
        WHOLE.replace(b",\r\n list", b", list"),
        WHOLE.replace(b"\r\n", b"\n"),
        WHOLE + b"\r\n",
        b"\xef\xbb\xbf" + WHOLE,
        b"Subject: CPL submission\r\n" + OWN.replace(b"Subject: CPL submission\r\n", b"") + b"\r\n" + BODY,
    ],
)
def test_what_carriers_write_makes_no_other_mail(other: bytes) -> None:
    assert own_digest(other) == own_digest(WHOLE) is not None


@pytest.mark.parametrize(
    "other",
    [
        WHOLE + b"--\r\nOf the list\r\n",
        WHOLE.replace(b"CPL submission", b"CPL submission 2"),
        WHOLE.replace(b"10:00:00", b"10:00:01"),
        WHOLE.replace(b"cpl@example.test", b"secas@example.test"),
        WHOLE.replace(b"robin@ashdown.example>", b"kim@ashdown.example>"),
        WHOLE.replace(b"<1@", b"<2@"),
        b"Resent-From: kim@ashdown.example\r\n" + WHOLE,
        b"List-Id: <cpl.example.test>\r\n" + WHOLE,
        b"Auto-Submitted: auto-replied\r\n" + WHOLE,
        b"Subject: Another\r\n" + WHOLE,
    ],
)
def test_whatever_else_differs_makes_another_mail(other: bytes) -> None:
    assert own_digest(other) not in {None, own_digest(WHOLE)}


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"no header at all",
        OWN,
        WHOLE.replace(b"Date: ", b"When: "),
        WHOLE.replace(b"Message-ID: ", b"Id: "),
        WHOLE.replace(b"From: ", b"Sender: "),
        b"a line that is none\r\n" + WHOLE,
        b"X-Long: " + b"x" * 300_000 + b"\r\n" + WHOLE,
    ],
)
def test_of_what_is_unsure_it_is_not_told(raw: bytes) -> None:
    assert own_digest(raw) is None
