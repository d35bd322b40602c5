"""Finds what a certificate says of its standing under a label, of its last day, of a newer one, of its errors.

A status that is none of the good ones is a bad one, whatever word it is; the same goes for a plain `no` to whether the
certificate is in force, and for the day of a withdrawal that is past or to come.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from intake.extract.page.spaced import closed

_STATUS = re.compile(
    r"\W*(?:the |this |current )?(?:certificate|certification|document|approval|product|listing|licence)?(?:'s)? ?"
    r"(?:(?:status|statut|estado|stato|zustand)(?: of (?:this|the) \w+)?(?:\s*[:=\u2013\u2014-]\s*|\s+(?!of\b))"
    r"|state\s*[:=]\s*)"
    r"(?P<state>\w.*)",
    re.IGNORECASE,
)
_GOOD = re.compile(
    r"(?:active|current|valid|unlimited|listed|new\b|initial|success\w*"
    r"|issued|certified|approved|final|in force|compliant|conform\w*|pass\w*|granted|registered"
    r"|complete\w*|published|ok\b|live\b|original|released|yes|good|effective|accepted|re-?newed|re-?issued|re-?certified|maintained"
    r"|ongoing|confirmed|verified|operational|production|certificate|gültig|aktiv|valide|valable|actif|vigente|activo"
    r"|public|private|signed|e-?signed|executed|certifi\w+|zertifiziert|certificad[oa]|certificat[oa]|gecertificeerd|délivré|ausgestellt"
    r"|válid[oa]|valid[oa]|attivo|geldig|actief|ważn|有效|n/?a\b|none\b|-)",
    re.IGNORECASE,
)
_OTHERS_STATUS = re.compile(
    r"\b(?:can|may|see|check\w*|at|is|are|was|were|www|https?|report|radio|link|led|register|bits?|code|of|and)\b",
    re.IGNORECASE,
)
_STATUS_WORDS = 4
_NO = re.compile(
    r"\W*(?:(?:is |are |the |this |\w+ ){0,4}?)"
    r"(?:valid|validity|in force|active|current|certified|approved|effective|verified|checked|confirmed|released|final)"
    r"\s*[?:=]+\s*(?P<state>no|none|false|nein|non|never|nil)\b\W*$"
    r"|[\w /()-]{1,60}[?:=]\s*(?:fail(?:ed|s|ure)?|not (?:ok|passed|met))\W*$",
    re.IGNORECASE,
)
_RESULT = re.compile(
    r"\W*(?:the )?(?:overall |final |test |conformance |certification |assessment |evaluation )*"
    r"(?:results?|verdict|outcome|conclusion|decision|ergebnis|résultat)(?: of (?:this|the) [\w ]{1,40}?)?\s*"
    r"(?:[:=\u2013-]\s*|\s+|is |was )+"
    r"(?P<state>fail(?:ed|ure|s)?\b|not (?:pass|conform|complian|success|certifi)\w*|non-?(?:conform|complian)\w*"
    r"|inconclusive|negative|(?:partial|conditional)(?:ly)?\b(?: \w+)?|nicht (?:bestanden|konform)|non conforme|échec)",
    re.IGNORECASE,
)
"""What a test came to, where it is none that a certificate follows."""
_ENDING = r"(?:withdrawal|suspension|revocation|cancellation|termination|annulment|retirement|decertification)"
_DONE = (
    r"(?:withdrawn|revoked|cancell?ed|suspended|superseded|replaced|annulled|terminated|retired|discontinued"
    r"|invalidated|decertified)"
)
_DATED = re.compile(
    rf"\b(?:(?P<state>{_ENDING} (?:date|notice|effective|in effect|since|from)|(?:date|notice) of {_ENDING}"
    rf"|under {_ENDING})\b(?! (?:see|if|is published))(?!\W*[-\u2013\u2014]\W*$)\W*(?!no|none|n/?a|nil)(?=\w|$)"
    rf"|(?:will|shall|is (?:due|scheduled|planned|going) to|is to) be (?P<planned>{_DONE})\b(?=[^.;]*?\b(?:on|from"
    rf"|by|in|as of"
    rf"|at|with effect)\b[^.;]*[0-9])|is (?P<soon>about to be {_DONE})|(?:being) (?P<now>{_DONE})\b)",
    re.IGNORECASE,
)
_NEWER = re.compile(
    r"\b(?P<state>(?:newer|later|more recent|updated|new|revised|corrected) (?:version|certificate|edition|issue"
    r"|revision)"
    r" (?:of this (?:certificate|document) )?(?:exists|is available|has been (?:issued|published)|applies)"
    r"|see the (?:newer|later|new|revised|corrected) certificate|use (?:certificate )?[\w-]*[0-9][\w-]* instead"
    r"|(?:lost|loses|forfeited|forfeits) (?:its|the|this) certification|certification (?:has )?(?:ended|ceased)"
    r"|(?:is|was|been) de-?certified"
    r"|returned to (?:the )?issuer|no longer (?:held|listed|covered|maintained))\b",
    re.IGNORECASE,
)
_ERROR = re.compile(
    r"\b(?P<state>(?:issued|printed|published) (?:in error|by mistake)|contains? (?:an? |some )?(?:errors?"
    r"|mistakes?|misprints?)"
    r"|errat(?:a|um)\b|corrigend(?:a|um)\b|(?<!and )correction:"
    r"|(?:is|are) (?:wrong|incorrect|misprinted|mistaken|erroneous)"
    r"|should (?:read(?! (?:the|this|it|all|and)\b)|have been|have read)|not certif(?:y|ied) (?:the|this) product"
    r"|(?:does not|doesn't) (?:itself |by itself |in itself )?(?:certify the product|(?:constitute|represent"
    r"|evidence|prove"
    r"|attest|confirm|demonstrate|establish|confer|amount to|serve as|imply|show)"
    r" (?:an? |the |any )?(?:certification|certificate|conformity|compliance|(?:proof|evidence) of \w+)))",
    re.IGNORECASE,
)
_WANTING = re.compile(
    r"(?P<state>\b(?:conformance|conformity|compliance|certification) (?:was |is |has been |could |can )?"
    r"not (?:yet )?(?:be |been )?(?:demonstrated|established|shown|proven|achieved|confirmed|granted|met|reached)\b"
    r"|\b(?:product|device|meter|model) (?:is |was )?(?:not eligible|withdrawn from)\b|\bprohibited for (?:sale|use)\b"
    r"|\b(?:assurance|certification|approval|certificate) (?:is |was )?not (?:being )?maintained\b"
    r"|^\W*no (?:approval|certificate|certification) (?:was|has been|is) (?:given|granted|issued)\b"
    r"|\b(?:holder|manufacturer|company) (?:no longer exists|has ceased (?:trading|to exist)|was dissolved)\b"
    r"|\bnon-?conform(?:ance|ity|ances|ities) (?:\S*\d\S* )?(?:was |were |has been |have been )?(?:raised|found"
    r"|recorded|noted|identified|reported|observed|detected)\b"
    r"|\b(?:product|device|meter|unit|sample|equipment|model|firmware|implementation)s? (?:(?:has|have|had) )?"
    r"(?:failed|did not pass|not passed|does not (?:conform|comply|meet))\b(?! (?:none|no|zero|0)\b)"
    r"|\b(?:mitigations?|requirements?|clauses?|test cases?|criteri(?:on|a)) (?:\S*\d\S* )?(?:is |are |was |were )?"
    r"not (?:met|satisfied|fulfilled|passed)\b"
    r"|\b(?:certificate|certification|assurance|approval) (?:has |had )?reached (?:its |the )?"
    r"end[- ]of[- ](?:life|support|validity|term)\b"
    r"|(?:\b(?:which|that|and|now) )*\b(?:replaces|supersedes|has replaced|has superseded|overrides) this "
    r"(?:certificate|document|approval|listing|issue|version|one)\b"
    r"|^\W*(?:counterfeit|forgery|forged|fake|fraudulent)\b(?! (?:protection|prevention|products?|use|certificates"
    r"|is|will|of|may))"
    r"|\bas (?:an? )?(?:example|sample|specimen|illustration) only\b"
    r"|\b(?:accreditation|designation|authori[sz]ation|mandate|membership|rights?|entitlement|permission)"
    r"(?: \w+){0,4}? (?:withdrawn|suspended|revoked|terminated|cancelled|expired|lapsed|forfeited)\b"
    r"|\b(?:holder|applicant|manufacturer|licensee) (?:is |was |has been )?in (?:breach|default|liquidation"
    r"|administration)\b"
    r"|\b(?:not valid|valid only|only valid|invalid|incomplete)\b[^.;]{0,20}?\b(?:without|unless"
    r"|in conjunction with|together"
    r" with|(?:when|if) accompanied by|with|alongside) [^.;]{0,30}?\b(?:annex(?:es)?|appendix|schedule|cover"
    r"|pages?|letter"
    r"|report|addendum|attachment|declaration|sheet|statement)\b"
    r"|\b(?:issued|printed|produced|prepared|provided|drawn up) (?:solely |only |purely )?for (?:demonstration|training"
    r"|illustration|information|exhibition|marketing|display|discussion|internal|review|comments?|consultation"
    r"|pre-?compliance|tender)\b"
    r"|\b(?:convenience|courtesy|working|reference) translation\b|\btranslation for \w+(?: \w+)? only\b"
    r"|\b(?:copy|reprint|duplicate|image|scan) of (?:a|an|the) (?:\w+ )?(?:withdrawn|suspended|revoked"
    r"|terminated|cancell?ed"
    r"|expired|lapsed|superseded|former|old|draft|replaced|invalid)(?: \w+)? (?:certificate|document|approval)\b"
    r"|\b(?:test|proof|trial) print\b"
    r"|\b(?:open|outstanding|unresolved|unclosed|pending) (?:\w+ )?(?:non-?conformit(?:y|ies)|findings?"
    r"|deviations?|defects?)\b"
    r"|\b(?:non-?conformit(?:y|ies)|findings?|deviations?|defects?) (?:\S+ )?(?:is|are|remains?|was"
    r"|were)(?: still)? (?:open"
    r"|outstanding|unresolved|pending)\b"
    r"|\b(?:testing|tests?|evaluation|assessment|audit|certification|re-?certification|surveillance"
    r"|review) (?:is|are|was|were"
    r"|remains?|has|have)(?: still)? (?:not (?:yet )?(?:been )?(?:complete|completed|finished|concluded|started"
    r"|done)|incomplete"
    r"|ongoing|on-going|outstanding|unfinished|under ?way|overdue|failed|interrupted)\b"
    r"|\b(?:with|under|by|subject to|on) (?:a |an |the )?(?:temporary |time-limited )?(?:waiver|deviation"
    r"|derogation|concession"
    r"|dispensation|exemption)s?\b(?! from (?:fees|vat|tax))"
    r"|\bon an? (?:temporary|provisional|interim|trial|preliminary|conditional|experimental|probationary"
    r"|one-off) basis\b"
    r"|\bpre-?certificate\b|\b(?:final|definitive|full|formal) certificate (?:will|shall|to|is to|follows?"
    r"|awaited|pending|number)\b"
    r"|\b(?:appl\w+|valid|issued|certif\w+|intended|restricted|limited|covers?|granted|meant)\b[^.;]{0,40}?"
    r"\b(?:engineering|pre-?production|pre-?series|development|prototype|laboratory|pilot|demonstration|evaluation) "
    r"(?:samples?|units?|devices?|builds?|boards?|hardware|models?|versions?|batch)\b"
    r"|\b(?:engineering|pre-?production|pre-?series|development|prototype|pilot) (?:samples?|units?|devices?"
    r"|builds?|boards?"
    r"|hardware|models?|versions?) only\b|\bprototypes? only\b)",
    re.IGNORECASE,
)
"""What lacks something that a certificate rests on, or is for devices that are not sold."""
_ABROAD = re.compile(
    r"(?P<state>nicht (?:mehr |länger )?(?:gültig|in kraft|bestanden)"
    r"|außer kraft|n['\u2019]est (?:plus|pas) (?:val(?:able"
    r"|ide)|en vigueur)"
    r"|\b(?:ya )?no (?:es|está) (?:válid[oa]|vigente)|\bnon (?:è )?(?:più )?(?:valid[oa]|in vigore)|niet (?:meer "
    r"|langer )?geldig"
    r"|ikke (?:længere |lenger )?gyldig|inte (?:längre )?giltig|não (?:é )?(?:mais )?válid[oa]|upphört att gälla"
    r"|indraget"
    r"|återkallat|tilbagekaldt|wycofan|unieważnion|\bstornier|\bannulliert|\bnur (?:zur|zu) information"
    r"|pour information (?:seulement|uniquement)|s[oó]lo para información|solo (?:per|a scopo) informa|ter informatie"
    r"|\bcancelad[oa]\b|\bancienne version"
    r"|\bperuu?tettu|\bperuttu|\bkumottu|\bmitätön|ei (?:ole )?(?:enää )?voimassa|\bluonnos|\bvisszavon|\bérvénytelen"
    r"|\bhatályát veszt|\bfelfüggeszt|\btervezet\b|\bzrušen|\bneplatn|\bodvolán|\bpozastaven|\bpozbyl|\biptal\b"
    r"|\bgeçersiz|\bask[i\u0131]ya al"
    r"|trukket tilbake|tilbagetrukket|\bugyldig|\bogiltig|\bupphävt|\binddraget|utraci\w* ważność|\bcofnięt"
    r"|\bzawieszon|\bnieważn"
    r"|\buchylon|\banulat[ăa]?\b|\bretras[ăa]?\b|\brevocat\b|\bsuspendat\b|\bexpirat\b|\brevogad[oa]\b"
    r"|\bsuspens[oa]\b|sem (?:efeito|validade)"
    r"|\bpovučen|\bopozvan|\bponišten|\btühistatud|\bkehtetu|\banulēt|\batsaukt|\bpanaikint|\bnegalioja"
    r"|失効|取消|取り消|無効|撤回|注销|註銷|终止|終止|취소|철회|무효|만료|정지|폐지)",
    re.IGNORECASE,
)
_IF = re.compile(
    r"\b(?:if|unless|when|where|once|may|can|any|no|not|without|whether|wenn|falls|sofern|ohne|kann|si|lorsque|sans"
    r"|peut|sin|puede|senza|se|può|als|zonder|kan|hvis|uden|om|utan)\b[^.;]*$",
    re.IGNORECASE,
)
"""Before such words: they are conditional, denied or of all certificates."""
_ANOTHERS = re.compile(
    r"\b(?:replac(?:es|ing)|supersed(?:es|ing)|previous|earlier|former|prior|predecessor|old|which|that|ersetzt"
    r"|remplace)\b",
    re.IGNORECASE,
)


_DASH = re.compile(r"\s[-\u2013\u2014|]\s")
"""Parts two things that are said on one line."""


def told(text: str) -> Iterator[str]:
    """Find what a page's text says of its certificate's standing in these ways, as printed.

    Args:
        text: of one page.
    """
    for line in map(closed, text.splitlines()):
        yield from _labelled(line)
        for pattern in (_DATED, _NEWER, _ERROR, _WANTING, _ABROAD):
            for match in pattern.finditer(line):
                before = _DASH.split(line[: match.start()])[-1]
                around = before if pattern is not _ABROAD else line
                if not _IF.search(around) and not _ANOTHERS.search(before):
                    yield next(words for words in match.groups() if words)


def _labelled(line: str) -> Iterator[str]:
    status = _STATUS.match(line)
    if status is not None:
        state = status["state"].strip()
        few = len(state.split()) <= _STATUS_WORDS
        if few and not _GOOD.match(state) and not _OTHERS_STATUS.search(state):
            yield state
    result = _RESULT.match(line)
    if result is not None:
        yield result["state"]
    answer = _NO.match(line)
    if answer is not None:
        yield line.strip()
