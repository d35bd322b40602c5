"""Knows the words by which a mail speaks against what it brings: hold it, it is old, it is not final, it is unclear.

A false alarm costs a person one look at a sentence, a miss publishes what its sender asked not to publish.
"""

from __future__ import annotations

import re
from functools import lru_cache

from rules.objections_abroad import foreign_objection
from rules.own_words import stretches
from rules.patterns import Phrases
from rules.politeness import POLITE

THINGS = (
    r"(?:entry|entries|submission|form|workbook|device|model|meter|product|variant|firmware|hardware|hash|versions?"
    r"|certificates?|certs?|requests?|applications?|e-?mail|message|attachments?|documents?|files?|values?|dates?"
    r"|mails?|duplicates?|copy|copies|attached|enclosed|lot|one|above|below|everything|this|that|it|them|these|those)"
)
"""What may be objected to."""
_DONE = (
    r"(?:process|approv|publish|add|list|proceed|action|accept|register|upload|use\b|submit|enter|bother|start|begin"
    r"|rely|look at|review|release|handle|deal|take|put|do\b|anything|go (?:on|live|ahead|out|further)|let\b|make"
    r"|include|show|display|import|load\b)"
)
_CHANGED = r"(?:changed|moved|updated|upgraded|switched|renamed|corrected|amended|altered|replaced|modified|revised)"
_BAD = (
    r"(?:wrong|incorrect|outdated|out[- ]of[- ]date|obsolete|expired|faulty|invalid|different|missing|unsigned"
    r"|misprinted)"
)

