"""How far a message is taken apart: its parts, their depth, the sizes of their headers, what they are called."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

import pytest

from intake.extract.mail import mime
from intake.extract.mail.carried import Mail, MimeLimits, Part
from intake.extract.mail.gather import TOO_MANY, TOO_MUCH, gathered
from intake.extract.mail.loose import loose
from intake.extract.mail.mime import attachments
from intake.extract.mail.unpack import MEMBER_DAMAGED
from rules.facts import STANDS_IN


def mixed(*parts: str, mark: str = "A", head: str = "") -> str:
    inner = "".join(f"--{mark}\n{part}\n" for part in parts)
    return f"{head}Content-Type: multipart/mixed; boundary={mark}\n\n{inner}--{mark}--\n"


def pdf(name: str = "a.pdf") -> str:
    return f"Content-Type: application/pdf; name={name}\n\nx"


def opened(raw: str, **limits: int) -> Mail:
    return attachments(raw.encode(), MimeLimits(**limits))


def nested(depth: int) -> str:
    """A paper that lies so deep, the message itself being at 0."""
    part = pdf()
    for level in range(depth):
        part = mixed(part, mark=f"M{level}")
    return part


@pytest.mark.parametrize(
    ("raw", "limits", "names", "troubles"),
    [
        (nested(3), {"depth": 3}, ["a.pdf"], ()),
        (nested(3), {"depth": 2}, [], (mime.TOO_DEEP,)),
        (mixed(pdf("a"), pdf("b")), {"parts": 3}, ["a", "b"], ()),
        (mixed(pdf("a"), pdf("b")), {"parts": 2}, ["a"], (TOO_MANY,)),
        (mixed(mixed(mixed(pdf("deep"), mark="C"), mark="B"), pdf("b")), {"depth": 2}, ["b"], (mime.TOO_DEEP,)),
        (mixed(pdf("a"), pdf("b"), pdf("c")), {"attachment_bytes": 2}, ["a", "b"], (TOO_MUCH,)),
        (mixed(pdf("a"), pdf("b")), {"attachment_bytes": 2}, ["a", "b"], ()),
        (mixed(pdf("a")), {"header_bytes": 35}, ["a"], ()),
        (mixed(pdf("a")), {"header_bytes": 34}, ["attachment-1.pdf"], (mime.LONG_HEADER,)),
    ],
)
def test_a_message_is_taken_apart_as_far_as_the_limits_say(
    raw: str, limits: dict[str, int], names: list[str], troubles: tuple[str, ...]
) -> None:
    mail = opened(raw, **limits)
    assert [part.name for part in mail.parts] == names
    assert mail.troubles == troubles


@pytest.mark.parametrize(
    ("boundaries", "troubles"),
    [(["--A"] * 4, ()), (["--A"] * 5, (TOO_MANY,)), (["--A", "--A", "--a", "x--A", " --A"], ())],
)
def test_boundaries_are_counted_before_anything_is_parsed(boundaries: list[str], troubles: tuple[str, ...]) -> None:
    lines = "\n".join(boundaries)
    raw = f'Boundary= "A"\nContent-Type: application/pdf; name=a.pdf\n\n{lines}\n'
    assert opened(raw, parts=2).troubles == troubles


def test_boundaries_are_counted_from_the_first_byte_on_and_all_of_them() -> None:
    head = 'X-First: y; BOUNDARY="A"\nContent-Type: text/plain; boundary=B\n\n'
    assert opened(f"{head}\n--A\n--A\n--B\n--B\n", parts=2).troubles == ()
    assert opened(f"{head}\n--A\n--A\n--B\n--B\n--B\n", parts=2).troubles == (TOO_MANY,)
    assert opened("boundary=A\n\n--A\n--A\n--A\n--A\n--A\n", parts=2).troubles == (TOO_MANY,)


@pytest.mark.parametrize(
    ("raw", "trouble"),
    [
        ("Content-Type: message/external-body\n\nContent-Type: application/pdf\n\n", mime.ELSEWHERE),
        ("Content-Type: message/partial; id=a; number=1\n\nx", mime.FRAGMENT),
    ],
)
def test_what_is_not_there_is_told_once_and_costs_nothing_else(raw: str, trouble: str) -> None:
    mail = opened(mixed(raw, raw, pdf()))
    assert mail.troubles == (trouble,)
    assert [part.name for part in mail.parts][-1] == "a.pdf"


def test_a_gateway_s_subject_is_heard() -> None:
    mail = opened(mixed(pdf(), head="Subject: =?utf-8?Q?2_messages?= quarantined for you\n"))
    assert [trouble.startswith(STANDS_IN) for trouble in mail.troubles] == [True]
    assert "quarantined for you" in mail.troubles[0]


def test_a_gateway_s_text_is_heard_above_what_it_quotes_and_in_a_file() -> None:
    words = "Security notice: the attachment form.xlsx was removed."
    assert len(opened(f"Content-Type: text/plain\n\n{words}\n").troubles) == 1
    assert len(opened(f"Content-Type: text/plain\n\nHello\n\n> {words}\n").troubles) == 0
    assert len(opened(mixed(f"Content-Type: text/plain; name=a.txt\n\n{words}")).troubles) == 1


def message(name: str, *parts: str, mark: str = "M") -> str:
    head = f'Content-Type: message/rfc822; name="{name}"' if name else "Content-Type: message/rfc822"
    return f"{head}\n\n{mixed(*parts, mark=mark, head='Subject: in' + chr(10))}"


NAMES: dict[str, tuple[str, list[str]]] = {
    "a paper": (mixed(pdf()), ["a.pdf"]),
    "two of one name": (mixed(pdf(), pdf()), ["a.pdf", "a (2).pdf"]),
    "without a name, by its place": (
        mixed(pdf(), "Content-Type: application/pdf\n\nx"),
        ["a.pdf", "attachment-2.pdf"],
    ),
    "within a message": (mixed(message("m.eml", pdf()), pdf()), ["m.eml", "m.eml/a.pdf", "a.pdf"]),
    "within a nameless message": (mixed(message("", pdf())), ["attachment-1.eml", "attachment-1.eml/a.pdf"]),
    "within a message in a message": (
        mixed(message("m.eml", message("n.eml", pdf(), mark="N"), pdf("b.pdf"))),
        ["m.eml", "m.eml/a.pdf", "m.eml/b.pdf"],
    ),
    "within a message sent as a file": (
        mixed(
            "Content-Type: application/octet-stream; name=m.EML\n\nFrom: a@b.example\n"
            + mixed(pdf(), mark="N", head="Subject: in\n")
        ),
        ["m.EML", "m.EML/a.pdf"],
    ),
    "a text that calls itself a message": (
        mixed("Content-Type: application/octet-stream; name=m.eml\n\nno headers"),
        ["m.eml"],
    ),
    "a message that calls itself something else": (
        mixed(
            "Content-Type: application/octet-stream; name=m.txt\n\nFrom: a@b.example\n"
            + mixed(pdf(), mark="N", head="Subject: in\n")
        ),
        ["m.txt"],
    ),
    "a file in the text": (
        mixed("Content-Type: text/plain\n\nbegin 644 u.txt\n#86)C\n \nend\n"),
        ["u.txt"],
    ),
    "a file in HTML": (mixed("Content-Type: text/html\n\nbegin 644 u.txt\n#86)C\n \nend\n"), []),
    "a calendar": (mixed("Content-Type: text/calendar\n\nx"), []),
    "a calendar with a name": (mixed("Content-Type: text/calendar; name=a.ics\n\nx"), ["a.ics"]),
}


@pytest.mark.parametrize("case", NAMES)
def test_each_document_is_called_by_its_own_name_and_its_message_s(case: str) -> None:
    raw, names = NAMES[case]
    assert [part.name for part in opened(raw).parts] == names


def test_the_kept_parts_of_a_mail_are_those_it_states() -> None:
    (part,) = opened(mixed(pdf())).parts
    assert part == Part("a.pdf", "application/pdf", b"x")


def test_loose_files_are_taken_as_if_they_were_attached() -> None:
    eml = mixed(pdf(), head="From: a@b.example\nSubject: x\n").encode()
    mail = loose([("form.xlsx", b"x"), ("m.eml", eml), ("FORM.xlsx", b"y")])
    assert [part.name for part in mail.parts] == ["form.xlsx", "m.eml", "m.eml/a.pdf", "FORM.xlsx"]
    assert [part.media_type for part in mail.parts] == ["", "", "application/pdf", ""]
    assert mail.parts[1].words == "x"


def test_documents_are_gathered_as_far_as_the_limits_say() -> None:
    parts = [Part(name, "", b"xx") for name in ("a", "b", "c")]
    assert gathered(parts, MimeLimits()) == (tuple(parts), ())
    assert gathered(parts, MimeLimits(parts=3, attachment_bytes=6)) == (tuple(parts), ())
    assert gathered(parts, MimeLimits(parts=2)) == (tuple(parts[:2]), (TOO_MANY,))
    assert gathered(parts, MimeLimits(attachment_bytes=5)) == (tuple(parts[:2]), (TOO_MUCH,))
    assert gathered([], MimeLimits(parts=0)) == ((), ())


def test_a_name_that_cannot_be_decoded_costs_no_document() -> None:
    odd = 'Content-Disposition: attachment; filename="=?utf-8?B?abcde?="\n\nx'
    mail = opened(mixed(odd, pdf()))
    assert [part.name for part in mail.parts] == ["=?utf-8?B?abcde?=", "a.pdf"]
    assert mail.troubles == ()


APPLE_DOUBLE = b"\x00\x05\x16\x07rest"


def zipped(*files: tuple[str, bytes]) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w") as archive:
        for name, content in files:
            archive.writestr(name, content)
    return out.getvalue()


def test_what_was_wrapped_takes_its_wrapper_s_name_and_notes() -> None:
    files = [("new/a.pdf", b"x"), ("b.pdf", b"y"), ("new\\A.pdf", b"z"), ("._b.pdf", APPLE_DOUBLE)]
    wrapped = Part("pack.zip", "application/zip", zipped(*files), notes=("a note",))
    plain, icon = Part("b.pdf", "application/pdf", b"w"), Part("._b.pdf", "application/pdf", APPLE_DOUBLE)
    assert gathered([plain, icon, wrapped], MimeLimits()) == (
        (
            plain,
            Part("pack.zip/new/a.pdf", "", b"x", notes=("a note",)),
            Part("pack.zip/b.pdf", "", b"y", notes=("a note",)),
            Part("pack.zip/new/A (2).pdf", "", b"z", notes=("a note",)),
        ),
        (),
    )


def test_a_wrapped_file_that_is_damaged_says_so_and_an_office_file_is_no_wrapper() -> None:
    damaged = zipped(("a.pdf", b"a" * 100)).replace(b"a" * 100, b"b" * 100)
    (part,) = gathered([Part("pack.zip", "", damaged)], MimeLimits())[0]
    assert part == Part("pack.zip/a.pdf", "", b"", trouble=MEMBER_DAMAGED)
    for name in ("form.XLSX", "a.xlsm", "a.xltx", "a.xltm", "a.xlsb", "a.ods", "a.docx", "a.odt"):
        office = Part(name, "", zipped(("a.xml", b"x")))
        assert gathered([office], MimeLimits()) == ((office,), ())
