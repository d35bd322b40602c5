"""Notices of services that share files or have papers signed, recalls, and messages within archives."""

from __future__ import annotations

import io
import zipfile

import pytest

from intake.domain.envelope import read_envelope
from intake.domain.kind import kind_by_envelope, kind_of
from intake.domain.message import MessageKind
from intake.extract.mail.gather import MESSAGE_WITHIN
from intake.extract.mail.mime import attachments
from intake.extract.mail.standins import LIES_ELSEWHERE, missing_by, stands_in

SHARES = [
    ("Robin Hale has sent you large files", "Robin Hale has sent you large files via Large File Send. Download them."),
    ('Robin Hale shared the folder "Meter papers" with you', "Here's the folder. Open"),
    ('Spreadsheet shared with you: "Form"', "Robin Hale has invited you to edit the following spreadsheet: Form."),
    ("Robin Hale has sent you files", "Click here to download."),
    ('Robin Hale has invited you to collaborate on "Meter"', "Go to folder"),
    ("Completed: Please sign", "All parties have completed it. View completed document"),
    ("Robin Hale hat einen Ordner f\u00fcr Sie freigegeben", "Robin hat Ihnen einen Ordner geteilt: \u00d6ffnen"),
    ("Robin vous a envoy\u00e9 des fichiers", "Robin vous a envoy\u00e9 2 fichiers"),
]
NO_SHARES = [
    ("Metering news", "Download our annual report; a file of figures is on our site."),
    ("Robin shared a post", "See what Robin has shared: a photo of a bridge."),
    ("Lunch", "I sent you my regards. The folder is on your desk."),
    ("Holiday", "We have shared rooms."),
]
RECALLS = [
    ("Recall: New meter", 'Robin Hale would like to recall the message, "New meter".'),
    ("R\u00fcckruf: CPL submission", 'Robin Hale m\u00f6chte die Nachricht "CPL submission" zur\u00fcckrufen.'),
    ("Meter", "Robin Hale souhaite rappeler le message \u00ab Meter \u00bb."),
]
TEXTS = [
    ("Please add our new meter to the CPL.", MessageKind.UNCLEAR),
    ("The New Entry form for the CPL is in the channel.", MessageKind.UNCLEAR),
    ("We withdraw our CPL entry.", MessageKind.UNCLEAR),
    ("Your case CPL-000077 is wrong.", MessageKind.UNCLEAR),
    ("When will our meter be added to the Central Products List?", MessageKind.UNCLEAR),
    ("Please do not list our meter AML-E5 yet.", MessageKind.UNCLEAR),
    ("The CPA certificate NCSC-1433053936-4001 was withdrawn on Monday.", MessageKind.UNCLEAR),
    ("Please hold our submission of Friday.", MessageKind.UNCLEAR),
    ("Please hold the line.", MessageKind.OTHER),
    ("The minutes of the meeting were withdrawn.", MessageKind.OTHER),
    ("Shall we have lunch?", MessageKind.OTHER),
    ("I work for the CPL team.", MessageKind.OTHER),
    ("Yes.\n\n> Please add our new meter to the CPL.", MessageKind.OTHER),
]


@pytest.mark.parametrize(("subject", "text"), SHARES)
def test_what_somebody_shares_by_a_service_lies_elsewhere(subject: str, text: str) -> None:
    assert list(missing_by(subject, text, ())) == [LIES_ELSEWHERE]


@pytest.mark.parametrize(("subject", "text"), NO_SHARES)
def test_other_words_of_sharing_alarm_nobody(subject: str, text: str) -> None:
    assert list(missing_by(subject, text, ())) == []


@pytest.mark.parametrize(("subject", "text"), RECALLS)
def test_a_recall_is_never_filed(subject: str, text: str) -> None:
    by_subject = kind_by_envelope(read_envelope(f"From: a@b.example\nSubject: {subject}\n\n".encode()))
    assert kind_of(by_subject, (), brings_a_form=False, text=text) is MessageKind.UNCLEAR


@pytest.mark.parametrize(("text", "kind"), TEXTS)
def test_a_text_that_asks_for_something_about_the_list_is_never_filed(text: str, kind: MessageKind) -> None:
    assert kind_of(MessageKind.OTHER, (), brings_a_form=False, text=text) is kind


def test_a_filter_that_deems_a_file_to_be_unsafe_has_removed_it() -> None:
    notice = "[Attachment Protection has deemed this file to be unsafe and has removed it: form.xlsm]"
    assert stands_in("New meter", notice) is not None
    assert stands_in("New meter", "[The file is to be removed by the filter.]") is None


def test_a_message_within_an_archive_is_told_not_to_be_opened() -> None:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as written:
        written.writestr("Original.eml", "From: a@b.example\nSubject: CPL submission\nDate: x\n\nSee the form.\n")
    head = b"From: a@b.example\nSubject: Papers\nContent-Type: application/zip; name=m.zip\nContent-Transfer-Encoding: "
    raw = head + b"binary\n\n" + archive.getvalue()
    (part,) = attachments(raw).parts
    assert (part.name, part.trouble) == ("m.zip/Original.eml", MESSAGE_WITHIN)
