"""Headers of every shape, and no exception from any of them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from email.parser import BytesHeaderParser
from email.policy import compat32

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake import faults
from intake.domain import envelope as read_by
from intake.domain.envelope import MOST_BYTES, MOST_REFERENCES, Envelope, read_envelope

LONGEST = f"{'x' * 64}@{'y' * 62}.{'y' * 62}.{'y' * 61}."
"""An address but for the last of its 254 characters."""


def headers(*lines: str) -> Envelope:
    return read_envelope("\r\n".join([*lines, "", "the body"]).encode("utf-8", "surrogateescape"))


def test_an_ordinary_message_is_read_whole() -> None:
    envelope = headers(
        "Return-Path: <jane@maker.example>",
        "Received: from a by b; Fri, 20 Nov 2026 17:30:00 +0100 (CET)",
        "Received: from x by a; Fri, 20 Nov 2026 17:29:00 +0100",
        "From: Jane Doe <jane@maker.example>",
        "Reply-To: cpl@maker.example",
        "Subject: CPL submission",
        "Message-ID: <1@maker.example>",
        "In-Reply-To: <0@maker.example>",
        "References: <a@maker.example>\r\n <0@maker.example>",
    )
    assert envelope == Envelope(
        parsed=True,
        subject="CPL submission",
        from_header="Jane Doe <jane@maker.example>",
        sender="jane@maker.example",
        reply_to="cpl@maker.example",
        message_id="<1@maker.example>",
        in_reply_to="<0@maker.example>",
        references=("<a@maker.example>", "<0@maker.example>"),
        received=datetime(2026, 11, 20, 17, 30, tzinfo=timezone(timedelta(hours=1))),
        headers=(("return-path", "<jane@maker.example>"),),
    )
    assert envelope.reply_address == "cpl@maker.example"


@pytest.mark.parametrize(
    ("header", "sender"),
    [
        ("jane@maker.example", "jane@maker.example"),
        ("<jane@maker.example>", "jane@maker.example"),
        ("Jane <jane@maker.example>", "jane@maker.example"),
        ('"Doe, Jane" <jane@maker.example>', "jane@maker.example"),
        ("Doe, Jane <jane@maker.example>", "jane@maker.example"),
        ("jane@maker.example <jane@maker.example>", "jane@maker.example"),
        ('"other@else.example" <jane@maker.example>', "jane@maker.example"),
        ("(other@else.example) jane@maker.example", "jane@maker.example"),
        ("jane@maker.example (Jane (at) work)", "jane@maker.example"),
        ("=?utf-8?q?J=C3=A4ne_=3Cother=40else.example=3E?= <jane@maker.example>", "jane@maker.example"),
        ("jane@maker.example, john@maker.example", "jane@maker.example"),
        ("Team: jane@maker.example, john@maker.example;", "jane@maker.example"),
        ("Jäne <jane@maker.example>", "jane@maker.example"),
        ("Jane\r\n <jane@maker.example>", "jane@maker.example"),
        ('"esc \\" aped" <jane@maker.example>', "jane@maker.example"),
        ("a@x, " * 10_000, "a@x"),
        ("", None),
        ("Jane", None),
        ("undisclosed-recipients:;", None),
        ("<>", None),
        ("@", None),
        ("jane@", None),
        ("jane@@maker.example", None),
        ("jane doe@maker.example", None),
        ("jäne@maker.example", None),
        ("jane@mäker.example", None),
        ("<jane@maker.example\r\n Bcc: john@else.example>", None),
        ("j..d@maker.example, john@maker.example", None),  # not usable: a person answers, nobody else is written to
        ("jane@[127.0.0.1]", None),
        ("jane%else.example@maker.example", None),  # would be relayed by some
        ("=?utf-8?q?j=C3=B6rg?=@maker.example", None),  # as a careless program writes jörg@, whose mailbox it is not
        ("else.example!jane@maker.example", None),
        ("x" * 65 + "@maker.example", None),
        ("(" * 500, None),
        (f"{LONGEST}z", f"{LONGEST}z"),
        (f"{LONGEST}zz", None),  # longer than any path (RFC 5321)
        ('(5" pipes) <jane@maker.example>', "jane@maker.example"),
        ("<jane;b@maker.example, john@maker.example", None),  # a bracket that is never closed
        ("," * 9_000 + "jane@maker.example", None),
        ("(" * 100_000 + "jane@maker.example", None),
        ('"' * 1_001 + "<jane@maker.example>", None),
    ],
)
def test_the_sender_is_the_first_usable_mailbox(header: str, sender: str | None) -> None:
    assert headers(f"From: {header}", "Subject: x").sender == sender


@pytest.mark.parametrize(
    ("reply_to", "answered"),
    [
        ("cpl@maker.example", "cpl@maker.example"),
        ("CPL <cpl@MAKER.example>", "cpl@MAKER.example"),
        ("thief@else.example", "jane@maker.example"),
        ("x@sub.maker.example", "jane@maker.example"),
        ("nonsense", "jane@maker.example"),
    ],
)
def test_reply_to_counts_within_the_same_domain_only(reply_to: str, answered: str) -> None:
    assert headers("From: jane@maker.example", f"Reply-To: {reply_to}").reply_address == answered


def test_reply_to_alone_is_no_address() -> None:
    assert headers("Reply-To: jane@maker.example", "Subject: x").reply_address is None


@pytest.mark.parametrize(
    ("raw", "subject"),
    [
        (b"CPL submission", "CPL submission"),
        (b"CPL\r\n submission", "CPL submission"),
        (b"CPL\n\tsubmission", "CPL submission"),
        (b"  CPL \t  submission  ", "CPL submission"),
        (b"=?utf-8?q?CPL_=E2=80=93_submission?=", "CPL \N{EN DASH} submission"),
        (b"=?UTF-8?B?Q1BM?= =?UTF-8?B?IHN1Ym1pc3Npb24=?=", "CPL submission"),
        (b"=?UTF-8?B?Q1BM?=\r\n =?UTF-8?B?IHN1Ym1pc3Npb24=?=", "CPL submission"),
        (b"=?utf-8?q?Z=C3?= =?utf-8?q?=A4hler?=", "Zähler"),  # a letter cut in two by its client
        (b"Re: =?iso-8859-1?q?Z=E4hler?= now", "Re: Zähler now"),
        (b"=?utf-8?q?CPL=0D=0ABcc:_x=40y.example?=", "CPL Bcc: x@y.example"),
        (b"=?nonsense?q?CPL?=", "CPL"),
        (b"=?nonsense?q?Z=C3=A4hler?=", "Zähler"),
        ("CPL\u00a0\u2003new\u2028entry\u2029".encode(), "CPL new entry"),
        (b"=?utf-8?b?Q?= x", "=?utf-8?b?Q?= x"),
        (b"=?utf-8?q?=FF=FE?=", "ÿþ"),
        (b"Z\xc3\xa4hler", "Zähler"),
        (b"Z\xe4hler", "Zähler"),
        (b"\x81\x8d", "\N{REPLACEMENT CHARACTER}" * 2),
        (b"=?utf-7?q?+2AA-?=", None),  # a lone surrogate
        (b"=?utf-8?q?safe=E2=80=AEslx=2Eexe?=", "safeslx.exe"),
        (b"a\x00b\x07c", "a b c"),
        (b"", ""),
    ],
)
def test_a_subject_is_decoded_onto_one_line(raw: bytes, subject: str | None) -> None:
    read = read_envelope(b"From: a@b\r\nSubject: " + raw + b"\r\n\r\n").subject
    assert subject is None or read == subject
    assert read.encode("utf-8").decode() == read


@pytest.mark.parametrize(
    ("header", "message_id"),
    [
        ("<1@x.example>", "<1@x.example>"),
        ("  <1@x.example>  ", "<1@x.example>"),
        ("\r\n <1@x.example>", "<1@x.example>"),
        ("1@x.example", "<1@x.example>"),
        ("<[abc@x]>", "<[abc@x]>"),
        ("<1@x.example> (added by a gateway)", "<1@x.example>"),
        ("<1 2@x.example>", None),
        ("<>", None),
        ("", None),
        ("<" + "x" * 300 + "@x>", None),
        ("<ä@x.example>", None),
        ("two words", None),
    ],
)
def test_a_message_id_is_safe_to_quote(header: str, message_id: str | None) -> None:
    assert headers("Subject: x", f"Message-ID: {header}").message_id == message_id


@pytest.mark.parametrize(
    ("header", "moment"),
    [
        ("by b; Fri, 20 Nov 2026 17:30:00 +0000", datetime(2026, 11, 20, 17, 30, tzinfo=UTC)),
        ("by b;\r\n\tFri, 20 Nov 2026 17:30:00 -0000", datetime(2026, 11, 20, 17, 30, tzinfo=UTC)),
        ("by b; (x; y) 20 Nov 2026 17:30 GMT", None),
        ("by b", None),
        ("by b; yesterday", None),
        ("by b; Fri, 20 Nov 2026 17:30:00 -0000 (UTC)", datetime(2026, 11, 20, 17, 30, tzinfo=UTC)),
        ("by b; Fri, 20 Nov 2026 17:30:00 GMT", datetime(2026, 11, 20, 17, 30, tzinfo=UTC)),
        ("by b; Fri, 3 Jul 2026 10:00:00 +0100 (BST)", datetime(2026, 7, 3, 9, tzinfo=UTC)),
        ("by b; Fri, 3 Jul 2026 10:00:00 BST", None),  # of Britain or of Bangladesh
        ("by b; Fri, 3 Jul 2026 10:00:00", None),
        ("by b; Fri, 99 Nov 2026 17:30:00 +0000", None),
        ("by b; Fri, 20 Nov 2026 17:30:00 +9999999", None),
        ("by b; Fri, 31 Dec 9999 23:59:59 -1200", None),
    ],
)
def test_the_topmost_received_header_gives_a_time_with_its_zone(header: str, moment: datetime | None) -> None:
    envelope = headers(f"Received: {header}", "Received: by a; Fri, 20 Nov 2020 17:30:00 +0000")
    assert envelope.received == moment


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\r\n\r\n",
        b"\x00" * 1000,
        b"PK\x03\x04" + bytes(range(256)),
        b"just text",
        b"Note: call me\n",
        b"\xff\xfe\n\n",
    ],
)
def test_what_has_no_familiar_header_is_no_message(raw: bytes) -> None:
    assert read_envelope(raw) == Envelope()


@pytest.mark.parametrize("before", [b"\xef\xbb\xbf", b"\r\n\r\n", b"\n", b"From jane@x Fri Nov 20 17:30:00 2026\n"])
def test_what_editors_and_mailbox_files_put_before_the_headers_is_passed_over(before: bytes) -> None:
    assert read_envelope(before + b"Subject: CPL\nFrom: a@b\n\n").subject == "CPL"


def test_the_body_is_not_read() -> None:
    assert read_envelope(b"From: a@b\n\nSubject: from the body\n").subject == ""


def test_a_thread_of_any_length_keeps_its_start_and_its_end() -> None:
    references = headers("Subject: x", "References: " + "\r\n ".join(f"<{n}@x>" for n in range(3_000))).references
    assert len(references) == MOST_REFERENCES
    assert (references[0], references[-1]) == ("<0@x>", "<2999@x>")


def test_headers_behind_the_bound_are_not_read() -> None:
    raw = b"From: a@b\r\nX-Padding: " + b"x" * MOST_BYTES + b"\r\nSubject: late\r\n\r\n"
    assert read_envelope(raw) == Envelope(parsed=True, from_header="a@b", sender="a@b")


@given(st.binary(max_size=2_000))
def test_no_bytes_raise(raw: bytes) -> None:
    read_envelope(raw)


NAMES = [b"From", b"Reply-To", b"Subject", b"Message-ID", b"References", b"Received", b"Content-Type", b"X-Loop"]
PIECES = [
    b"=?",
    b"?=",
    b"?q?",
    b"?B?",
    b"utf-8",
    b"<",
    b">",
    b'"',
    b"(",
    b"\\",
    b"@",
    b",",
    b";",
    b"\r\n ",
    b"\xff",
    b"a",
]
VALUES = st.lists(st.sampled_from(PIECES), max_size=60).map(b"".join)


@given(st.lists(st.tuples(st.sampled_from(NAMES), VALUES), max_size=8))
def test_no_headers_raise_and_what_is_read_can_stand_in_a_header(lines: list[tuple[bytes, bytes]]) -> None:
    envelope = read_envelope(b"".join(name + b": " + value + b"\r\n" for name, value in lines) + b"\r\n")
    for text in (envelope.subject, envelope.from_header, envelope.reply_address or "", envelope.message_id or ""):
        assert "\r" not in text
        assert "\n" not in text
        text.encode("utf-8")


@pytest.mark.stumbles
def test_a_reader_that_fails_itself_costs_the_headers_and_not_the_message(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: str) -> str:
        raise LookupError

    raw = b"Subject: CPL submission\r\n\r\n"
    assert read_envelope(raw).parsed
    monkeypatch.setattr("intake.domain.envelope.readable", fail)
    with faults.gathered() as met:
        assert read_envelope(raw) == Envelope()
    assert [fault.kind for fault in met] == ["LookupError"]


@pytest.mark.parametrize(
    ("raw", "broken"),
    [
        (b"From: jane@maker.example\r\nSubject: x\r\n\r\ntext", False),
        (b"From: jane@maker.example\r\nno header at all\r\nSubject: x\r\n\r\ntext", True),
        (b"From: jane@maker.example\r\r\nSubject: x\r\r\n\r\r\ntext", True),
    ],
)
def test_something_else_among_the_headers_is_told(raw: bytes, broken: bool) -> None:  # a column of the table
    assert read_envelope(raw).broken is broken


@pytest.mark.parametrize(
    ("head", "may"),
    [
        ("Content-Type: message/rfc822\nContent-Transfer-Encoding: base64", True),
        ("Content-Transfer-Encoding: (so) Quoted-Printable\nContent-Type: Message / RFC822", True),
        ("Content-Type: message/rfc822\nContent-Transfer-Encoding: 8bit", False),
        ("Content-Type: application/pdf\nContent-Transfer-Encoding: base64", False),
    ],
)
def test_an_encoded_message_may_be_one_of_our_letters(head: str, *, may: bool) -> None:
    raw = f"Subject: x\nContent-Type: multipart/mixed; boundary=B\n\n--B\n{head}\n\nJVBERi0=\n--B--\n"
    assert read_envelope(raw.encode()).letters_inside is may


INVITATION = "Content-Type: text/calendar; method=REQUEST"


@pytest.mark.parametrize(
    ("parts", "meeting"),
    [
        ([INVITATION], True),
        (["Content-Type: text/plain", INVITATION], True),
        (["Content-Type: text/plain", "Content-Type: application/ics\nContent-Disposition: x; name=m.ics"], True),
        (["Content-Type: TEXT/CALENDAR"], True),
        (["Content-Type: text/plain"], False),
        (["Content-Type: text/plain\n\nthe calendar, by /ics"], False),
        ([INVITATION, "Content-Type: application/pdf"], False),
        ([INVITATION, "Content-Type: text/plain; name=form.xlsx"], False),
        ([INVITATION, "Content-Type: text/plain\nContent-Disposition: attachment; filename*0*=form"], False),
    ],
)
def test_an_invitation_that_carries_nothing_else_is_a_meeting(parts: list[str], *, meeting: bool) -> None:
    body = "".join(f"--B\n{part}\n\nx\n" for part in parts)
    head = "From: a@b\nSubject: CPL\nContent-Type: multipart/mixed; boundary=B\n\n"
    assert read_envelope(f"{head}{body}--B--\n".encode()).meeting is meeting


def test_what_is_too_long_to_be_looked_through_is_no_meeting() -> None:
    raw = f"From: a@b\nSubject: CPL\n{INVITATION}\n\nBEGIN:VCALENDAR\n".encode()
    assert read_envelope(raw.ljust(MOST_BYTES)).meeting
    assert not read_envelope(raw.ljust(MOST_BYTES + 1)).meeting


def test_a_file_that_is_no_message_is_no_meeting() -> None:
    assert read_envelope(b"nonsense\n\n" + INVITATION.encode()) == Envelope()


PLAIN = b"From: a@b.example\r\nSubject: CPL\r\n\t submission\x0b \r\nX-0:\r\n folded\nTo:c:d\r\n\r\n"


def as_the_library_reads(raw: bytes) -> list[tuple[str, str]]:
    parsed = BytesHeaderParser(policy=compat32).parsebytes(raw)
    return [(name.lower(), value) for name, value in parsed.raw_items()]


def test_plain_headers_are_read_without_the_library_and_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    expected = as_the_library_reads(PLAIN)
    assert len(expected) == 4
    monkeypatch.setattr(read_by, "BytesHeaderParser", None)
    assert read_by._headers(PLAIN + b"the body") == (expected, False)  # noqa: SLF001  # as they stand, undecoded


PIECES = [*PLAIN.splitlines(keepends=True), b"x", b"\r", b"\n", b":", b" ", b"\x1c", b"\xe9", b"From a b\n"]


@given(st.lists(st.sampled_from(PIECES)))
def test_headers_of_any_shape_are_what_the_library_reads(lines: list[bytes]) -> None:
    raw = b"A: b\r\n" + b"".join(lines) + b"\r\n\r\n"
    end = read_by._END_OF_HEADERS.search(raw)  # noqa: SLF001  # likewise
    assert end is not None
    assert read_by._headers(raw)[0] == as_the_library_reads(raw[: end.end()])  # noqa: SLF001  # likewise