_PAUSES = (
    (
        rf"\b(?:do not|don't|does not|must not|mustn't|should not|shouldn't|cannot|can't|may not|not to be"
        rf"|not be|never"
        rf"|nothing (?:is |should )?(?:to )?be|do nothing|not yet|no need to) ?(?:yet |be |please )?{_DONE}"
    ),
    r"\b(?:removal|withdrawal|deletion|de-?listing|cancellation|suspension|revocation) (?:request|notice|of|from)\b",
    r"\btake (?:it|this|that|them|those|these|the \w+) (?:off|down|out|back)\b",
    r"\b(?:replac|supersed)(?:es|ing) (?:yesterday|(?:mon|tues|wednes|thurs|fri)day|(?:last|this) (?:week|month))\b",
    r"\bnot for (?:publication|publishing|listing|release|processing|approval|submission|the (?:list|cpl))\b",
    r"\bdo nothing\b|\bnot want\b|\bno action\b|\bnot yet\b|\byet to (?:be|come)\b|\bstand ?by\b",
    r"(?:^|\b(?:please|kindly|you) )hold\b|\bon (?:hold|ice)\b|\bhold(?:ing)? (?:off|back)\b",
    rf"\bhold (?:this|it|them|until|publi|process|the (?:\w+ )?(?:publi|process|list|{THINGS}))",
    r"\b(?:keep|leave|put|set) (?:it|this|them|these|that) (?:back|out|off|unpublished|alone|aside)\b",
    (
        r"^(?:stop|wait|halt|cancel|hold|postpone|defer|delay|suspend|withdraw|cease|abort|reject|remove|delete"
        r"|ignore"
        r"|disregard|scrap|kill|park|freeze|pause|refrain|correct|amend|change|replace|strike|drop|forget)\b"
        r"|\b(?:please|kindly|pls|plz) (?:a?wait|ignore|disregard|stop|cancel)\b"
    ),
    (
        r"\b(?:please|kindly|pls|plz|to|must|should|will|can you|could you|would you|we|i) (?:\w+ly )?"
        r"(?:delay|defer|postpone|pause|park|shelve|halt|stop|freeze|recall|pull|abort|suspend|skip|reject|refrain)\b"
    ),
    (
        r"\b(?:refrain|desist|abstain) from\b|\brather (?:you|we|it|that|not|this)\b|\bhad better not\b"
        r"|\b(?:prefer|like|want|ask|wish) (?:you |it |this |them )?(?:not to|you did not|that you do not)\b"
    ),
    (
        r"\b(?:doesn't|does not|don't|do not|isn't|is not|won't|will not|not) (?:get|become|end up|appear|show up)\b"
        r"|\bobject(?:s|ed|ion|ions)? (?:to|against)\b|\bveto|\bpremature(?:ly)?\b|\btoo early\b"
    ),
    rf"\breturn (?:the |this |that |our |my )?(?:\w+ )?{THINGS} (?:back )?to (?:me|us)\b",
    (
        r"\b(?:return|send) (?:it|this|them|everything) (?:back )?to (?:me|us)\b|\bsend (?:it|this|them|everything)"
        r" back\b"
    ),
    (
        r"\bleave (?:this|it|that|the|them|these|out|off)\b|\bset (?:this|it|them) aside\b|\bnot (?:just )?(?:now"
        r"|today)\b"
    ),
    (
        r"\bwait(?:ing)? (?:for|until|till|on)\b(?! (?:your|you|hearing))|\bawait(?:ing|ed|s)?\b(?! (?:your"
        r"|further news))"
    ),
    r"\buntil (?:further|we|i|you hear|the new|monday|tuesday|wednesday|thursday|friday)\b|\bembargo",
    r"\bnot (?:before|earlier|prior|until|till)\b|\bonly (?:\w+ ){0,3}(?:after|once|when|if|until)\b",
    rf"\bonly (?:\w+ )?{_DONE}\w*|{_DONE}\w* only\b",
    r"(?<!was )(?<!were )(?<!been )\b(?:publish|process|release|list)\w* (?:\w+ ){0,3}(?:on|after|from) (?:the )?\d",
    r"\bon second thoughts?\b|\bchange(?:d)? (?:of plan|(?:my|our) mind)",
)
_TAKEN_BACK = (
    (
        rf"\b(?:remov|delet|withdraw|retract|cancell?|revok|disregard|ignor|discard|scrapp?|binn?|forgett?|rescind"
        rf"|annul"
        rf"|overlook|dropp?|swapp?|void|unlist|de-?list)(?:e|ing)?\b[^.]{{0,40}}\b{THINGS}\b"
    ),
    r"\b(?:remove|delete|take|strike|withdraw|replace)\b[^.]{0,40}(?:\b[0-9]{6}\b|\b(?:from|off) the (?:list|cpl)\b)",
    (
        r"\b(?:can|may|should|must|to|could) (?:now |safely |please )?be (?:ignored|disregarded|discarded|deleted"
        r"|dropped"
        r"|removed|scrapped|binned|forgotten|overlooked|replaced|thrown away)\b"
    ),
    (
        r"\b(?:this|these|they|which|attached|enclosed)\b[^.]{0,20}\b(?:replaces?|supersedes?)"
        r" (?!nothing|no\b)[^.]{0,30}\b(?:form|submission|mail|message|workbook|one|version|request)\b"
    ),
    r"\buse\b[^.]{0,40}\b(?:instead of|rather than|in place of)\b",
    r"^(?:please |kindly )?replace\b|\breplaces? (?:the )?(?:\w+ )?(?:enclosed|attached|sent)\b|\binstead\b(?! of)",
    r"(?<!replaces )\b(?:withdrawn|withdrew|revoked|suspended|recalled|discontinued|terminated|rejected|abandoned)\b",
    r"\b(?:failed|refused|superseded|overtaken|obsolete|cancell?ed|expired)\b|\bno longer\b",
    r"\brecalling\b|\b(?:product|field) recalls?\b|\brecall (?:of|notice)\b",
    r"\b(?:will|to) be replaced\b|\breplaced by\b",
)
_UNFINISHED = (
    (
        r"\bnot (?:yet )?(?:the )?(?:final|approved|certified|complete|released|valid|ready|correct|signed|checked"
        r"|tested)"
    ),
    (
        r"\b(?:has|have|had|is|are|was|were)(?: not|n't) (?:yet |been |yet been |all been )+(?!changed|altered"
        r"|modified)\w+"
    ),
    (
        r"\b(?:isn't|aren't|hasn't|haven't|wasn't) (?:yet |been )*(?:final|approved|certified|complete|released"
        r"|valid|ready)"
    ),
    (
        r"\b(?:provisional|preliminary|draft|tentative|subject to change|to be confirmed|tbc|tba|unfinished"
        r"|incomplete)\b"
    ),
    r"\b(?:pending|outstanding)\b|\bstill (?:missing|open|waiting|with|to|under|being|in (?:progress|test)|need)",
    r"\b(?:this is|just|only|merely|as) (?:a |an )?(?:test|trial|drill|exercise|demo|dummy|mock)\b|\bjust testing\b",
    r"\bdummy\b|^(?:this is )?(?:a )?test(?:ing)?\b|\btest(?:ing)? (?:submission|e-?mail|message|only|purposes)",
    r"\b(?:training|exercise) (?:only|purposes|exercise|submission)\b|\bfor training\b",
    r"\bfor (?:your )?(?:information|comments?|review|feedback|discussion)\b(?! on our)|\bfyi\b|\bpre-?submission\b",
    r"\b(?:real|formal|official|actual|proper)(?:ly)? (?:submission|submit)|\bbefore we (?:formally |really )?submit",
    (
        r"\b(?:has|have|had)(?: not|n't) (?:yet |all )?"
        r"(?:finish|complet|conclud|deliver|certif|approv|releas|sign|pass)\w*"
        r"|\bto be (?:sent|provided|supplied|delivered|forwarded)\b"
    ),
    r"\bsign(?:ed)?[- ]off\b|\bin draft\b|\bfirst (?:draft|version|attempt)\b",
    (
        r"\b(?:part|mail|e-?mail|message|batch) (?:[0-9]|one|two) ?(?:of\b|/ ?[0-9])|\b(?:follows?"
        r"|following) (?:later|tomorrow|shortly|soon|next|separately"
        r"|under|on)"
    ),
    (
        r"\b(?:will|shall|to) follow\b|\b(?:will|shall|'ll|going to) (?:be )?(?:\w+ )?"
        r"(?:re-?)?(?:send|sent|provided?|suppl(?:y|ied)|replaced?|correct|update|change|withdraw|submit|amend"
        r"|revise)"
    ),
    r"\b(?:sent|send|submitted|submit) [^.]{0,20}\bin advance\b|\bwith the (?:lab|test house|assessor)",
)
_WRONG = (
    r"\b(?:form|workbook|sheet|certificate|entry) still (?:says|has|states|names|shows|reads|lists)\b",
    (
        rf"\b{THINGS} (?:is|are) now\b(?! (?:available|ready|complete|certified|attached|approved|final|included"
        rf"|enclosed|added|put right))"
    ),
    rf"\b{THINGS}\b[^.]{{0,40}}\b(?:has|have|was|were|had) (?:since |now |been )*(?:changed|revoked|withdrawn)\b",
    rf"(?<!not ){_CHANGED} (?:to|on to|from|since|by|with|after)\b|\bhas (?:moved|changed)\b",
    (
        rf"\b(?:is|are|was) (?:still )?(?:that of |for |of )?(?:the |an? )?(?:{_BAD}|old|previous|earlier|former"
        rf"|other)\b"
    ),
    rf"\b{_BAD} (?:\w+ )?{THINGS}\b|\banother (?:model|device|meter)",
    r"\b(?:old|older|former|previous|last|earlier) (?:build|hash|firmware|certificate|form|image|release)\b",
    r"\b(?:corrected|new|revised|updated|final|right|correct)\b[^.]{0,40}\b(?:will follow|to follow|will be sent)\b",
    r"\bshould (?:\w+ )?(?:read|have|be|actually|say)\b|\b(?:by|a) mistake\b|\bin error\b|\btypo\b|\berroneous",
    r"\bmust (?:read|be|say) \S*\d",
    r"\bought (?:\w+ )?to (?:read|be|say|have)\b|^(?:correction|corrigendum|erratum|errata)\b|\bby accident\b",
    r"\b(?:typing|typographical|spelling|printing|copying|clerical|transcription) (?:errors?|mistakes?|slips?)\b",
    r"\b(?:made|contains?|has|have|is|are) (?:an?|some|several|two|three) (?:\w+ )?(?:mistake|error|slip)s?\b",
    r"\b(?:mistake|error|slip)s? (?:in|on|with) (?:the|our|my|it|this|cell|row|line|field|section)\b",
    r"\bmistyped\b|\bmixed up\b|\bmisread\b",
    (
        r"\b(?:shows?|states?|says?|names?|bears?|carries|holds?) (?:the|our|an?|last) (?:old|former|previous|other"
        r"|different)\b"
    ),
    r"\b(?:is|are|was|were|be)(?: not|n't) (?:quite |the )?(?:right|correct|accurate|true|the one)\b",
    r"\b(?:mis-?match|discrepan|deviat|inconsisten|contradict|mis-?print|mis-?typed)\w*|\bdiffers?\b|\bnot what\b",
    (
        r"\b(?:not|doesn't|does not|do not|don't|isn't|aren't) (?:fully |quite )?"
        r"(?:covered|cover|apply|include|included|match|agree|correspond|contain|show|state|mention|hold|work)\b"
    ),
    r"\baccept (?:\w+ )?anyway\b|\bnevertheless\b|\bexcept(?:ing)? (?:for )?the\b|\bapart from\b",
    r"\bonly (?:the|for|one)\b[^.]{0,40}\b(?:variants?|models?|versions?|devices?|certificates?)\b",
    r"\b(?:wrong|incorrect|inaccurate|false|invalid|fault(?:y|s)?|corrupt(?:ed)?|defective|broken|damaged|void)\b",
)
_UNSURE = (
    (
        r"\bnot (?:quite |entirely |completely |really )?(?:sure|certain|clear)\b|\bunsure\b|\bunclear\b"
        r"|\bi (?:think|guess)\b"
    ),
    r"\bnot know\b|\bdon't know\b|(?<!no )\bdoubts?\b|\bassum(?:e|ing|ed)\b|\bguess(?:ed)?\b",
    (
        rf"\b(?:please|kindly|can you|could you) (?:check|verify|correct|amend|change|adjust|edit"
        rf"|fix)\b[^.]{{0,30}}\b{THINGS}\b"
    ),
    rf"^(?:is|are|does|do|should|must|can|could|may|which|what|why) (?!you\b)[^?]*\b{THINGS}\b[^?]*\?",
)
_DOUBTFUL = (
    r"\bbetween (?:us|ourselves|you and me)\b|\btamper\w*|\bdisagree\w*|\bnot (?:this|that)(?: one)?\W*$",
    (
        r"\b(?:ask|tell|consult|call|ring|phone|check with|speak to)\b[^.;]{1,40}"
        r"\bbefore (?:you|anything|publ|list|process)"
    ),
    (
        rf"\b{THINGS} (?:might|could|may) (?:well )?"
        r"be (?:for|of|from|wrong|out|another|the (?:wrong|old|other)|a different)\b"
        r"|^(?:do|does|would|don't) you (?:think|believe|agree)\b"
    ),
    (
        r"\b(?:a|an|some|the|serious|known) (?:\w+ )?(?:problem|issue|bug|defect|flaw|vulnerability)s? (?:\w+"
        r" )?(?:with"
        r"|in|on)\b"
    ),
    (
        r"\b(?:debug|beta|alpha|development|engineering|pre-?release|unreleased|candidate) "
        r"(?:build|version|image|firmware|release|sample)s?\b|\brelease candidate\b|\bprototypes?\b"
    ),
    (
        r"\babout to expire\b|\bexpires? (?:next|soon|shortly|tomorrow|this (?:week|month)|in (?:a|\w+) (?:day|week"
        r"|month)s?)"
        r"|\brenewal (?:is|has been|was) (?:under ?way|in progress|requested|applied)\b|\bbeing renewed\b"
    ),
    (
        r"\b(?:belongs?|appl(?:y|ies)|relates?|refers?|is) (?:to|for) (?:the|an?|our) (?:old|previous|other|earlier"
        r"|former"
        r"|different)\b|\bbelongs? to another\b"
    ),
    (
        r"\bnot (?:\w+ )?(?:authori[sz]ed|allowed|permitted|entitled)\b|\bwithout (?:\w+ )?(?:authori[sz]ation"
        r"|permission)\b"
    ),
    (
        rf"\bnot to {_DONE}|\b(?:confidential|secret|private|internal) until\b|\buntil (?:the |our )?(?:launch"
        rf"|announcement)\b"
    ),
    (
        r"\bcome back to (?:this|it)\b|\bgive priority to the other\b|\b(?:revisit|resume) (?:this|it)\b|\banother"
        r" time\b"
    ),
    (
        r"\b(?:firmware|image|hash|build|form|workbook)\b[^.]{0,40}\b(?:re-?built|re-?compiled|patched|re-?generated"
        r"|re-?calculated|tampered|edited)\b"
    ),
    r"\b(?:will|shall|would|is to) (?:not|never) be (?:sold|built|made|produced|deployed|launched|marketed)\b",
    r"\b(?:is|are|being) (?:only |just |merely )?(?:samples|specimens?|mock-?ups?|stand-?ins?)\b(?! of)",
    r"\bfor info\b|\bjust checking\b|\bwork in progress\b|\bwip\b|^recall\b",
    (
        r"\b(?:sample|test|dummy|example|invented|fake|placeholder) (?:data|values?|figures|hash|numbers?)\b"
        r"|\bmade[- ]up\b|\bfictitious\b|\bfictional\b|\bplaceholders?\b"
    ),
)
_OBJECTION = Phrases(
    *_PAUSES,
    *_TAKEN_BACK,
    *_UNFINISHED,
    *_WRONG,
    *_UNSURE,
    *_DOUBTFUL,
)
_REFUSES = re.compile(r"(?:No|NO|Nope|Never|Negative)\W*|no")


@lru_cache(maxsize=64)
def plainly(sentence: str) -> str:
    """Give a sentence in small letters without what holds an objection's words and objects to nothing."""
    return POLITE.taken_from(sentence).strip()


def objects(sentence: str) -> bool:
    """Tell whether a mail's sentence speaks against the submission, in English or in another language that we know.

    Args:
        sentence: as `rules.own_words` gives it.
    """
    if _REFUSES.fullmatch(sentence):
        return True
    return any(_OBJECTION.in_(plainly(words)) or foreign_objection(words) for words in stretches(sentence))
