"""Words that covering letters have, and those that they have not."""

from __future__ import annotations

import pytest

from rules.usual_words import has_unusual_words, unusual_words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Kindly shelve it.", ["shelve"]),
        ("Shelve it.", ["shelve"]),
        ("We tweaked one line of the certificate.", ["tweaked"]),
        ("Our half-baked form", ["half-baked"]),
        ("Please find the forms, certificates and supporting documents attached.", []),
        ("Sam is on holiday; Ana has the three-phase meter's certificates.", []),
        ("See notes.pdf, Weald Road, ab" + "cd" * 20, []),
    ],
)
def test_words_are_told_without_names_endings_and_codes(text: str, words: list[str]) -> None:
    assert unusual_words(text) == words


@pytest.mark.parametrize(
    ("sentence", "unusual"),
    [
        ("Please sleep on it.", True),
        ("Mohon jangan diproses dulu", True),
        ("Anbei das ausgefüllte Formular und die Zertifikate", False),
        ("pdf xlsx zigbee", False),
        ("This one has gone pear-shaped.", True),
        ("Nobody here has vetted the workbook.", True),
        ("Please d o n o t p u b l i s h this.", True),
        ("Prosím, zatím nezveřejňujte.", True),
        ("Lütfen henüz yayınlamayın.", True),  # noqa: RUF001  # other alphabets are what is tried
        ("Zähler Łódź", False),
        ("C P L", False),
        ("Hope you had a relaxing bank holiday.", False),  # of something else
        ("The enclosure has been rebranded in June, and the certificates carry the new name.", False),  # a story
    ],
)
def test_only_what_is_short_and_about_the_form_is_looked_through(sentence: str, unusual: bool) -> None:  # of a table
    assert has_unusual_words(sentence) is unusual
