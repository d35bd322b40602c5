"""Finds the words by which a certificate says that it counts no more, not yet, or never did.

A certificate that was withdrawn, replaced, or is a draft looks like any other but for a word across the page or a
sentence at its foot. A false alarm costs a person one look, a miss costs a wrong `ready`; so a word of this kind counts
unless the text shows that it is conditional ("may be withdrawn"), denied ("has not been suspended"), general
("withdrawn certificates"), or said of another certificate ("replaces X, which is withdrawn").
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator, Sequence

from intake.extract.certificate.abroad import said_abroad
from intake.extract.certificate.answers import answered
from intake.extract.certificate.caveats import caveats
from intake.extract.certificate.stamps import stamps
from intake.extract.certificate.statuslines import told
from intake.extract.page.spaced import closed

_DONE = (
    r"withdrawn|revoked|rescinded|annulled|cancell?ed|terminated|suspended|invalidated|superseded|replaced|voided"
    r"|superceded|expired|lapsed|discontinued|retracted|recalled|declared (?:void|invalid)|nullified|retired|archived"
    r"|surrendered|disowned|rejected|refused|declined|denied|disapproved|disallowed|withheld|deactivated|de-?certified|paused|frozen|de-?listed"
    r"|struck (?:off|from)|(?:removed|deleted|taken) (?:from|off) (?:\w+ ){0,4}?(?:list|register|listings?|database"
    r"|directory|catalogue|products)(?: of (?:\w+ ){0,3}?(?:products|devices|certificates|equipment))?"
)
_IS = (
    r"void|invalid|obsolete|provisional|preliminary|interim|draft|specimen|sample|outdated|out of date|on hold"
    r"|null and void|not (?:yet |longer )?(?:valid|in force|issued|effective|approved|final|a valid certificate)"
    r"|no longer (?:valid|in force|effective|current|applicable|supported|certified)|not (?:a|the) certificate|pending"
    r"|(?:a )?cop(?:y|ies) for information(?: only)?|(?:for )?information only"
    r"|for information(?! (?:on|about|regarding|contact|see|please|visit)\b)|inactive|not active|template"
    r"|proof(?: copy)?"
    r"|(?:issued |granted |certified )?conditional(?:ly)?(?=,? (?:certif|approv|pass|pending|until|(?:on|upon)"
    r" (?!(?:the )?(?:continu\w+ |ongoing )?(?:compliance|conformity|adherence|observance|payment)\b)))"
    r"|dummy|temporary|(?:reference|proof|unsigned) copy|copy for reference"
    r"|for (?:reference|illustration|illustrative purposes|evaluation|review|comment|training|discussion)(?= only|$)"
    r"|in progress|under (?:revision|suspension)|not certified|uncertified|example(?=\W*$)"
    r"|uncontrolled(?! (?:copy )?(?:when|if|once) (?:printed|copied|downloaded|saved))(?: copy)?"
    r"|(?:an? |the )?examples? only|test certificate|for demonstration(?: purposes)?|unofficial(?: copy)?"
    r"|(?:under|in) (?:review|appeal|investigation|dispute|challenge|litigation)|not (?:been )?(?:renewed|extended)"
    r"|subject to an? (?:pending|open|unresolved) (?:complaint|appeal|dispute|review|investigation)"
    r"|no certificate|not for regulatory(?: \w+)?"
    r"|not for (?:use|submission|publication|release|distribution|circulation)|dormant|not in good standing"
    r"|not for (?:production|live|operational|field|customer|series) (?:use|deployment|installation)"
    r"|not to be (?:used|deployed|installed|sold|shipped|marketed|commissioned|relied (?:up)?on)"
)
_STATE = rf"(?P<state>{_DONE}|{_IS})"

_RUNNING = 8
"""Words of a line that goes on below."""
_CLAUSE = 60
"""Characters before a subject within which its condition stands."""
_FULL = 24
"""Words of a line that is still a stamp or a status, and no running text."""
_STATUS = (
    r"(?:(?:the )?(?:certificate|certification|document|approval|product|listing)?'?s? ?(?:status|state|validity)"
    r"(?: of (?:this|the) \w+)?\b\W*|(?:the |this )?(?:certificate|certification|document|approval|licence"
    r"|listing|application|request|submission)\b\W*)"
)
_STAMP = re.compile(
    rf"\W*{_STATUS}?(?:(?:is|now|currently|presently|temporarily|permanently|voluntarily|officially|formally|hereby) )*"
    rf"{_STATE}\b(?P<tail>.*)",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"\W*(?:$|(?:certificate|certification|certified|approval|approved|document|copy|only|version|v\.? ?\d+"
    r"|no\.? ?\d+|\d+"
    r"|on|upon|pass|by|since|from|as of"
    r"|as from|after|with (?:immediate )?effect|effective|results|for|until|pending|per|under|in|due|following"
    r"|because|owing|at|valid|expires|subject"
    r"|and|do not|not|see"
    r"|please|the|january|february|march|april|may|june|july|august|september|october|november|december)\b)",
    re.IGNORECASE,
)
"""How a stamp goes on."""
_SET_OFF = re.compile(rf"(?:[(\[*<|\u2013\u2014:]|\s-)\s*{_STATE}\s*(?:[)\]*>|!.]|$)", re.IGNORECASE)
_DENYING_TAIL = re.compile(
    r"\W*(?:(?:by|on|since|from)\b\W*)?(?:no|none|n/?a|never|not applicable|nil|false|nothing|nobody)\W*$"
    r"|\W*(?:(?:by|on|since|from)\b\W*)?[-\u2013\u2014]\W*$",
    re.IGNORECASE,
)

_OWN = (
    r"(?:this|the|present|said|our|your|its|above|attached|enclosed) (?:\w+ ){0,4}?"
    r"(?:certificat(?:e|ion)|approval|document|paper|listing|licence|copy|assurance)\b|\bit\b|\bthis\b"
)
_SUBJECT = re.compile(rf"\b(?:{_OWN})", re.IGNORECASE)
_VERB = (
    r"(?:has|have|had|is|are|was|were|been|being|be|stands?|remains?|became|becomes|constitutes|represents"
    r"|serves as)\b"
)
_SAID = re.compile(
    rf"\b{_VERB}(?: \w+,?){{0,4}}? {_STATE}\b|\b(?P<ended>expired|lapsed|ceased to (?:be|have)\b)", re.IGNORECASE
)
_ACTED = re.compile(
    r"\b(?P<state>withdraws?|withdrew|withdrawn|revokes?|revoked|rescinds?|rescinded|cancel(?:s|led|ed)?|suspends?"
    r"|suspended|annuls?|annulled|terminates?|terminated|invalidates?|invalidated|surrenders?|surrendered"
    r"|forfeits?|forfeited|returned|renounced?|renounces|handed back|gave up|given up|lost"
    r"|relinquish(?:es|ed))"
    rf"(?P<between>(?: \w+){{0,4}}?) (?:{_OWN})",
    re.IGNORECASE,
)
_NO_CERTIFICATE = re.compile(
    rf"\b(?:{_OWN})[^,]*?\b(?P<state>not (?:be |constitute |represent |count as |serve as |amount to |to be )"
    r"(?:an? |the |any )?(?:valid |formal |official )?(?:relied|certificate|used|evidence|proof))\b",
    re.IGNORECASE,
)

_WARNED = re.compile(
    r"\b(?P<state>do not (?:rely|use|accept|trust)|pre-?certification report|must not be relied)\b", re.IGNORECASE
)
_ABROAD = re.compile(
    r"\b(?P<state>ungültig|zurückgezogen|widerrufen|entwurf|muster|vorläufig(?:es?)?|abgelaufen|ausgesetzt|abgelehnt|erloschen|refusée?|annulée?"
    r"|retirée?|révoquée?|périmée?|expirée?|suspendue?|provisoire|brouillon|spécimen|annullato|revocato"
    r"|ritirato|scaduto"
    r"|sospeso|bozza|provvisorio|anulado|revocado|retirado|caducado|borrador|ongeldig|ingetrokken|verlopen|nieważny)\b"
    r"|(?P<han>作废|作廢|吊销|吊銷|失效|无效|無效|草稿|样本|樣本|撤销|撤銷|过期|過期|暂停|仅供参考)",
    re.IGNORECASE,
)
_IF_ABROAD = re.compile(
    r"\b(?:wenn|falls|sofern|kann|können|si|lorsque|peut|peuvent|en cas|se|qualora|può|puede|als|indien|kan|nicht|pas"
    r"|non|no|niet|nie)\b|如|若|可|未",
    re.IGNORECASE,
)
"""What makes such a word conditional, or denies it."""

_MAY = r"(?:(?<!\d )may(?! \d)|might|shall|can|could|will|would|should|must|to)"
_ADVERB = r"(?: (?:not|then|also|only|immediately|thereupon|therefore|subsequently|later|again|at any time))*"
_MODAL = re.compile(rf"\b{_MAY}{_ADVERB}(?: (?:be|become|have been|stand))?{_ADVERB}$", re.IGNORECASE)
_LISTED = re.compile(rf"(?: (?:{_DONE}|{_IS})(?:,| or| and| and/or))+$", re.IGNORECASE)
"""`suspended or` before `withdrawn`: what is true of the first is true of the second."""
_IF = re.compile(
    r"\b(?:if|unless|until|when|whenever|where|once|before|after|whether|in case|in the event|provided that"
    r"|subject to)\b[^,]*$",
    re.IGNORECASE,
)
_DENIED = re.compile(r"\b(?:not|never|neither|nor|without being|cannot)(?: \w+){0,2} ?$", re.IGNORECASE)
_GENERAL = re.compile(
    r"^ ?(?:certificates|products|devices|models|versions|items|documents|meters|approvals)\b"
    r"|^,? or \w+",
    re.IGNORECASE,
)
_ANY = re.compile(r"\b(?:any|every|each|no|all|such|an?) (?:\w+ ){0,2}certificates?\b[^,]*$", re.IGNORECASE)
_OTHER = re.compile(
    r"\b(?:replac(?:es|ing)|supersed(?:es|ing)|in place of|instead of|successor (?:of|to)|previous|earlier"
    r"|former|prior"
    r"|preceding|predecessor|original|older|old|last|that|those|other|another|(?<!this )(?:version|edition|revision)"
    r"|draft of)\b"
    r"|\b(?=[A-Z-]*\d)[A-Z0-9][A-Z0-9-]{5,}\b",
    re.IGNORECASE,
)
_BACK = re.compile(
    r"\b(?:and|but|yet|has itself|is itself)\b"
    r"(?: (?:it|now|itself|been|has|is|was|since|hereby|also|therefore|this))*\W*$|\bthis\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?:[^.;!?]|[.](?=\w))+")
_BARE = re.compile(
    r"(?:^|[.;:!?] )\W*(?:(?:cpa|ncsc|zigbee|dlms(?: ua)?|csa|product|device|security|maintenance of) )*"
    r"(?:certificate|certification|approval|assurance(?: maintenance)?|licence|listing|registration)(?: no\.)?"
    rf" (?:(?:(?:has been|had been|was|is|stands|remains|got) (?:\w+ ){{0,2}}?)(?P<state>{_DONE}|{_IS})"
    rf"|(?P<done>{_DONE}))\b"
    r"(?! or\b)(?P<tail>[^.;]*)",
    re.IGNORECASE,
)
"""A sentence that calls its certificate so without `this` or `the`."""
_ON_CONDITION = re.compile(
    r"\b(?:if|unless|when|whenever|where|once|whether|in case|in the event|certificates|without|by law)\b|\?",
    re.IGNORECASE,
)
_MARK = r"(?:[\[(]\s?[x*\u2713\u2714\u2717\u2718]\s?[\])]|[\u2611\u2612\u2713\u2714])"
_BOX = rf"(?:{_MARK}|[\[(]\s?[\])]|[\u2610\u25a1\u25fb])"
_MARKED = re.compile(rf"{_MARK}\s?(?:\w+ ){{0,2}}?{_STATE}\b", re.IGNORECASE)
_MARKED_BEHIND = re.compile(rf"\b{_STATE}(?: \w+)?[ :]{{0,2}}{_MARK}", re.IGNORECASE)
_BEGINS_BOXED = re.compile(rf"[^\w\[(\u2610-\u2612\u2713\u2714\u25a1\u25fb]*(?:[\w ]+: ?)?{_BOX}", re.IGNORECASE)
"""Boxes to tick stand before their words or behind them, throughout a line."""


def taken_back(texts: Sequence[str], number: str) -> str | None:
    """Find the words in texts that hold one of them; `standing` says which those are.

    Args:
        texts: pages' texts.
        number: the certificate's own number, which tells it from others that the text names.
    """
    for text in texts:
        state = (
            next(_stamped(text), None)
            or next(_said(text, number), None)
            or next(_abroad(text), None)
            or next(told(text), None)
            or next(stamps(text), None)
            or next(caveats(text), None)
            or next(answered(text), None)
            or next(said_abroad(text), None)
        )
        if state is not None:
            return state
    return None


def _stamped(text: str) -> Iterator[str]:
    """What stands by itself on a line, as a stamp, a status or a mark in brackets does."""
    running = False
    for line in map(closed, text.splitlines()):
        words = line.split()
        for clause in line.split(";") if not running and len(words) <= _FULL else ():
            match = _STAMP.match(clause)
            if match is not None and _stands_alone(match):
                yield match["state"]
        for aside in _SET_OFF.finditer(line):
            if not _excused(line[: aside.start("state")], line[aside.end("state") :], ""):
                yield aside["state"]
        for word in re.finditer(rf"\b{_STATE}\b", line, re.IGNORECASE):
            capitals = word["state"].isupper() and not line.isupper()
            if capitals and not _excused(line[: word.start()], line[word.end() :], ""):
                yield word["state"]
        bare = _BARE.search(line)
        if bare is not None and not _ON_CONDITION.search(bare["tail"]):
            yield bare["state"] or bare["done"]
        ticked = (_MARKED if _BEGINS_BOXED.match(line) else _MARKED_BEHIND).search(line)
        if ticked is not None:
            yield ticked["state"]
        running = bool(words) and line[-1] not in ".:;!?" and line[-1:].islower() and len(words) >= _RUNNING


def _abroad(text: str) -> Iterator[str]:
    """What a line says in another language, without a condition; and a plain warning."""
    for line in map(closed, text.splitlines()):
        match = _ABROAD.search(line)
        if match is not None and not _IF_ABROAD.search(line):
            yield match["state"] or match["han"]
        warned = _WARNED.search(line)
        if warned is not None and not _IF.search(line[: warned.start()]):
            yield warned["state"]


def _stands_alone(match: re.Match[str]) -> bool:
    tail = match["tail"]
    if match["state"].islower() and match.string.endswith("."):  # the end of running text
        return False
    if _DENYING_TAIL.match(tail) or _GENERAL.match(tail) or not _TAIL.match(tail):
        return False
    return not re.search(r"\b(?:if|unless|may|shall|must|should)\b", tail) or match["state"].isupper()


def _said(text: str, number: str) -> Iterator[str]:
    """What a sentence says of this certificate, in whatever voice."""
    for sentence in _SENTENCE.findall(" ".join(text.split())):
        for match in _SAID.finditer(sentence):
            state = match["state"] or match["ended"]
            before = sentence[: match.end() - len(state)]
            subject = _last(_SUBJECT, before)
            # Lines without a full stop may stand before the sentence; a condition stands near its subject.
            near = before[max(0, subject.start() - _CLAUSE) :] if subject else ""
            if subject and not _excused(near, sentence[match.end() :], number):
                yield state
        for match in _ACTED.finditer(sentence):
            before = sentence[: match.start()].rstrip()
            passive = match["between"].endswith((" by", " from", " with"))
            if not (passive or _MODAL.search(before) or _IF.search(before) or _DENIED.search(before)):
                yield match["state"]
        plain = _NO_CERTIFICATE.search(sentence)
        if plain is not None and not _IF.search(sentence[: plain.start()]):
            yield plain["state"].strip()


def _last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    return next(iter(deque(pattern.finditer(text), maxlen=1)), None)


def _excused(before: str, after: str, number: str) -> bool:
    """Whether a word of the kind is conditional, denied, general, or said of another certificate."""
    plain = _LISTED.sub("", before.rstrip())
    if _MODAL.search(plain) or _DENIED.search(plain) or _IF.search(before):
        return True
    return bool(_GENERAL.match(after) or _ANY.search(before)) or _of_another(before, number)


def _of_another(before: str, number: str) -> bool:
    """Whether the last certificate that is spoken of is another one."""
    own, other = _last(_SUBJECT, before), None
    for match in _OTHER.finditer(before):
        other = other if number and match[0].upper() == number.upper() else match
    if other is None or (own is not None and own.end() <= other.start() and _BACK.search(before[other.end() :])):
        return False
    return own is None or other.start() >= own.start()
