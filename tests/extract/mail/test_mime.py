from __future__ import annotations

import base64
from collections.abc import Callable
from email.message import EmailMessage

import pytest

from intake.extract.mail import mime, parsing
from intake.extract.mail.carried import LONGEST_TEXT, Mail, MimeLimits
from intake.extract.mail.filenames import cleaned, default_name, unique
from intake.extract.mail.gather import BADLY_ENCODED, TOO_MANY
from intake.extract.mail.mime import attachments
from rules.own_words import NEXT_PART

XLSX = "vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def message(*names: str | None, body: str = "Please find our submission attached.") -> EmailMessage:
    mail = EmailMessage()
    mail["Subject"] = "CPL submission"
    mail.set_content(body)
    mail.add_alternative(f"<p>{body}</p>", subtype="html")
    for number, name in enumerate(names):
        mail.add_attachment(b"content %d" % number, maintype="application", subtype="pdf", filename=name)
    return mail


def names(mail: Mail) -> list[str]:
    return [part.name for part in mail.parts]


def part(headers: str, content: bytes = b"x") -> bytes:
    lines = headers.encode("utf-8", "surrogateescape")
    return b"Content-Type: multipart/mixed; boundary=B\n\n--B\n" + lines + b"\n\n" + content + b"\n--B--\n"


def test_bodies_are_no_attachments_and_all_else_is() -> None:
    mail = attachments(message("form.xlsx", "zigbee.pdf").as_bytes())
    assert names(mail) == ["form.xlsx", "zigbee.pdf"]
    assert [item.content for item in mail.parts] == [b"content 0", b"content 1"]
    assert mail.troubles == ()


def test_a_message_that_is_one_attachment_is_read() -> None:
    raw = b"Content-Type: application/pdf\nContent-Transfer-Encoding: base64\n\n" + base64.b64encode(b"%PDF-")
    (only,) = attachments(raw).parts
    assert (only.name, only.media_type, only.content) == ("attachment-1.pdf", "application/pdf", b"%PDF-")


@pytest.mark.parametrize(
    ("headers", "name"),
    [
        ("Content-Type: application/pdf; name=a.pdf", "a.pdf"),
        ('Content-Type: application/pdf\nContent-Disposition: attachment; filename="a b.pdf"', "a b.pdf"),
        ("Content-Disposition: attachment; filename=plain.pdf; filename*=utf-8''st%C3%A4r.pdf", "stär.pdf"),
        ("Content-Disposition: attachment; filename*0*=utf-8''l%C3%A4; filename*1=nger.pdf", "länger.pdf"),
        ("Content-Disposition: attachment; filename*=nonsense''a%FF.pdf", "aÿ.pdf"),
        ('Content-Disposition: attachment; filename="=?utf-8?B?ZsO8ci5wZGY=?="', "für.pdf"),
        (
            'Content-Disposition: attachment; filename="=?iso-8859-1?Q?f=FCr?=\n =?iso-8859-1?Q?_uns.pdf?="',
            "für uns.pdf",
        ),
        ('Content-Disposition: attachment; filename="=?nonsense?B?ZsO8?="', "fÃ¼"),
        ('Content-Disposition: attachment; filename="für.pdf"', "für.pdf"),
        ('Content-Disposition: attachment; filename="f\udcfcr.pdf"', "für.pdf"),
        ('Content-Disposition: attachment; filename="../../etc/x.xlsx"', "x.xlsx"),
        ('Content-Disposition: attachment; filename="C:\\\\Users\\\\me\\\\x.xlsx"', "x.xlsx"),
        ('Content-Disposition: attachment; filename="a\u202exslx.pdf"', "axslx.pdf"),
        ('Content-Disposition: attachment; filename=".."', "attachment-1.txt"),
        ("Content-Type: image/png\nContent-Disposition: attachment", "attachment-1.png"),
        ("Content-Type: application/x-strange", "attachment-1.bin"),
    ],
)
def test_names_are_decoded_and_made_harmless(headers: str, name: str) -> None:
    (only,) = attachments(part(headers)).parts
    assert only.name == name


def test_two_attachments_of_one_name_keep_both() -> None:
    mail = attachments(
        message("form.xlsx", "FORM.xlsx", "form.xlsx", "form (2).xlsx", "noending", "noending").as_bytes()
    )
    assert names(mail) == [
        "form.xlsx",
        "FORM (2).xlsx",
        "form (3).xlsx",
        "form (2) (2).xlsx",
        "noending",
        "noending (2)",
    ]


def test_long_names_keep_their_ending() -> None:
    assert cleaned("a" * 500 + ".xlsx").endswith("a.xlsx")
    assert len(cleaned("a" * 500 + ".xlsx")) == 150
    assert len(cleaned("b" * 500)) == 150
    assert cleaned("a\tb\r\n c\0.pdf") == "a b c.pdf"


def test_names_of_nameless_parts_go_by_their_type() -> None:
    assert default_name(3, f"application/{XLSX}") == "attachment-3.xlsx"
    assert unique("a", set()) == "a"


