"""The child's job, done here: which lines it writes of a message, of loose files, of one document."""

from __future__ import annotations

import json
from email.message import EmailMessage
from hashlib import sha256
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from extract.warming import FILE

from intake.extract import job
from intake.extract import unreadable as says
from intake.extract.job import run, warm_up
from intake.extract.mail.unpack import MEMBER_DAMAGED
from intake.extract.page import ocr
from intake.extract.views import LINES_AROUND, LONGEST_LINE
from intake.signatures.trust_settings import NOBODY

LIMITS = {"parts": 100, "depth": 9, "header_bytes": 10_000, "attachment_bytes": 1_000_000}
TOLD = "Dear all,\n\nsee below.\n\n> Old words\n"
TRUST = NOBODY.request()
TEXT = b"one\ntwo\nthree"


def digest(content: bytes) -> str:
    return sha256(content).hexdigest()


def message(*files: tuple[str, bytes], subject: str = "CPL submission", text: str = TOLD) -> bytes:
    mail = EmailMessage()
    mail["Subject"] = subject
    mail["From"] = "dora@ashdown.example"
    mail.set_content(text)
    for name, content in files:
        mail.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return mail.as_bytes()


def lines(payload: bytes, request: dict[str, Any]) -> tuple[list[Any], list[float]]:
    """What it writes, and the seconds that it gives itself on the way."""
    emitted: list[Any] = []
    armed: list[float] = []
    run(payload, {"limits": LIMITS} | request, lambda line: emitted.append(json.loads(line)), armed.append)
    return emitted, armed


def whole(payload: bytes, **more: object) -> tuple[list[Any], list[float]]:
    plain = {"files": None, "begin": 0, "document_seconds": 7, "keys": {}, "trust": TRUST}
    return lines(payload, plain | more)


FILES = [("a.txt", TEXT), ("b.bin", b"\0\1\2"), ("form.xlsx", b"")]
LOOSE = {"files": [(name, len(content)) for name, content in FILES]}


def test_a_message_is_told_by_its_contents_and_then_document_by_document() -> None:
    (contents, *documents), armed = whole(message(*FILES))
    assert contents == {
        "parts": [
            {"name": name, "sha256": digest(content), "size": len(content), "inline": False} for name, content in FILES
        ],
        "troubles": [],
        "opening": "Dear all,\nsee below.",
        "text": "Dear all,\n\nsee below.\n\n> Old words",
        "report": None,
        "signatures": [],
        "chains": [],
        "faults": [],
    }
    assert [(line["document"]["name"], line["document"]["kind"]) for line in documents] == [
        ("a.txt", "other"),
        ("b.bin", "unreadable"),
        ("form.xlsx", "unreadable"),
    ]
    assert [line["document"]["words"] for line in documents] == [TEXT.decode(), None, None]
    assert [line["document"]["trouble"] for line in documents] == [None, says.UNKNOWN, says.EMPTY]
    assert [line["entry"] and line["entry"]["trouble"] for line in documents] == [None, None, says.EMPTY]
    assert all(line["faults"] == line["chains"] == [] for line in documents)
    assert armed == [7, 7, 7]


def test_loose_files_are_told_as_a_message_s_are() -> None:
    payload = b"".join(content for _, content in FILES)
    (contents, *documents), _ = whole(payload, **LOOSE)
    assert [(part["name"], part["sha256"]) for part in contents["parts"]] == [
        (name, digest(content)) for name, content in FILES
    ]
    assert (contents["opening"], contents["text"], contents["troubles"]) == ("", "", [])
    assert documents == whole(message(*FILES))[0][1:]


def test_a_child_goes_on_behind_the_document_that_ended_another() -> None:
    (contents, *documents), armed = whole(message(*FILES), begin=2)
    assert len(contents["parts"]) == 3
    assert [line["document"]["name"] for line in documents] == ["form.xlsx"]
    assert armed == [7]


def test_what_may_be_missing_and_what_is_badly_encoded_is_told() -> None:
    raw = (
        b"Content-Type: multipart/mixed; boundary=B\n\n--B\nContent-Type: text/plain; name=a.txt\n"
        b"Content-Transfer-Encoding: base64\n\nb25l*\n"
    )
    (contents, document), _ = whole(raw)
    assert len(contents["troubles"]) == 1
    assert document["document"]["notes"] == ["It is not encoded as the message says, so it may be damaged."]
    assert document["document"]["words"] == "one"


def test_what_could_not_be_unpacked_says_why() -> None:
    out = BytesIO()
    with ZipFile(out, "w") as archive:
        archive.writestr("a.xlsx", b"a" * 100)
    damaged = out.getvalue().replace(b"a" * 100, b"b" * 100)
    (_, document), _ = whole(damaged, files=[("pack.zip", len(damaged))])
    assert (document["document"]["name"], document["document"]["trouble"]) == ("pack.zip/a.xlsx", MEMBER_DAMAGED)
    assert document["entry"]["trouble"] == MEMBER_DAMAGED


def test_a_signature_s_own_file_is_told_what_was_made_of_it() -> None:
    raw = (
        b"Content-Type: multipart/signed; protocol=application/pgp-signature; boundary=B\n\n--B\n"
        b"Content-Type: text/plain\n\nhello\n--B\n"
        b"Content-Type: application/pgp-signature; name=signature.asc\n\nx\n--B--\n"
    )
    (contents, document), _ = whole(raw)
    assert document["document"]["name"] == "signature.asc"
    assert [facts["intact"] for facts in document["document"]["signatures"]] == [None]
    assert document["document"]["signatures"] == contents["signatures"]


