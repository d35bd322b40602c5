"""Finds the words by which a paper with a certificate's labels calls itself something else than a certificate.

An application for a certificate, the list entry of a certified product, or a report of tests states the same things
under the same labels; only its heading tells that nobody has certified anything with it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

_HEADING, _TITLE = 4, 2
"""Lines at the top of a page in which a paper says what it is; the latter where it has a certificate's title.

Below a title's line stand headings of its parts, such as `Product description`, unless they speak of it too.
"""
_LONGEST = 70
_ELSE = re.compile(
    r"\b(?P<kind>application(?= for\b|\W*$)|application form"
    r"|(?:certification|registration|request|order|entry|submission) form"
    r"|request for (?:\w+ )?(?:certification|approval|quotation)|certification request|questionnaire"
    r"|check ?list|test (?:report|plan|protocol|results?|summary)"
    r"|(?:assessment|evaluation|audit|inspection|laboratory) report|search results?|screen ?shot"
    r"|list of certified|quotation|invoice|purchase order|order confirmation|data ?sheet"
    r"|product (?:page|brief|description|overview|sheet)|conformance statement|\bpics\b"
    r"|(?:evaluation )?technical report|(?:maintenance|security|evaluation|certification|quality|project) plan"
    r"|statement of (?:work|intent|applicability)|letter of (?:intent|authori[sz]ation|support|attestation)"
    r"|test information|self-?certif\w+|(?:extension|renewal|amendment|change|variation|re-?issue) request"
    r"|request(?=\W*$)"
    r"|request for (?:\w+ )?(?:extension|renewal|amendment|re-?issue|withdrawal|information|tender)"
    r"|self-?declaration|proposal|pre-?assessment|work ?sheet|preview|handbook|user guide"
    r"|(?:certification|scheme) guide|guidance|declaration of \w+|gap analysis|readiness (?:review|check)|notice of \w+"
    r"|change notice|transfer (?:form|notice)|draft sheet|confirmation of \w+|(?:witness|position) statement"
    r"|self-?test|minutes|agenda|brochure|leaflet|flyer|press release|contract|offer|cost estimate"
    r"|memo(?:randum)?|presentation|slides|training record|manual|template|survey|complaint|corrective action"
    r"|acknowledge?ment|delivery note|receipt|invitation|voucher|white ?paper|case study|road ?map|antrag"
    r"|prüfbericht|datenblatt|demande de certification|rapport d['\u2019]essais?|fiche technique)\b",
    re.IGNORECASE,
)
_OF_ANOTHER_KIND = re.compile(
    r"\b(?P<kind>compliant platform|member(?:ship)? certificate"
    r"|certificate of (?!(?:the|an?|this|our|product|type|test\w*|zigbee|dlms|cosem|cpa|ncsc|commercial|foundation"
    r"|complian\w+|conform\w+|certif\w+|assur\w+|approv\w+|registration|evaluation|assessment|examination|security"
    r"|interoperability|equivalence|similarity|grant|renewal|extension|issue|verification|acceptance|quality|homologation)"
    r"\b)\w+"
    r"|idis(?: certificate)?|sts certificate|cyber essentials(?: plus)?|g3-?plc|prime alliance|wi-?sun|home automation"
    r"|light link|green power|certified public accountants?)\b",
    re.IGNORECASE,
)
"""Certificates that other papers of the same bodies are, or that are called alike."""
_NAMES_ANOTHER = re.compile(
    r"\b(?:see|per|by|under|from|for|on|to|of|based|according|ref\w*|no|number|id)\b[^.;]*$|[:#]\s*\S*$", re.IGNORECASE
)
"""Before such words: they name another paper, on which a certificate rests."""
_BODY = re.compile(
    r"\b(?:alliance|association|assurance|ncsc|cpa|csa|dlms|cosem|zigbee|scheme|centre|certification|body|programme)\W*:\s*\S*$",
    re.IGNORECASE,
)
"""Before such words: whose paper it is."""
_NUMBERED = re.compile(r"\s*(?:no\b|nr\b|number|id\b|ref\w*|date|dated|[:#]|[\w/-]*[0-9])", re.IGNORECASE)
"""Behind such words: it is another paper's number that is stated."""


def called_otherwise(pages: Sequence[str], titled: Collection[int]) -> str | None:
    """Give what a paper calls itself in its heading, where that is no certificate; None where it may be one.

    Args:
        pages: each page's text.
        titled: pages that have a certificate's title, counted from 1.
    """
    return _called(_ELSE, pages, titled)


def of_another_kind(pages: Sequence[str], titled: Collection[int]) -> str | None:
    """Give the other kind of certificate that a paper calls itself in its heading; None where it calls itself none.

    Args:
        pages: each page's text.
        titled: pages that have a certificate's title, counted from 1.
    """
    return _called(_OF_ANOTHER_KIND, pages, titled)


def _called(kinds: re.Pattern[str], pages: Sequence[str], titled: Collection[int]) -> str | None:
    page, most = (min(titled), _TITLE) if titled else (1, _HEADING)
    lines = [line.strip() for line in pages[page - 1].splitlines() if line.strip()][:most]
    for number, line in enumerate(lines):
        may_tell = len(line) <= _LONGEST and not (titled and number and "certif" not in line.casefold())
        match = kinds.search(line) if may_tell else None
        if match is None or _names_another(line[: match.start()]):
            continue
        if not (titled and _NUMBERED.match(line, match.end())):
            return match["kind"]
    return None


def _names_another(before: str) -> bool:
    return _NAMES_ANOTHER.search(before) is not None and not _BODY.search(before)
