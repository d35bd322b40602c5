"""Words of certificates' labels in other languages than English.

Bilingual certificates print each label twice: `Firmware Version / Version du micrologiciel`. The second is neither a
value nor a label of its own, and is known by its words alone: all of them belong to the label's sense.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping

from rules.fields import Label

Words = frozenset[str]


def _words(text: str) -> Words:
    return frozenset(text.split())


_JOINTS = _words(
    "de du des d la le les l der die das vom von del della dello dell dei di do da dos el los las il lo y et und e ed o"
    " al au aux van het en w z i na"
)
"""Words that join others; none of them means anything by itself."""
_VERSION = _words("version versione versiones versie versao wersja version no nr n numero nummer number stand ausgabe")
_IDENTITY = _words(
    "identification identifiant identifikation identifikator identificacion identificazione identificatore"
    " identificador identificatie identificacao identyfikator identyfikacja id kennung kennzeichen kennnummer code"
    " identificativo codigo codice kod"
)
_DATE = _words("date datum fecha data dato le am el il")
_ISSUE = _words(
    "emission delivrance etablissement ausstellung ausstellungsdatum ausgabedatum ausgestellt emision expedicion"
    " emissione rilascio emissao afgifte uitgifte uitgiftedatum wydania certification zertifizierung"
    " zertifizierungsdatum certificacion certificazione certificacao certificering certificeringsdatum certyfikacji"
    " zertifikatsdatum certificat certificado certificato"
)
_DEVICE = _words(
    "type typ tipo soort rodzaj art geratetyp geraeteart gerateart geraetetyp gerat geraet gerats gerates geraetes"
    " appareil equipement dispositif produit produkt produkts produktart produkttyp produktes dispositivo aparato"
    " equipo producto apparecchio apparato prodotto dispositivos equipamento produto apparaat toestel product"
    " producttype apparaattype urzadzenia urzadzenie wyrobu device"
)
_MODEL = _words(
    "modele modell modells modelo modello modellbezeichnung modellkennung modellnummer modellname model modelnummer"
    " modelaanduiding modelu typbezeichnung typenbezeichnung bezeichnung designation denominacion denominazione"
)
_MAKER = _words(
    "fabricant fabriquant constructeur hersteller herstellers herstellerkennung herstellercode fabricante productor"
    " fabbricante produttore costruttore fabrikant producent producenta nom name nombre nome"
)
_HARDWARE = _words(
    "materiel materielle hardware hardwareversion hardwarestand hardwareausgabe hardwareversie sprzetu materiale"
    " revision"
)
_FIRMWARE = _words(
    "micrologiciel micrologicielle logiciel logicielle embarque firmware firmwareversion firmwarestand"
    " firmwareversie software softwareversion softwarestand oprogramowania microprogramme"
)
_NUMBER = _words(
    "certificat certification zertifikat zertifikats zertifikatsnummer zertifizierung zertifizierungsnummer"
    " zertifikatnummer bescheinigung bescheinigungsnummer certificado certificacion certificato certificazione"
    " certificacao certificaat certificaatnummer certificering certificeringsnummer certyfikatu certyfikacji"
    " attestation"
)
_STANDARD = _words(
    "specification spezifikation spezifikationsversion especificacion specifica specifiche especificacao specificatie"
    " norme norm norma standard profil perfil profilo profiel specyfikacji zigbee smart energy"
)
_SECURITY = _words(
    "caracteristiques caracteristique securite sicherheitsmerkmale sicherheitseigenschaften caracteristicas seguridad"
    " caratteristiche sicurezza"
)
_EXPIRY = _words(
    "expiration validite fin echeance ablauf ablaufdatum gultig gueltig gultigkeit gueltigkeit bis valable jusqu jusque"
    " vencimiento caducidad validez valido hasta scadenza validita fino validade vervaldatum geldig tot waznosci"
)
_RENEWAL = _words(
    "renouvellement erneuerung erneuerungsdatum verlangerung verlaengerung renovacion rinnovo renovacao vernieuwing"
)
_LOGICAL = _words(
    "nom name nombre nome logique logische logischer logischen logico logica gerat gerats gerates geratename dispositif"
    " dispositivo appareil gestion management verwaltung gestione"
)
_TOOL = _words(
    "outil essai essais test conformite prufwerkzeug prufwerkzeugs pruefwerkzeug pruefwerkzeugs testwerkzeug"
    " herramienta prueba ensayo conformidad"
    " strumento prova conformita ctt"
)

SENSES: Mapping[Label, Words] = {
    Label.TYPE_OF_DEVICE: _DEVICE,
    Label.DEVICE_TYPE: _DEVICE,
    Label.MANUFACTURER: _MAKER | _IDENTITY,
    Label.MODEL_IDENTIFICATION: _MODEL | _IDENTITY,
    Label.MODEL_IDENTIFIER: _MODEL | _IDENTITY,
    Label.MODEL: _MODEL | _IDENTITY,
    Label.TYPE: _MODEL | _DEVICE,
    Label.HARDWARE_VERSION: _HARDWARE | _VERSION,
    Label.FIRMWARE_VERSION: _FIRMWARE | _VERSION,
    Label.SPECIFICATION_VERSION: _STANDARD | _VERSION,
    Label.SECURITY_CHARACTERISTICS: _SECURITY | _VERSION,
    Label.CTT_VERSION: _TOOL | _VERSION,
    Label.LOGICAL_DEVICE_NAME: _LOGICAL,
    Label.CERTIFICATION_DATE: _DATE | _ISSUE,
    Label.ISSUE_DATE: _DATE | _ISSUE,
    Label.DATE_OF_ISSUE: _DATE | _ISSUE,
    Label.EXPIRY_DATE: _DATE | _EXPIRY,
    Label.RENEWAL_DATE: _DATE | _RENEWAL,
    Label.CERTIFICATION_NUMBER: _NUMBER | _VERSION | _IDENTITY,
    Label.CERTIFICATE_NUMBER: _NUMBER | _VERSION | _IDENTITY,
}
"""The words that a label may have in another language, without accents and in small letters."""

_ENGLISH = _words(
    "version type model date certification identification firmware hardware software code id no number standard"
    " specification revision product device name norm test art id management zigbee smart energy fin data in"
    " designation attestation expiration emission ctt stand an tot am i o e n"
)
"""Those that an English label or value may have just as well, so that they show no other language."""
_WORD = re.compile(r"[^\W_]+")
_STROKES = str.maketrans({"\u0142": "l", "\u0141": "L", "\u00df": "ss", "\u00f8": "o"})


def words_of(text: str) -> tuple[str, ...]:
    """Give the words of a text in small letters and without accents; a hyphen parts words."""
    if not text.isascii():
        plain = unicodedata.normalize("NFKD", text.translate(_STROKES))
        text = "".join(c for c in plain if not unicodedata.combining(c))
    return tuple(_WORD.findall(text.casefold()))


def says(words: Iterable[str], label: Label) -> bool:
    """Tell whether these words say the label, or a part of it, in another language, and nothing else."""
    return all(word in _JOINTS or word in SENSES[label] for word in words)


def shows_a_language(words: Iterable[str], label: Label) -> bool:
    """Tell whether one of the words is neither English nor a mere joint, and means what the label means."""
    words = tuple(words)
    by_sense = any(word in SENSES[label] for word in words)
    return by_sense and any(word not in _ENGLISH for word in words)


_TELLING: Words = _JOINTS.union(*SENSES.values()) - _ENGLISH


def may_be_bilingual(text: str) -> bool:
    """Tell whether a text has any word that shows another language; without one no label stands on it twice."""
    return not _TELLING.isdisjoint(words_of(text))
