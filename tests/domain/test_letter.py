"""Our letters, and what submitters cannot make of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes
from email.header import Header, decode_header, make_header
from email.message import Message
from email.policy import compat32
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.domain.automatic import automatic_reason
from intake.domain.envelope import Envelope, read_envelope
from intake.domain.letter import MOST_REFERENCES, Heading, compose, message_id, text_of

DIGEST = sha256(b"the raw message").hexdigest()
HEADING = Heading(
    kind="ack",
    message_id=message_id("ack", DIGEST, "list.example"),
    sender="SECAS <secas@list.example>",
    recipient="jane@maker.example",
    date=datetime(2026, 11, 20, 17, 30, tzinfo=UTC),
    automatic=True,
)
ANSWERED = Envelope(parsed=True, subject="CPL submission", sender="jane@maker.example", message_id="<1@maker.example>")


def opened(letter: bytes) -> Message:
    return message_from_bytes(letter, policy=compat32)


def test_the_same_letter_has_the_same_message_id_for_ever() -> None:
    assert message_id("ack", DIGEST, "list.example") == (
        f"<ack.{sha256(b'ack' + DIGEST.encode()).hexdigest()[:32]}@list.example>"
    )
    assert message_id("return", DIGEST, "list.example").startswith("<return.")
    assert message_id("return", DIGEST, "x")[8:40] != message_id("ack", DIGEST, "x")[5:37]


def test_an_acknowledgement_says_what_it_is() -> None:
    letter = compose(HEADING, ANSWERED, "Dear Jane,\n\nthank you.\n")
    assert letter == (
        b"From: SECAS <secas@list.example>\r\n"
        b"To: jane@maker.example\r\n"
        b"Subject: Re: CPL submission\r\n"
        b"Date: Fri, 20 Nov 2026 17:30:00 +0000\r\n"
        b"Message-ID: " + HEADING.message_id.encode() + b"\r\n"
        b"Reply-To: SECAS <secas@list.example>\r\n"
        b"In-Reply-To: <1@maker.example>\r\n"
        b"References: <1@maker.example>\r\n"
        b"Auto-Submitted: auto-replied\r\n"
        b"X-Auto-Response-Suppress: All\r\n"
        b"X-CPL-Intake: ack\r\n"
        b'Content-Type: text/plain; charset="utf-8"\r\n'
        b"Content-Transfer-Encoding: 7bit\r\n"
        b"MIME-Version: 1.0\r\n"
        b"\r\n"
        b"Dear Jane,\r\n\r\nthank you.\r\n"
    )


def test_a_person_s_letter_is_not_called_automatic() -> None:
    letter = opened(compose(replace(HEADING, kind="return", automatic=False), ANSWERED, "Dear Jane"))
    assert letter["Auto-Submitted"] is None
    assert letter["X-CPL-Intake"] == "return"


def test_we_know_our_own_letter_when_it_comes_back() -> None:
    assert automatic_reason(read_envelope(compose(HEADING, ANSWERED, "x")), ())


def test_the_answer_goes_where_the_mailbox_says() -> None:
    letter = opened(compose(replace(HEADING, reply_to="CPL Ünit <cpl@list.example>"), ANSWERED, "x"))
    assert str(make_header(decode_header(letter["Reply-To"]))) == "CPL Ünit <cpl@list.example>"


def test_a_message_without_an_id_is_answered_without_a_thread() -> None:
    letter = opened(compose(HEADING, replace(ANSWERED, message_id=None, references=("<0@x>",)), "x"))
    assert letter["In-Reply-To"] is None
    assert letter["References"] is None


def test_a_long_thread_keeps_its_start_its_end_and_the_message_answered() -> None:
    thread = tuple(f"<{n}@x>" for n in range(100))
    written = opened(compose(HEADING, replace(ANSWERED, references=thread), "x"))["References"].split()
    assert len(written) == MOST_REFERENCES
    assert written[0] == "<0@x>"
    assert written[-2:] == ["<99@x>", "<1@maker.example>"]


def test_without_references_the_thread_is_what_was_answered_before() -> None:
    assert opened(compose(HEADING, replace(ANSWERED, in_reply_to="<0@x>"), "x"))["References"].split() == [
        "<0@x>",
        "<1@maker.example>",
    ]


@pytest.mark.parametrize(
    ("subject", "written"),
    [
        ("CPL submission", "Re: CPL submission"),
        ("Re: RE: CPL", "Re: CPL"),
        ("", "Re: your message"),
        ("CPL \N{EN DASH} Zähler", "Re: CPL \N{EN DASH} Zähler"),
        ("x\r\nBcc: thief@else.example", "Re: x Bcc: thief@else.example"),
        ("=?utf-8?q?=0D=0ABcc:_x=40y?=", "Re: =?utf-8?q?=0D=0ABcc:_x=40y?="),
        ("\ud800", "Re: \N{REPLACEMENT CHARACTER}"),
        ("long " * 100, "Re: " + ("long " * 100)[:199] + "…"),
    ],
)
def test_the_subject_is_answered_safely(subject: str, written: str) -> None:
    letter = opened(compose(HEADING, replace(ANSWERED, subject=subject), "x"))
    assert letter["Bcc"] is None
    assert str(make_header(decode_header(letter["Subject"]))).replace("\n", "") == written
    assert max(map(len, f"Subject: {letter['Subject']}".splitlines())) <= 78  # RFC 5322, 2.1.1: as lines should be


@pytest.mark.parametrize(
    "body",
    ["plain\n", "Zähler: 5 €\n", "x" * 2_000 + "\n", ".\n", "From here\n", "a\x00b\n", "lone \ud800\n", "no end"],
)
def test_the_body_arrives(body: str) -> None:
    letter = compose(HEADING, ANSWERED, body)
    text = opened(letter).get_payload(decode=True)
    assert isinstance(text, bytes)
    expected = body.replace("\x00", "").replace("\ud800", "?").removesuffix("\n") + "\n"
    assert text.decode().replace("\r\n", "\n") == expected
    assert max(map(len, letter.split(b"\r\n"))) <= 998
    assert b"\n" not in letter.replace(b"\r\n", b"")


@pytest.mark.parametrize(
    "wrong",
    [
        {"recipient": "jane"},
        {"recipient": "a@b, c@d"},
        {"recipient": "a@b\r\nBcc: c@d"},
        {"sender": "SECAS"},
        {"reply_to": "nonsense"},
        {"kind": "Ack"},
        {"kind": "ack\r\nBcc: c@d"},
        {"message_id": "<1@x>\r\nBcc: c@d"},
        {"message_id": "<ä@x>"},
    ],
)
def test_a_heading_that_is_our_mistake_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"."):
        compose(replace(HEADING, **wrong), ANSWERED, "x")


@given(st.text(max_size=300), st.text(max_size=300), st.text(max_size=300))
def test_whatever_a_submitter_writes_our_headers_stay_ours(subject: str, sender: str, body: str) -> None:
    raw = f"From: {sender} <jane@maker.example>\r\nSubject: {subject}\r\n\r\n".encode("utf-8", "surrogatepass")
    letter = opened(compose(HEADING, replace(read_envelope(raw), message_id="<1@x>"), body))
    assert letter.keys() == opened(compose(HEADING, ANSWERED, "x")).keys()
    assert letter["To"] == "jane@maker.example"


def test_a_letter_may_answer_no_mail() -> None:
    notice = replace(HEADING, kind="expiry", subject="Certificate CPA1234 expires on 1 March 2027")
    letter = opened(compose(notice, None, "Dear Jane"))
    assert letter["Subject"] == "Certificate CPA1234 expires on 1 March 2027"
    assert (letter["In-Reply-To"], letter["References"]) == (None, None)
    assert letter["Auto-Submitted"] == "auto-generated"  # RFC 3834, 5.1: auto-replied is for answers alone


def test_a_letter_that_answers_nothing_and_is_about_nothing_is_our_mistake() -> None:
    with pytest.raises(ValueError, match="subject"):
        compose(HEADING, None, "x")


@pytest.mark.parametrize(
    "body",
    ["Dear Jane,\n\nthank you.", "Zähler = 5 \N{EM DASH} ja\n\n" + "long " * 300, "=3D\n.\nFrom me", "X marks itX", ""],
)
def test_a_letter_s_own_text_is_read_back(body: str) -> None:
    assert text_of(compose(HEADING, ANSWERED, body)) == body.rstrip("\n")


def test_a_letter_that_could_not_be_written_has_no_text() -> None:
    assert text_of(b"") == ""


@pytest.mark.parametrize("text", ["x", "a b", "Re: a;b, c", "=?x", "\u00e9"])
@pytest.mark.parametrize("length", [1, 66, 67, 68, 200])
def test_a_short_subject_is_what_the_standard_library_makes_of_it(text: str, length: int) -> None:
    subject = (text * length)[:length].strip()
    plain = subject.isascii() and "=?" not in subject
    header = Header(subject, "us-ascii" if plain else "utf-8", maxlinelen=76, header_name="Subject")
    written = compose(replace(HEADING, subject=subject), None, "x").decode()
    assert f"\r\nSubject: {header.encode(linesep=chr(13) + chr(10))}\r\nDate: " in written