@pytest.mark.parametrize(
    ("headers", "inline"),
    [
        ("Content-Type: image/png\nContent-ID: <logo>", True),
        ("Content-Type: image/png\nContent-Disposition: inline; filename=logo.png", True),
        ("Content-Type: image/png\nContent-ID: <a>\nContent-Disposition: attachment; filename=scan.png", False),
        ("Content-Type: image/png; name=scan.png", False),
        ("Content-Type: application/pdf\nContent-Disposition: inline; filename=a.pdf", False),
    ],
)
def test_only_pictures_of_the_text_are_inline(headers: str, inline: bool) -> None:
    (only,) = attachments(part(headers)).parts
    assert only.inline is inline


def test_a_text_file_with_a_name_is_an_attachment() -> None:
    assert names(attachments(part("Content-Type: text/plain; name=notes.txt"))) == ["notes.txt"]
    assert names(attachments(part("Content-Type: text/plain\nContent-Disposition: attachment"))) == ["attachment-1.txt"]


def test_a_submission_forwarded_as_an_attachment_is_not_lost() -> None:
    outer = message()
    outer.add_attachment(message("form.xlsx"))
    mail = attachments(outer.as_bytes())
    assert names(mail) == ["attachment-1.eml", "attachment-1.eml/form.xlsx"]
    assert b"CPL submission" in mail.parts[0].content


def test_a_message_inside_a_forwarded_message_is_searched_too() -> None:
    middle = message("middle.pdf")
    middle.add_attachment(message("inner.pdf"))
    outer = message()
    outer.add_attachment(middle)
    assert names(attachments(outer.as_bytes())) == [
        "attachment-1.eml",
        "attachment-1.eml/middle.pdf",
        "attachment-1.eml/inner.pdf",
    ]


def test_a_detached_signature_is_an_attachment() -> None:
    raw = (
        b'Content-Type: multipart/signed; protocol="application/pkcs7-signature"; boundary=B\n\n--B\n'
        b"Content-Type: text/plain\n\nhello\n--B\n"
        b"Content-Type: application/pkcs7-signature; name=smime.p7s\n\nx\n--B--\n"
    )
    (only,) = attachments(raw).parts
    assert (only.name, only.media_type) == ("smime.p7s", "application/pkcs7-signature")


TROUBLED: dict[str, tuple[bytes, tuple[str, ...], int]] = {
    "no boundary": (b"Content-Type: multipart/mixed\n\nabc", (parsing.NOT_PARTED,), 1),
    "boundary never used": (b"Content-Type: multipart/mixed; boundary=x\n\nabc", (parsing.NOT_PARTED,), 1),
    "cut short": (
        b"Content-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: application/pdf\n\nabc",
        (parsing.CUT_SHORT,),
        1,
    ),
    "broken base64": (
        part("Content-Type: application/pdf; name=a.pdf\nContent-Transfer-Encoding: base64", b"JVBE*Ri0"),
        (),
        1,
    ),
    "long header": (
        part("Content-Disposition: attachment; filename=" + "a" * 70_000),
        (mime.LONG_HEADER,),
        0,
    ),
}


@pytest.mark.parametrize("case", TROUBLED)
def test_what_may_be_missing_is_said(case: str) -> None:
    raw, troubles, parts = TROUBLED[case]
    mail = attachments(raw)
    assert mail.troubles == troubles
    assert len(mail.parts) == parts


def test_a_part_that_is_not_encoded_as_it_says_has_a_note() -> None:
    (only,) = attachments(TROUBLED["broken base64"][0]).parts
    assert only.notes == (BADLY_ENCODED,)


@pytest.mark.parametrize(
    ("raw", "opening"),
    [
        (b"Content-Type: text/plain\n\nCPL-000042 again.\n\n> Old words\n", "CPL-000042 again."),
        (part("Content-Type: text/html", b"<style>x{}</style><p>About <b>CPL-000042</b></p>"), "About CPL-000042"),
        (part("Content-Type: text/plain; charset=nonsense", b"CPL-000042"), "CPL-000042"),
        (part("Content-Type: text/plain; name=a.txt", b"a file's words"), ""),
        (part("Content-Type: message/rfc822", b"Subject: x\n\nforwarded words"), "forwarded words"),
        (message("a.pdf", body="Our own words.").as_bytes(), "Our own words."),
        (b"Content-Transfer-Encoding: base64\n\n" + base64.b64encode(b"x" * 200_000), "x" * 1_000),
    ],
)
def test_the_first_lines_of_its_own_text_are_read_on_the_way(raw: bytes, opening: str) -> None:
    assert attachments(raw).opening == opening


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (
            b"Content-Type: text/plain\n\nHello,\n\n\n\nsee below.\n\n> Old\n",
            "Hello,\n\nsee below.\n\n> Old",
        ),
        (
            part("Content-Type: text/html", b"<p>Gas &amp; <b>2</b></p><p>do NOT</p>"),
            "Gas & 2\n  do NOT",
        ),
        (b"Content-Type: text/plain; charset=utf-8\n\na \xe2\x80\xaeb\x00\x1b[31m\n", "a b[31m"),
        (b"Content-Type: multipart/mixed; boundary=a\n\n" * 30, ""),
        (b"", ""),
    ],
)
def test_the_words_of_a_mail_are_kept_for_reading(raw: bytes, text: str) -> None:
    assert attachments(raw).text == text


