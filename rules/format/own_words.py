"""No free text of the form takes back what the form submits.

What: the release notes and the image's descriptor do not call the release withdrawn, suspended, recalled, superseded,
a draft or for tests alone, and do not forbid its use.
Why: the list would publish a device that its own release notes warn of.
Good: `Corrects the display of a suspended tariff; supersedes release 8.`
Bad: `Withdrawn on 12 November owing to a metering fault`; `Do not deploy`; `Test build`.
What to do: say in your e-mail whether the release is to be listed, or send the form with its final text.
Clause: New Entry form, FIR Release Notes; guidance section 3, step 3.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from rules.facts import Dossier
from rules.fields import FormField
from rules.finding import Finding
from rules.form import recognised, texts
from rules.format._to_come import is_to_come
from rules.own_words import all_sentences
from rules.rule import Rule
from rules.text import plain, shown

_NOTES = frozenset({FormField.RELEASE_NOTES.casefold(), FormField.IMAGE_DESCRIPTOR.casefold()})
_STATE = (
    r"(?:withdrawn|revoked|suspended|recalled|rescinded|superseded|cancell?ed|discontinued|terminated|obsolete|retired"
    r"|expired|invalid|void|on hold|rolled back|pulled(?: back)?|stopped|halted|paused|blocked|postponed|embargoed"
    r"|quarantined|deprecated|removed from (?:distribution|service|the (?:field|list))|taken out of service|rejected"
    r"|no longer (?:valid|approved|supported|supplied|distributed|in use|to be used)"
    r"|not (?:yet )?(?:final|released|approved|certified|signed off|complete|tested|qualified|validated|authori[sz]ed)"
    r"|under (?:investigation|review|embargo)|to be (?:removed|withdrawn|replaced|recalled|deleted|delisted))"
)
_THING = (
    r"(?:release|firmware|version|image|build|entry|product|device|model|meter|hub|certificate|certification|submission"
    r"|deployment|roll-?out|distribution|listing|approval|licence|hash|this|it)"
)
_STATED = re.compile(
    rf"^(?:(?:status|note|nb)\W+|now |currently |temporarily )?{_STATE}(?=\W*$|[,:;(-]|\W+[0-9]"
    r"|\W+(?:from|by|on|for|pending|due|owing|because|since|until|as|and|in|at|with|per|following|after|yet)\b)"
    rf"|\b{_THING}(?: for (?:this|the) \w+| of (?:this|the) \w+| \S*[0-9]\S*)?"
    rf"(?: (?:has|have|is|are|was|were|been|being|stands|remains|currently|now|temporarily|subsequently|since"
    rf"|therefore|still)){{0,4}} {_STATE}\b"
)
_USE = (
    r"(?:deploy|use|install|distribut|roll out|releas|publish|list|process|activat|download|ship|load|upgrade to"
    r"|appl|submit|rely)\w*"
)
_FORBIDDEN = re.compile(
    rf"\b(?:do not|don't|please do not|never) {_USE}(?! without)"
    rf"|\b(?:must|should|shall|may|can|is|are)(?: not|n't)(?: to)? be {_USE}"
    r"|\bnot (?:suitable |intended |approved |released |cleared )?for (?:\w+ )?(?:field|deployment|production|release"
    r"|publication|sale|distribution|operational|live|use|listing|the (?:field|list|market))\b"
    r"|\b(?:for|in) (?:\w+ )?(?:laboratory|lab|internal|test|trial|demonstration|evaluation) (?:use |purposes? )?only\b"
    r"|\b(?:only|solely) for (?:\w+ )?(?:trials?|tests?|testing|internal|laborator\w+|demonstrations?|evaluation)\b"
    r"|\buse\b[^.;]{0,30}\b(?:is|are) (?:not (?:permitted|allowed|approved)|forbidden|prohibited)\b"
    rf"|\b{_THING}\b[^.;]{{0,20}}\b(?:is|are) (?:wrong|incorrect|faulty|defective|mistaken|a mistake)\b"
    r"|\b(?:bricks|stop-ship|stop ship|unsafe|recall notice)\b"
)
_UNFINISHED = re.compile(
    r"^\W*(?:draft|provisional|preliminary|work in progress|wip|for information only|sample|example)\b"
    r"|\b(?:to follow|to be (?:confirmed|completed|advised|supplied|added|written|provided)|tb[acd]|placeholder"
    r"|lorem ipsum|dummy (?:text|entry|value)|(?:awaiting|pending) (?:\w+ )?(?:approval|certification|release"
    r"|sign-off|confirmation)|subject to change|not final)\b"
)
_KIND = re.compile(
    r"^\W*(?:this is )?(?:an? |the |for )?(?:\w+ ){0,2}?(?:beta|alpha|debug|test(?:ing)?|engineering|internal|trial"
    r"|prototype|pre-?release|pre-?production|development|evaluation|experimental|lab|demo|candidate)"
    r" (?:build|release|version|firmware|image|sample|only|purposes)"
)
_MENDING = re.compile(
    r"\b(?:fix|correct|resolv|solv|improv|add|remov|handl|detect|support|prevent|avoid|allow|report|chang|when|if|where"
    r"|after|until|unless|in which|that|no longer|could|would|replac|supersed|previous|earlier|former|old|issue|bug"
    r"|whether|display|show|event|alarm|log)\w*\b[^.;]*$"
)
"""Before such words: what the release does about them, or a release before it."""


def check(dossier: Dossier) -> Iterator[Finding]:
    """Quote what takes the release back."""
    for cell in texts(dossier):
        if cell.field.name.casefold() in _NOTES and not is_to_come(cell.text):  # of such, `format.required` speaks
            for sentence in all_sentences(cell.text):
                if takes_back(sentence):
                    yield cell.fault(f"says: “{shown(sentence)}”", expected="a description of the release to be listed")


@cache
def takes_back(sentence: str) -> bool:
    """Tell whether a sentence of release notes speaks against the release, and not of what it mends.

    Args:
        sentence: on one line.
    """
    small = plain(sentence).lower()
    if any(pattern.search(small) for pattern in (_UNFINISHED, _KIND)):
        return True
    matches = (match for pattern in (_STATED, _FORBIDDEN) for match in pattern.finditer(small))
    return any(_MENDING.search(small[: match.start()]) is None for match in matches)


RULE = Rule(
    id="format.own_words",
    title="No free text takes the form back",
    citation="New Entry form, FIR Release Notes; guidance 3, step 3",
    check=check,
    applies=recognised,
)
