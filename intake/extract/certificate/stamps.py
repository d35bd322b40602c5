"""Finds the stamps and remarks of papers that are less than a certificate: drafts, uncontrolled copies, altered ones.

How a paper is to be handled says nothing of whether it is valid: `Confidential`, `Do not distribute`, `For internal use
only`, `Uncontrolled when printed` stand on good certificates. They do not count here, and do not hide the word that
does: `Confidential - draft`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from intake.extract.page.spaced import closed

_SIGN_OFF = r"(?:approval|approvals|signature|signatures|sign-?off|release|publication|ratification|confirmation)"
_LESS = (
    r"draft|(?:working|advance|archive|archived|information|reading|study|old|outdated|internal|superseded|reference"
    r"|uncontrolled|unofficial|pre-?publication|pre-?release|review) (?:copy|draft|document|version|edition)"
    r"|(?:old|historical|archived) (?:version|edition|reference)|for historical (?:purposes|reference)"
    r"|specimen|mock-?up|placeholder|lorem ipsum|simulat(?:ed|ion)|fictitious|fictional|invented|dummy|proposed"
    r"|(?:release )?candidate(?= only|$)|release candidate|preview|pre-?releases?|pre-?publication|pre-?print"
    r"|unreleased|unapproved|unverified|unsigned|unratified|uncertified"
    r"|not (?:yet )?(?:been )?(?:released|approved|signed|verified|official|published|ratified|authori[sz]ed|authentic"
    r"|confirmed)"
    rf"|(?:awaiting|pending|subject to|prior to) (?:\w+ ){{0,2}}?{_SIGN_OFF}"
    rf"|{_SIGN_OFF} (?:is )?(?:awaited|pending|outstanding)"
    r"|to be (?:signed|confirmed|approved|issued|completed|determined|advised|agreed|re-?issued|replaced|withdrawn"
    r"|revoked|cancelled|superseded|re-?tested)|tb[acd]"
    r"|(?:pilot|trial|experimental|beta|interim|partial) (?:certificate|certification|approval)"
    r"|not an? (?:official|original|legal|authentic|certified) (?:document|copy|certificate|paper)"
    r"|not valid as (?:an? )?(?:proof|evidence|certificate|certification)(?: of \w+)?"
    r"|not for (?:certification|official|legal)(?: purposes| use)?"
    r"|(?:unofficial|uncertified|free|informal) translation"
    r"|for (?:your )?information|fyi"
    r"|for (?:\w+ )?(?:review|discussion|comments?|approval|test(?:ing)?|trial|demonstration|evaluation|training"
    r"|consultation|pre-?compliance|tender(?:ing)?|presentation)(?: purposes?)?"
    r"|test (?:only|purposes)|trial only"
    r"|(?:without|no) legal (?:effect|force|standing|validity)"
    r"|unkontrollierte kopie|nicht freigegeben|kopie ohne (?:rechts)?gültigkeit|ohne (?:rechts)?gültigkeit"
    r"|copie non (?:contrôlée|maîtrisée|valide|certifiée|conforme)|sans valeur(?: \w+)?|document de travail"
    r"|copia (?:no|non) (?:controlada|controllata|válida|valida|conforme)|sin valor(?: \w+)?|senza valore(?: \w+)?"
)
_HANDLING = (
    r"(?:(?:strictly |company |commercial(?:ly)? |commercial ?-? ?in |private and |customer )?"
    r"confiden(?:tial|ce)(?: and proprietary)?|proprietary|restricted|internal|secret|official(?:-sensitive)?"
    r"|only|use|purposes?|for"
    r"|consultation|committee|tender|discussion|public|this(?: is)?|an?|is|the"
    r"|certificate|certification|document|paper|copy|version|issue|first|second|third|final"
    r"|do not (?:distribute|copy|forward|publish|release|use)|not for (?:distribution|release|publication|use"
    r"|circulation)|issued|circulated|distributed|submitted"
    r"|no|rev(?:ision)?|v|[0-9][0-9./:-]*|january|february|march|april|may|june|july|august|september|october"
    r"|november|december)"
)
_STAMP = re.compile(
    rf"[\W_]*(?:{_HANDLING}[\W_]+)*(?P<state>{_LESS})(?:[\W_]+(?:{_HANDLING}|{_LESS}))*[\W_]*", re.IGNORECASE
)
_WORDS = 14
"""Of a line that is a stamp and no running text."""

_THING = (
    r"(?:values?|versions?|numbers?|dates?|identifiers?|manufacturer|model|hardware|firmware|entry|entries|certificate"
    r"|document|field|text|typo)"
)
_MENDED = r"(?:corrected|amended|altered|changed|overwritten|rectified|modified|crossed out|struck out)"
_ALTERED = re.compile(
    r"(?P<state>\b(?:without|has no|of no|with no) legal (?:effect|force|standing|validity)\b"
    rf"|\b{_MENDED} (?:\w+ )?by hand\b|\b(?:by hand|manually) {_MENDED}\b|\bmanual (?:correction|alteration"
    r"|amendment|change)s?\b|\bhand-?written\b(?! signatures?| signing)|\bwritten (?:in )?by hand\b"
    rf"|\b{_THING} (?:has been |have been |was |were |is |as )?(?:{_MENDED}|put right)\b(?! (?:in|by) (?:later|future))"
    r"|\bsee (?:the )?(?:correction|corrigendum|erratum|amendment)(?: slip| sheet| overleaf| below| above)?\b"
    r"|\bcorrection (?:slip|sheet)\b|^\W*(?:correct(?:ed|ion)|amended|amendment|rectified|altered|sic|recte|corr\.)\W*$"
    r"|^\W*(?:corr(?:\.|ection|ected)|amendment|amended|rectified|recte|handwritten)\b[^.]{0,20}[:=])",
    re.IGNORECASE,
)
_IF = re.compile(
    r"\b(?:if|unless|when|where|once|may|can|must|shall|any|no|not|never|without|whether|nor|to be|been no|or|every"
    r"|each|after|until|provided|is void)\b[^.;]*$",
    re.IGNORECASE,
)
"""Before such words: they are conditional, denied or of all certificates."""

_DENIED = re.compile(r"\s*[:=?]\s*(?:no|none|n/?a|nil|never|-)(?!\w)", re.IGNORECASE)


def stamps(text: str) -> Iterator[str]:
    """Find what a page's text says of its paper in these ways, as printed.

    Args:
        text: of one page.
    """
    for line in map(closed, text.splitlines()):
        stamped = _STAMP.fullmatch(line) if len(line.split()) <= _WORDS else None
        if stamped is not None:
            yield stamped["state"]
        for altered in _ALTERED.finditer(line):
            if not (_IF.search(line[: altered.start()]) or _DENIED.match(line, altered.end())):
                yield altered["state"].strip(" :=")
