"""The words by which mails object to what they bring, and those that object to nothing."""

from __future__ import annotations

import pytest

from rules.objections import objects
from rules.objections_abroad import is_known_language
from rules.own_words import own_sentences

ENGLISH = [
    "Please park this one for the moment.",
    "Can you leave this one for now?",
    "We need to pull this submission.",
    "Please do nothing with it until Monday.",
    "Please disregard this.",
    "Don't bother with this one.",
    "Sorry, wrong attachment!",
    "Ignore the above.",
    "The form attached was sent in advance; the certificate is still with the lab.",
    "Please delete 300123 from the list.",
    "Please take 300123 off the list.",
    "Replace entry 300123 with this.",
    "The ZigBee certificate is pending.",
    "The certificate hasn't been issued yet.",
    "We are awaiting the CPA certificate.",
    "We have withdrawn this device.",
    "This device is no longer going to market.",
    "The device failed certification.",
    "CPA certificate revoked yesterday.",
    "This is a test.",
    "Just testing, please ignore.",
    "Dummy submission for training.",
    "Training exercise only.",
    "Please see attached (DRAFT).",
    "Attached for your review before we submit formally.",
    "Pre-submission for comment only.",
    "Could you have a quick look before the real submission?",
    "For information only.",
    "We will send the final version next week.",
    "Still waiting for sign-off from our QA.",
    "Not to be published before 1 December.",
    "Embargoed until 1 December 2026.",
    "Please publish on 1 December, not earlier.",
    "Please publish only after we confirm.",
    "Only process when the second mail arrives.",
    "Second part follows tomorrow.",
    "Part 1 of 2.",
    "The hash is wrong.",
    "Hash in the form is that of the previous build.",
    "I'm not sure about the hardware version, please check.",
    "Is the hardware version right?",
    "We are unsure whether the CPA certificate covers this variant.",
    "The Dual Band variant is not covered.",
    "Please only add the 1.0 kW variant.",
    "Note: the certificate is for another model.",
    "The certificate names a different firmware, please accept anyway.",
    "Please overlook the mismatch in the firmware version.",
    "The form was filled in by an intern and has not been checked.",
    "Stop!",
    "HOLD",
    "On second thoughts, please wait.",
]
ABROAD = [
    "Bitte noch nicht bearbeiten.",
    "Bitte die Einreichung zurückstellen.",
    "Bitte warten Sie mit der Veröffentlichung.",
    "Das Zertifikat im Anhang ist das alte.",
    "Bitte ignorieren Sie diese Mail.",
    "Entwurf, nicht zur Veröffentlichung.",
    "Bitte Eintrag 300123 löschen.",
    "Noch nicht freigegeben.",
    "Merci de ne pas traiter cette demande.",
    "Ne pas publier avant le 1er décembre.",
    "Le certificat joint est l'ancien.",
    "Veuillez attendre notre confirmation.",
    "Version provisoire.",
    "Per favore non elaborare ancora questa richiesta.",
    "Si prega di attendere.",
    "Il certificato allegato è quello vecchio.",
    "Bozza, non definitivo.",
    "Por favor no procesen esta solicitud.",
    "En espera, no publicar.",
    "El certificado adjunto es el antiguo.",
    "请暂时不要处理。",
    "固件版本现已更新。",
    "附件中的证书是旧的。",
    "此邮件请忽略。",
    "まだ処理しないでください。",
    "아직 처리하지 마세요.",
    "Gelieve dit nog niet te verwerken.",
    "Nog niet publiceren.",
    "Proszę jeszcze nie przetwarzać.",
    "Ikke behandle denne ennå.",
    "Vänligen vänta med detta.",
    "Please see attached. BITTE NOCH NICHT BEARBEITEN!",
    "Dear all, please find attached the form for the meter. 请不要发布。",
]
BEHIND_HARMLESS_WORDS = [
    "The customer is waiting but please hold this until Monday.",
    "Our customers are waiting and we do not want this published yet.",
    "I am away until Monday and you should hold the form.",
    "Our office has moved, so hold it.",
    "This version fixes a fault but the form still says 1.2.",
    "Testing was completed but failed.",
    "You returned our submission and we withdraw it.",
    "The model is identical, apart from the hash which is wrong.",
    "There are no errors but the certificate is the old one.",
    "I think this is all wrong.",
    "The password was sent but the entry is not final.",
    "It has not been submitted before because it is not final.",
    "No changes should be made until we write again.",
    "The firmware was returned because it is faulty.",
    "Use version 1.2.3.5 instead.",
]
HARMLESS = [
    "Please find attached the form and the certificates.",
    "Please see attached.",
    "Hi, attached are the form and its three certificates. Let us know if anything is missing.",
    "We would be grateful if you could process this by Friday.",
    "Please do not hesitate to contact us.",
    "Please don't hesitate to call me on 01632 960 111.",
    "Thank you for your patience while we waited for the lab.",
    "Please add the device to the next version of the list.",
    "This is the final version of the form.",
    "Please confirm receipt.",
    "We look forward to your confirmation.",
    "The CPA certificate was renewed last month and is attached.",
    "The meter uses a Sub-GHz radio and is a Single Element device.",
    "This submission is for our new single phase meter, the AML-E5.",
    "Sent from my iPhone",
    "Please treat this as urgent.",
    "If you need anything else, please let me know.",
    "Could you please process this as soon as possible?",
    "I will be on leave until 3 December; Sam Marsh is my deputy.",
    "Note that our office is closed on Friday.",
    "The device has been certified to ZSE 1.4.",
    "All certificates are valid.",
    "Nothing has changed in the hardware.",
    "We replaced the display; nothing else has changed.",
    "Our lab tested the meter in May.",
    "The release notes list what was corrected.",
    "Please publish it with the next version of the list.",
    "Could you tell us when the list is published, please?",
    "This replaces NCSC-1433053936-3001, which was withdrawn in May.",
    "I am out of the office from Tuesday until Friday.",
    "Please reply to our team mailbox instead.",
    "Our customers are eagerly waiting for this release.",
    "The supplier is awaiting this entry before deployment starts.",
    "This version fixes a fault in the display.",
    "The changes from the earlier release are listed in the release notes.",
    "There are no faults to report.",
    "I think that is all you need.",
    "The model is identical to the one listed, apart from the firmware.",
    "You returned our last submission because the hash was missing; it is now included.",
    "The form was returned to us because of a typo, which has been corrected.",
    "Testing was completed in May.",
    "This product has not been listed before.",
    "Our office has moved; the new telephone number is below.",
    "The password will be sent separately.",
]
HARMLESS_ABROAD = [
    "Guten Tag, anbei das Formular und die Zertifikate. Mit freundlichen Grüßen",
    "Sehr geehrte Damen und Herren, im Anhang finden Sie unsere Einreichung. Vielen Dank.",
    "Bonjour, veuillez trouver ci-joint le formulaire et les certificats. Cordialement",
    "Buongiorno, in allegato il modulo e i certificati. Cordiali saluti",
    "您好, 附件是申请表和证书。谢谢。",
    "Adjunto el formulario y los certificados. Saludos",
    "Für Rückfragen stehe ich gern zur Verfügung.",
    "N'hésitez pas à nous contacter.",
    "Non esitate a contattarci.",
    "No duden en contactarnos.",
    "如有问题, 请与我们联系。",
    "添付の申請書をご確認ください。",
    "첨부 파일을 확인해 주세요. 감사합니다.",
]
UNKNOWN = [
    "Prosím, tuto žádost zatím nezpracovávejte.",
    "Пожалуйста, пока не обрабатывайте.",
    "Παρακαλώ μην το δημοσιεύσετε ακόμη.",
    "Kérjük, hogy még ne dolgozzák fel ezt a beadványt.",
    "Älkää vielä käsitelkö tätä hakemusta.",
    "กรุณาอย่าเพิ่งดำเนินการ",
]


@pytest.mark.parametrize("sentence", [*ENGLISH, *ABROAD])
def test_an_objection_is_known_in_each_language(sentence: str) -> None:
    assert objects(sentence)


@pytest.mark.parametrize("text", BEHIND_HARMLESS_WORDS)
def test_a_harmless_turn_of_phrase_hides_no_objection(text: str) -> None:
    assert any(map(objects, own_sentences(text)))


@pytest.mark.parametrize("sentence", [*HARMLESS, *HARMLESS_ABROAD])
def test_an_ordinary_sentence_objects_to_nothing(sentence: str) -> None:
    assert not objects(sentence)
    assert is_known_language(sentence)


@pytest.mark.parametrize("text", UNKNOWN)
def test_a_language_that_nobody_here_reads_is_known_as_such(text: str) -> None:
    assert not is_known_language(text)


@pytest.mark.parametrize(
    "text", ["", "AML-E5", "Form.", "Robin Hale, Ashdown Metering Limited, 14 Weald Road, Uckfield"]
)
def test_names_and_things_are_of_any_language(text: str) -> None:
    assert is_known_language(text)