def test_an_attached_message_has_its_own_words() -> None:
    inner = message(subject="Our form", text="Please hold it.\n").decode()
    raw = f"Content-Type: multipart/mixed; boundary=B\n\n--B\nContent-Type: message/rfc822\n\n{inner}\n--B--\n".encode()
    (_, document), _ = whole(raw)
    assert document["document"]["words"] == "Our form\n\nPlease hold it."


def test_keys_are_asked_for_the_last_line() -> None:
    signed = b"DKIM-Signature: v=1; a=rsa-sha256; d=x.example; s=k; h=from; bh=x; b=x\n" + message()
    (_, last), armed = whole(signed, keys={"k._domainkey.x.example": ""})
    assert set(last) == {"sender_checks", "faults"}
    assert [check["result"] for check in last["sender_checks"]] == ["permerror"]
    assert armed == [7]
    assert len(whole(signed)[0]) == 1


@pytest.mark.parametrize(
    ("wanted", "answer"),
    [
        (digest(TEXT), {"name": "a.txt", "content": "b25lCnR3bwp0aHJlZQ=="}),
        (digest(b""), {"name": "form.xlsx", "content": ""}),
        ("0" * 64, None),
    ],
)
def test_one_document_s_bytes_can_be_had(wanted: str, answer: object) -> None:
    assert lines(message(*FILES), {"content": wanted}) == ([answer], [])


def test_the_text_for_reading_can_be_had() -> None:
    assert lines(message(*FILES), {"text": True}) == ([{"text": "Dear all,\n\nsee below.\n\n> Old words"}], [])


def test_every_limit_of_the_request_is_kept() -> None:
    (contents, *_), _ = lines(
        message(*FILES),
        {"files": None, "begin": 0, "document_seconds": 7, "keys": {}, "trust": TRUST, "limits": LIMITS | {"parts": 3}},
    )
    assert [part["name"] for part in contents["parts"]] == ["a.txt"]


LONG = b"\n".join(b"line %d" % number for number in range(1, 21)) + b"\n" + b"x" * (LONGEST_LINE + 9)


@pytest.mark.parametrize(
    ("line", "first", "last"),
    [(1, 1, 1 + LINES_AROUND), (10, 10 - LINES_AROUND, 10 + LINES_AROUND), (20, 20 - LINES_AROUND, 21), (99, 0, 0)],
)
def test_the_lines_around_one_are_shown(line: int, first: int, last: int) -> None:
    ((view,), armed) = lines(
        message(("a.txt", LONG)),
        {"views": [{"sha256": digest(LONG), "line": line}], "files": None, "seconds": 5},
    )
    shown = view["lines"]
    assert [number for number, _ in shown] == list(range(first, last + 1)) if first else shown == []
    assert all(text == (f"line {number}" if number < 21 else "x" * LONGEST_LINE) for number, text in shown)
    assert (view["trouble"], view["lasting"], view["faults"]) == ("", True, [])
    assert armed == [5]


GIF = b"GIF89a\x02\0\x01\0\x80\0\0\0\0\0\xff\xff\xff,\0\0\0\0\x02\0\x01\0\0\x02\x02\x0c\n\0;"
NO_PICTURE = "No picture can be made of a document of this kind."
VIEWS: dict[str, tuple[dict[str, object], dict[str, object]]] = {
    "a picture": ({"sha256": digest(GIF), "page": 1}, {"trouble": "", "pages": 1, "size": [2.0, 1.0]}),
    "a picture's second page": ({"sha256": digest(GIF), "page": 2}, {"trouble": "", "pages": 1, "size": [0.0, 0.0]}),
    "a text as a picture": ({"sha256": digest(TEXT), "page": 1}, {"trouble": NO_PICTURE, "pages": 0}),
    "a picture's lines": (
        {"sha256": digest(GIF), "line": 1},
        {"trouble": "No lines of text can be shown of a document of this kind.", "lines": []},
    ),
    "a PDF that is none": (
        {"sha256": digest(b"%PDF-1.7"), "page": 1},
        {"trouble": says.PDF_BROKEN, "pages": 0, "lasting": True},
    ),
    "what is not there": (
        {"sha256": "0" * 64, "page": 1},
        {"trouble": "The message no longer gives this document; download the raw message to look at it."},
    ),
}


@pytest.mark.parametrize("case", VIEWS)
def test_a_view_is_given_or_why_there_is_none(case: str) -> None:
    wanted, expected = VIEWS[case]
    files = [("a.gif", GIF), ("a.txt", TEXT), ("a.pdf", b"%PDF-1.7")]
    request = {"views": [wanted], "files": [(name, len(content)) for name, content in files], "seconds": 5}
    ((view,), _) = lines(b"".join(content for _, content in files), request)
    assert {name: view[name] for name in expected} == expected
    assert bool(view["image"]) is (case == "a picture")


def test_what_is_read_before_the_first_child_is_forked_is_read_whole_as_any_message_is() -> None:
    (contents, *documents), _ = whole(FILE.read_bytes())
    kinds = [line["document"]["kind"] for line in documents]
    certificates = ["zigbee_certificate", "cpa_certificate", "dlms_certificate"]
    assert kinds == ["new_entry", *certificates, "release_note"]
    assert not any(line["document"]["trouble"] or line["faults"] for line in documents)
    assert (contents["troubles"], contents["faults"]) == ([], [])


def test_warming_up_reads_that_message_and_leaves_the_recogniser_where_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[tuple[bool, bool]] = []
    monkeypatch.setattr(job, "run", lambda payload, *_: read.append((payload == FILE.read_bytes(), ocr.room())))
    warm_up()
    assert read == [(True, False)]
    assert ocr.room()