def bodies(*texts: tuple[str, str], kind: str = "mixed") -> bytes:
    parts = "".join(f"--B\nContent-Type: text/{subtype}\n\n{text}\n" for subtype, text in texts)
    return f"Content-Type: multipart/{kind}; boundary=B\n\n{parts}--B--\n".encode()


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (bodies(("plain", "Attached."), ("plain", "Hold it.")), f"Attached.\n\n{NEXT_PART}\nHold it."),
        (bodies(("html", "<p>Attached.</p>"), ("html", "Hold it.")), f"Attached.\n\n{NEXT_PART}\nHold it."),
        (bodies(("plain", "Attached."), ("html", "<p>Attached.</p>"), kind="alternative"), "Attached."),
        (
            bodies(
                ("plain", "Dear all,\n\nthe form\nis attached."), ("html", "Dear all, the <b>form</b> is attached.")
            ),
            "Dear all,\n\nthe form\nis attached.",
        ),
        (
            bodies(("plain", "See <https://a.example/b> please."), ("html", "See <a href='x'>please</a>.")),
            "See <https://a.example/b> please.",
        ),
        (
            bodies(("plain", "In HTML."), ("html", "<p>In HTML.</p><p>Hold it.</p>"), kind="alternative"),
            f"In HTML.\n\n{NEXT_PART}\nHold it.",
        ),
        (bodies(("plain", ""), ("html", "Hold it.")), "Hold it."),
        (bodies(("html", "Do not pro<b>ce</b>ss <span style='x'>it</span>.")), "Do not process it."),
        (b"Content-Type: text/plain; charset=utf-8\n\nHo\xc2\xadld \xe2\x80\x8bit.", "Hold it."),
    ],
)
def test_every_body_is_read_and_what_html_alone_says(raw: bytes, text: str) -> None:
    assert attachments(raw).text == text


def test_a_body_that_is_cut_says_so() -> None:
    raw = b"Content-Type: text/html\n\n" + b"<p>a</p>" * 20_000
    assert attachments(raw).text.endswith("\n[…]")


def test_the_words_of_a_long_mail_are_cut() -> None:
    text = attachments(b"Content-Type: text/plain\n\n" + b"a" * 60_000).text
    assert len(text) == LONGEST_TEXT + len("\n[…]")


def nested(depth: int) -> bytes:
    heads = (b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (n, n) for n in range(depth))
    return b"".join(heads) + b"Content-Type: application/pdf\n\nx"


BOUNDED: dict[str, tuple[Callable[[], bytes], str]] = {
    "3,000 multiparts deep": (lambda: nested(3000), TOO_MANY),
    "30 multiparts deep": (lambda: nested(30), mime.TOO_DEEP),
    "30,000 messages deep": (lambda: b"Content-Type: message/rfc822\n\n" * 30_000 + b"\nx", mime.UNPARSABLE),
    "100,000 empty parts": (
        lambda: b"Content-Type: multipart/mixed; boundary=a\n\n" + b"--a\n\n" * 100_000,
        TOO_MANY,
    ),
    "1,500 parts": (
        lambda: b"Content-Type: multipart/mixed; boundary=a\n\n" + b"--a\nContent-Type: a/b\n\n" * 1500 + b"--a--\n",
        TOO_MANY,
    ),
}


@pytest.mark.parametrize("case", BOUNDED)
def test_a_message_built_to_exhaust_its_reader_is_given_up_with_a_word(case: str) -> None:
    build, trouble = BOUNDED[case]
    mail = attachments(build())
    assert trouble in mail.troubles
    assert len(mail.parts) <= 1_000


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\0" * 1000,
        b"From: " + b"(" * 500 + b"\n\nx",
        b"Message-ID: <[abc@x]>\nTo: " + b"a@b, " * 10_000 + b"\n\nx",
        b'Content-Type: application/x; name="' + b";" * 60_000 + b"\n\nx",
        b'Content-Type: application/x; name="' + b'";' * 4_000 + b"\n\nx",
        b"Content-Type: multipart/mixed; boundary*0*=''; boundary=\n\nx",
        b"Content-Type: application/x; name*=\n\nx",
        b"Content-Type: application/x; name*0*=x''%; name*x=1\n\nx",
        b"Content-Type: /\nContent-Transfer-Encoding: \xff\n\nx",
        b"Content-Disposition: ;;;=\n\nx",
        b"Content-Transfer-Encoding: x-uuencode\nContent-Type: a/b\n\nbegin 666\n!!!\nend",
        b" leading: fold\nContent-Type: a/b\n\nx",
    ],
)
def test_no_header_makes_it_raise(raw: bytes) -> None:
    assert len(attachments(raw).parts) <= 1


def test_limits_can_be_set() -> None:
    mail = attachments(message("a.pdf", "b.pdf", "c.pdf").as_bytes(), MimeLimits(parts=6))
    assert names(mail) == ["a.pdf", "b.pdf"]
    assert mail.troubles == (TOO_MANY,)
