"""Knows the words by which a mail says what its form is worth: which of several counts, whose word is missing, when.

They stand beside the misgivings (`rules.misgivings`), and like them they are wide: a person reads what they hit.
"""

from __future__ import annotations

from rules.patterns import Phrases

_PAPER = (
    r"(?:ones?|versions?|forms?|workbooks?|e-?mails?|mails?|messages?|copy|copies|rows?|sheets?|tabs?|attachments?)"
)
_WHICH_COUNTS = (
    rf"{_PAPER} (?:to (?:use|go by|take|process|work from)|that (?:counts?|applies|matters?))",
    (
        r"only the (?:\w+ )?(?:first|second|third|last|latest|newest|newer|upper|lower|top|bottom|other|others)"
        r"(?: \w+)? (?:counts?|applies|matters?|is|are|should|must|needs?)"
    ),
    r"what (?:counts|matters|applies) is|not the (?:ones?|values?|versions?) (?:on|in|of|from|that)\b",
    r"use the (?:value|number|date|version|hash|figure|one)s? (?:on|in|of|from|i|we)\b",
    r"copy of (?:the|our|my|an?) (?:\w+ )?(?:submission|entry|request|application|mail|e-?mail|message|one)\b",
    r"(?:had|seen|got|have|received) (?:it|this|these|that|them|this one|this mail) (?:before|already)",
    r"see my (?:text|sms|message|other|earlier|previous|last|e-?mail|mail|note|voicemail)",
    r"(?:really|actually|in fact|in truth) (?:that|those|the|of|an?|for)\b",
    r"(?:duplicate|repeat|repetition|re-?send|re-?transmission|carbon copy) of",
    (
        r"(?:we|i) (?:have |had |'ve )?(?:already |previously |just )?(?:sent|submitted|mailed|e-?mailed|filed)"
        r" (?:it|this|that|these|them|the same|this one|this form|this entry)(?! (?:to the|for (?:certification|test)))"
    ),
    r"(?:supersed(?:es?|ing)|replac(?:es?|ing)) (?:cpl|what|whatever|everything|all|any|it|that|those|them)\b",
    r"for (?:your (?:records?|files?|archives?|own use|eyes)|the (?:records?|archives?))\b",
    r"belong(?:s|ed|ing)? to (?:the |an? )?(?:[a-z]*\d|other|another|sister|previous|old|older|different|next)",
)
_WHOSE_WORD = (
    (
        r"(?:who|they|he|she|which) (?:will|shall|would|must|has to|have to|is to|are to|still (?:has|have) to)"
        r" (?:\w+ )?(?:confirm|approve|agree|authori[sz]e|consent|countersign|sign|write|decide)"
    ),
    r"(?:has|have|had|is|are) yet to\b|go-ahead|green light|counter-?sign\w*",
    r"(?:wants|needs|has|wishes|insists) (?:\w+ )?to (?:see|read|review|check|approve|sign|look)",
    r"(?:have|has|had|with) no (?:contract|agreement|arrangement|mandate|licen[cs]e|relationship|dealings|say)\b",
    r"(?:verbal|oral|informal|unofficial|interim)(?:ly)?\b|(?:would|(?:i|we|you|they|he|she)'d) (?:sooner|rather)\b",
    r"re-?(?:issue|certify|test|assess|evaluate|examine)s? (?:the|our|its|it|this|that|all)\b",
    r"(?:sit|sits|sitting|sat|sleep|sleeping) on (?:this|it|that|them|the)\b",
    (
        r"(?:be|being|is|are|was|were|gets?|getting) (?:\w+ )?"
        r"re-(?:issued|certified|tested|assessed|signed|evaluated|worked|examined|measured)"
    ),
    (
        r"(?:be|being|is|are|was|were|gets?|getting) (?:\w+ )?"
        r"re(?:issued|certified|tested|assessed|signed|evaluated|worked|examined|measured)"
    ),
)
_WHEN = (
    r"(?:must|should|shall|may|can) not (?:happen|take place|occur|appear|surface)",
    (
        r"no (?:sooner|earlier)\b"
        r"|(?:ahead of|prior to) (?:the |our |its )?(?:[0-9]|launch|release date|announcement|press)"
    ),
    r"at the (?:very )?earliest\b(?! (?:convenience|opportunity|possib))",
    r"until (?:our|such|then|launch|after|the (?:launch|release|announcement|press|date|day)\b)",
)
_HOW_IT_CAME_ABOUT = (
    r"repair (?:message|prompt|dialogue?|warning|log|notice)",
    (
        r"(?:had|have|having|needed) to (?:un-?(?:lock|protect|hide)|re-?(?:type|key|build|create)"
        r"|over(?:write|type)|force|break|convert)"
    ),
    (
        r"(?:might|may|could|can) (?:still |well |also )?(?:be|have been|have gone|look) "
        r"(?:off|out|slightly|a bit|somewhat|a little|garbled|mangled|lost)\b"
    ),
    r"(?:a bit|slightly|somewhat|a little) off\b|roll(?:ed|ing|s)? (?:\w+ ){1,4}back\b",
    r"(?:would|could|might) (?:then |eventually )?look like|(?:just|only|merely) to (?:show|see|try|test|check)\b",
    r"(?:might|may|could) be (?:an? )?(?:newer|later|more recent|better|another|different|older)\b",
    r"(?:digit|letter|character|number|figure|octet|place|row|line|year|month|day)s? out\b",
    (
        r"needs? (?:\w+ )?(?:changing|correcting|fixing|amending|updating|altering|replacing|checking|redoing|attention"
        r"|putting right)"
    ),
    (
        r"to be (?:advised|announced|agreed|determined|defined|decided|clarified|specified|notified|finali[sz]ed"
        r"|established)"
    ),
)
_ELSEWHERE = (
    (
        r"(?:in|by|with|under|via|through) (?:an? |the |another |my |our )?(?:separate|second|next|further|different)"
        r" (?:e-?mail|mail|message|post|cover|parcel|letter|delivery|upload)s?"
    ),
)
STANDING = Phrases(
    *_WHICH_COUNTS,
    *_WHOSE_WORD,
    *_WHEN,
    *_HOW_IT_CAME_ABOUT,
    *_ELSEWHERE,
)
"""Turns of phrase that say of a form or a mail what it is worth beside others, and what it still waits for."""
