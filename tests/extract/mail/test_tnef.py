"""Outlook's package: messages attached within it are opened, and what it says is the mail's own words."""

from __future__ import annotations

from email.message import EmailMessage

import pytest
from extract.tnef import winmail

from intake.extract.mail import tnef
from intake.extract.mail.mime import attachments
from intake.extract.mail.words import words_of

HOLD = "Please do not publish this yet."
WITHIN = winmail({"zigbee.pdf": b"%PDF"}, subject="CPL submission", text=HOLD)


def carrying(package: bytes, text: str = "") -> EmailMessage:
    mail = EmailMessage()
    mail["From"], mail["Subject"] = "jo@ashdown.example", "CPL submission"
    mail.set_content(text)
    mail.add_attachment(package, maintype="application", subtype="ms-tnef", filename="winmail.dat")
    return mail


@pytest.mark.parametrize(
    ("package", "names"),
    [
        (
            winmail({"form.xlsx": b"x"}, {"Original": WITHIN}),
            ["winmail.dat/form.xlsx", "winmail.dat/Original.eml", "winmail.dat/Original.eml/zigbee.pdf"],
        ),
        (
            winmail({}, {"Two": winmail({}, {"One": WITHIN})}),
            ["winmail.dat/Two.eml", "winmail.dat/Two.eml/One.eml", "winmail.dat/Two.eml/One.eml/zigbee.pdf"],
        ),
        (
            winmail({}, {"A": WITHIN, "B": WITHIN}),
            [
                "winmail.dat/A.eml",
                "winmail.dat/B.eml",
                "winmail.dat/A.eml/zigbee.pdf",
                "winmail.dat/B.eml/zigbee.pdf",
            ],
        ),
        (
            winmail({}, {"Zeros": winmail({"zeros.bin": b"\0" * 40})}),
            ["winmail.dat/Zeros.eml", "winmail.dat/Zeros.eml/zeros.bin"],
        ),
        (winmail({}, {"Changed": WITHIN.replace(b"%PDF", b"%PDG")}), ["winmail.dat"]),
        (
            winmail({}, {"Rich": winmail({}, rich=b"LZFu")}),
            ["winmail.dat/Rich.eml", "winmail.dat/Rich.eml/text.rtf"],
        ),
    ],
)
def test_messages_within_a_package_are_opened(package: bytes, names: list[str]) -> None:
    assert [part.name for part in attachments(carrying(package).as_bytes()).parts] == names


def test_a_message_within_says_its_subject_and_its_text_and_is_always_the_same() -> None:
    raw = carrying(winmail({}, {"Original": WITHIN})).as_bytes()
    message, _ = attachments(raw).parts
    assert (message.words or "").split("\n\n") == ["CPL submission", HOLD]
    assert attachments(raw).parts[0].content == message.content


def test_a_file_within_is_whole_to_its_last_zero() -> None:
    parts = attachments(carrying(winmail({}, {"Zeros": winmail({"zeros.bin": b"abc" + b"\0" * 40})})).as_bytes()).parts
    assert parts[-1].content == b"abc" + b"\0" * 40


def test_packages_within_packages_are_followed_to_a_bound() -> None:
    package = WITHIN
    for _ in range(12):
        package = winmail({}, {"In": package})
    assert [part.name for part in attachments(carrying(package).as_bytes()).parts] == ["winmail.dat"]


@pytest.mark.parametrize("beside", ["", "Our submission is attached."])
def test_what_a_package_says_is_the_mail_s_own_words(beside: str) -> None:
    mail = attachments(carrying(winmail({"form.xlsx": b"x"}, text=HOLD), beside).as_bytes())
    assert HOLD in mail.text


def test_what_both_say_is_told_once() -> None:
    mail = attachments(carrying(winmail({}, text=HOLD), HOLD).as_bytes())
    assert mail.text.count(HOLD) == 1


@pytest.mark.parametrize(("beside", "troubles"), [("", (tnef.RICH_TEXT,)), ("See the form.", ())])
def test_rich_text_is_missed_where_nothing_else_is_said(beside: str, troubles: tuple[str, ...]) -> None:
    mail = attachments(carrying(winmail({"form.xlsx": b"x"}, rich=b"LZFu"), beside).as_bytes())
    assert mail.troubles == troubles


def test_the_words_of_an_attached_message_are_those_of_its_package_too() -> None:
    assert HOLD in (words_of(carrying(winmail({}, text=HOLD), "See below, please.")) or "")
    assert (
        words_of(carrying(winmail({"a.pdf": b"abc"}, text=HOLD).replace(b"abc", b"abd"), "See below, please.")) is None
    )
    assert words_of(carrying(winmail({}, {"Original": WITHIN}), "See below, please.")) is None
