"""Papers of other schemes, by what they say; and those that must be looked at."""

from __future__ import annotations

import pytest
from extract import papers

from intake.extract.document import read_document
from rules.facts import DocumentKind

STRANGERS = {
    "Wi-Fi": "This certificate lists the features that have completed interoperability testing for the product.",
    "Bluetooth": "The design listed below is qualified by the Bluetooth SIG and has been declared by the member.",
    "PTCRB": "This is to certify that the module has been tested in an accredited laboratory and is listed.",
    "Common Criteria": "The product has been evaluated at the level EAL4 by a licensed laboratory for this scheme.",
    "ISO 9001": "The management system of the company has been found to conform to ISO 9001 for the making of meters.",
    "CE": "We declare that the equipment is in conformity with the directive on radio equipment, by our own testing.",
    "Photometry": "The lamp was measured at the laboratory and the results are given in the table on this page.",
    "Delivery": "The goods were packed by hand and are to be delivered to the warehouse at the dock in the morning.",
    "Brochure": "A meter for the home that is small and quiet, with a display which is easy to read in the dark.",
    "MID": "The type of meter was examined under the directive and it was found that it is as stated in the annex.",
}
OURS = {
    "a scheme": "This is the certificate of the product for ZigBee, and it has been tested by the laboratory.",
    "an alliance": "This is to say that the Connectivity Standards Alliance has listed the product for the market.",
    "the CPA": "The product has been found to be in line with the CPA and it is listed by the body.",
    "the DLMS": "The product has been tested to the DLMS/COSEM standard and is listed by the association.",
    "a number": "The product that is listed as ZIG22041ZSE13121-24 has been tested by the laboratory for this.",
    "the list": "The device is on the Central Products List and has been there for a year, as the table shows.",
    "assurance": "The product assurance of the device was done by the body and it is in the table on this page.",
    "smart energy": "The device is certified for the Smart Energy profile and it was tested by the laboratory.",
    "German": "Hiermit wird bescheinigt, dass das Produkt im Labor gepr\u00fcft worden ist und den Regeln folgt.",
    "signs": "\u25a0\u25a1\u25aa\u25ab\u25ac \u25a0\u25a1\u25aa the of and for",
    "a word": "Certificate",
}


@pytest.mark.parametrize("name", STRANGERS)
def test_a_paper_of_another_scheme_is_known(name: str) -> None:
    document = read_document("paper.pdf", papers.prose([f"{name} certificate", STRANGERS[name]])).document
    assert document.kind is DocumentKind.OTHER
    assert document.words is not None
    assert STRANGERS[name][:20] in " ".join(document.words.split())


@pytest.mark.parametrize("name", OURS)
def test_a_paper_that_may_matter_is_not(name: str) -> None:
    assert read_document("paper.pdf", papers.prose([OURS[name]])).document.words is None


def test_a_picture_on_the_page_may_say_anything() -> None:
    document = read_document("paper.pdf", papers.joined(papers.prose([STRANGERS["Wi-Fi"]]), papers.picture())).document
    assert document.words is None
