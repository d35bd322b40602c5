"""Which of a mail's sentences are its writer's own."""

from __future__ import annotations

import pytest

from rules.own_words import CUT, NEXT_PART, all_sentences, goes_on_unread, own_sentences

QUOTATIONS = [
    "Am 20.11.2026 um 10:00 schrieb SECAS <secas@example.test>:\n> Alt.",
    "Le ven. 20 nov. 2026 à 10:00, SECAS a écrit :\n> Vieux.",
    "-----Ursprüngliche Nachricht-----\nVon: SECAS\nAlt.",
    "Von: SECAS\nGesendet: Freitag\nAn: Robin\nAlt.",
    "From: SECAS\nSent: Friday\nTo: Robin\nOld.",
    "*From:* SECAS\n*Date:* Friday\nOld.",
    "чт, 19 нояб. 2026 г. в 10:00, SECAS <secas@example.test>:\n> Старое.",  # noqa: RUF001  # other alphabets are what is tried
    "19 Kas 2026 Per, 10:00 tarihinde SECAS <secas@example.test> şunu yazdı:\n\n> Eski.",  # noqa: RUF001  # other alphabets are what is tried
    "čt 19. 11. 2026 v 10:00 odesílatel SECAS <secas@example.test> napsal:\n> Staré.",
    "Od: SECAS\nWysłano: piątek\nDo: Robin\nStare.",
    "Från: SECAS\nSkickat: fredag\nTill: Robin\nGammalt.",
    "Fra: SECAS\nSendt: fredag\nTil: Robin\nGammelt.",
    "Lähettäjä: SECAS\nLähetetty: perjantai\nVanha.",
    "Kimden: SECAS\nGönderildi: Cuma\nEski.",
    "Odesílatel: SECAS\nOdesláno: pátek\nStaré.",
    "Feladó: SECAS\nElküldve: péntek\nRégi.",
    "От: SECAS\nОтправлено: пятница\nСтарое.",  # noqa: RUF001  # other alphabets are what is tried
    "发件人:SECAS\n发送时间:2026\n旧。",
]


@pytest.mark.parametrize("quotation", QUOTATIONS)
def test_what_a_mail_quotes_is_not_its_own(quotation: str) -> None:
    assert list(own_sentences(f"The form is attached.\n\n{quotation}")) == ["The form is attached."]


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("From: our lab we have the certificates. Hold it.", ["From: our lab we have the certificates.", "Hold it."]),
        ("Attached.\n____________\n\nHold it.", ["Attached.", "____________", "Hold it."]),
        ("Attached.\n-- \nRobin\nDo not print.", ["Attached."]),
        ("Attached.\n-- \nRobin\nPS: Hold it.\nUntil May.", ["Attached.", "PS: Hold it.", "Until May."]),
        (f"Attached.\n> Old.\n{NEXT_PART}\nHold it.", ["Attached.", "Hold it."]),
        (f"Attached.\n-- \nRobin\n{NEXT_PART}\nHold it.", ["Attached.", "Hold it."]),
        (
            "Please write before 10:00 to Sam <sam@ashdown.example>:\nHold it.",
            ["Please write before 10:00 to Sam Hold it."],
        ),
        ("This is confidential and off the list until May.", ["This is confidential and off the list until May."]),
        ("请看附件。请勿发布。", ["请看附件。", "请勿发布。"]),
        ("Ｈｏｌｄ it.", ["Hold it."]),  # noqa: RUF001  # full-width letters are what is tried
        ("Vertraulich. Der richtige Adressat sind Sie.\n\nAnbei.", ["Anbei."]),
    ],
)
def test_own_words_are_found_wherever_they_stand(text: str, own: list[str]) -> None:
    assert list(own_sentences(text)) == own


def test_a_paper_quotes_nothing() -> None:
    assert list(all_sentences("> One.\nFrom: two.\nSent: three.")) == ["> One.", "From: two.", "Sent: three."]


@pytest.mark.parametrize(
    ("text", "unread"),
    [
        ("Attached.", False),
        (f"Attached.\n{CUT}", True),
        (f"Attached.\nFrom: a\nSent: b\nOld\n{CUT}", False),
        (f"> Old.\n{NEXT_PART}\nAttached.\n{CUT}", True),
        (f"Attached {CUT}", False),
    ],
)
def test_own_words_that_were_cut_off_are_known(text: str, unread: bool) -> None:  # a table of cases
    assert goes_on_unread(text) is unread
