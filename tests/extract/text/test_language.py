"""A text is known to be English, or somebody looks."""

from __future__ import annotations

import pytest

from intake.extract.mail.mime import attachments
from intake.extract.text.language import is_english

ENGLISH = [
    "",
    "2.051\n--",
    "Please hold it.",
    "Find our form attached.",
    "Dear all, please find attached the form and the certificates of our new meter. It is the one that we spoke about.",
]
OTHERS = [
    "Bitte nicht bearbeiten.",
    "Merci de ne pas traiter ce dossier avant notre accord.",
    "No procesar, por favor.",
    "Non elaborare questa richiesta.",
    "Proszę nie rozpatrywać.",
    "請不要處理",
    "Hallo, im Anhang das Formular. Bitte halten Sie es zurück, bis wir uns melden; the rest folgt nächste Woche.",
]


@pytest.mark.parametrize("text", ENGLISH)
def test_english_is_known(text: str) -> None:
    assert is_english(text)


@pytest.mark.parametrize("text", OTHERS)
def test_another_language_is_not_taken_for_it(text: str) -> None:
    assert not is_english(text)


@pytest.mark.parametrize("text", OTHERS)
def test_an_attached_mail_in_another_language_comes_before_a_person_as_its_words_are_not_searched(text: str) -> None:
    raw = (
        'Content-Type: multipart/mixed; boundary="B"\n\n--B\nContent-Type: message/rfc822\n\n'
        f"Subject: Our submission of the form\nContent-Type: text/plain; charset=utf-8\n\n{text}\n--B--\n"
    )
    (part,) = attachments(raw.encode()).parts
    assert part.words is None
