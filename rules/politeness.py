"""Knows the turns of phrase of letters that hold the words of an objection and object to nothing."""

from __future__ import annotations

from rules.patterns import Phrases

_REST = r"(?:(?! (?:but|please|kindly|and|so|however|yet|do not|don't)\b)[^.;,])*"
"""Of a clause: what begins another one may object to something."""
_ABOUT_PEOPLE = (
    rf"\b(?:be|am|is|are) (?:on (?:\w+ )?leave|out of (?:the )?office|away|on holiday|absent|unavailable)\b{_REST}",
    r"\b(?:reply|write|respond|answer) to\b[^.;,]{0,40}\binstead\b|^use instead\W*$",  # an address is left out before
    (
        r"\b(?:customers?|clients?|suppliers?|installers?|users?|colleagues?|market|they) (?:is|are) "
        rf"(?:\w+ )?a?waiting\b{_REST}"
    ),
    rf"\b(?:company|offices?|department|team|we) (?:has|have) moved\b{_REST}",
    rf"\bpasswords?\b[^.;,]*\bsent\b{_REST}",
)
_ABOUT_FIRMWARE = (
    (
        rf"\b(?:version|firmware|release|update|build|image) (?:\w+ )?(?:fix|correct|resolv|solv|remov"
        rf"|improv)e?s\b{_REST}"
    ),
    (
        r"\b(?:changes|differences) (?:\w+ )?the (?:earlier|previous|last|old|former) (?:release|version|firmware"
        r"|build)\b"
    ),
    (
        r"\b(?:release notes?|notes?|change ?log|document|which|it) (?:\w+ )?"
        r"(?:explain|describe|list|show|say|state|tell|summari[sz]e|detail)s? "
        rf"what (?:has |was |have )?(?:been )?(?:changed|new)\b{_REST}"
    ),
    r"\btesting (?:was|is|has been) (?:complete|finish|done|pass)\w*",
    r"\bidentical\b[^.;,]*,? (?:apart from|except for) (?:the|its) (?:firmware|hardware|version|name)\w*",
)
_ABOUT_THE_PAST = (
    r"\bnot (?:\w+ )?(?:listed|submitted|published|certified|used|sent) (?:before|previously|by us)\b",
    rf"\b(?:you|secas) (?:have |had |has )?returned\b{_REST}",
    (
        r"\b(?:form|submission|entry|request|it)(?: \S+)? (?:was|has been) returned (?:to us )?"
        rf"(?:because|due|for)\b{_REST}"
    ),
    rf"\b(?:we|i) (?:were|was|had been|have been) waiting (?:for|on)\b{_REST}",
)
_POLITENESS = (
    r"\bfor the avoidance of doubt\b|\bat the first attempt\b|\brather than to (?:me|us|him|her|them)\b",
    r"\b(?:as|this is|here is|attached is|find) (?:our|my|the) (?:formal|official) (?:submission|application)\b",
    r"\bin stand ?by\b|\bstand ?by (?:mode|power|current|consumption)\b|\beagerly (?:a)?waiting\b[^.;,]*",
    r"\btamper[- ]?(?:switch|detection|proof|evident|seal|event|alarm|sensor)\w*",
    (
        r"\bapolog(?:y|ies|ise|ize) for (?:the |my |our |any |this )?(?:\w+ )?(?:flurry|reply|response|length"
        r"|inconvenience|number|delay|e-?mails?|size|silence)\b"
    ),
    r"\bshould (?:you|there|anything) (?:have|need|require|wish|be|arise|find|see|notice|spot|discover)\b[^.;]*",
    (
        r"\b(?:do not|don't|please don't) hesitate\b(?: to (?:call|ring|phone|contact|write to|e-?mail|ask) (?:me"
        r"|us)\b)?"
        r"|\bif (?:you(?! (?:could|would|can|might)\b)|anything|there|any|something)\b[^.;]*"
        r"|\bif (?:the|a|an|our|any) (?:\w+ ){1,3}(?:is|are) (?:not |in)?(?:right|correct|wrong|missing)\b[^.;]*"
    ),
    r"\bnewsletters?\b[^.;]*|\b(?:stop|end|cancel) [^.;]*\bnewsletters?\b|\bno objections?\b",
    (
        r"\b(?:some people who received this message|you)\b[^.;,]{0,10}\b(?:often|usually) (?:get|receive)"
        r" e-?mails? from\b[^.;]*|\b(?:please |always |but )*exercise caution\b[^.;]*"
    ),
    r"\bhold the line\b|\bhold (?:\w+ ){1,3}on file\b|\bunless (?:we hear|you (?:tell|say|advise|hear))\b[^.;,]*",
    (
        r"^(?:is it|would it be) possible to (?:have|get|see) (?:(?!\b(?:not|before|until|after|only|remove\w*"
        r"|withdraw\w*)\b)"
        r"[^?])*\b(?:listed|published|processed|added)\b(?:(?!\b(?:not|before|until|after|only)\b)[^?])*\?"
    ),
    (
        r"\b(?:do not|don't|not|without) (?:publish|disclos|shar|pass|forward|distribut)(?:e|ing)?(?: on)? (?:the "
        r"|our |these "
        r"|any )?(?:release notes?|contact details?|telephone numbers?|e-?mail addresses?)\b"
    ),
    (
        r"\b(?:do not|don't|not) (?:remove|delete|withdraw|replace|change|take off) (?:the |our |any )?(?:existing"
        r"|other"
        r"|older|earlier|previous|current)\b[^.;,]*"
    ),
    (
        r"\b(?:old|older|earlier|previous|existing) (?:\w+ ){0,2}(?:should |must |may |can |is to |to )?"
        r"(?:stay|remain)s? (?:on the list|listed|as (?:it|they) (?:is|are)|unchanged|in force|valid"
        r"|supported|available|in (?:use|the field))\b"
    ),
    r"\b(?:confidential|secret|private) until (?:its |the )?(?:publication|it is (?:published|listed))\b",
    (
        r"\b(?:find|add|attach|enclose|include|suppl(?:y|i)|provide|corrected|amended)(?:e?d)? (?:attached |enclosed )?"
        r"(?:the|our) missing\b[^.;,]*|\bthe old one had [^.;,]*\bwas returned\b"
    ),
    r"\b(?:attached|enclosed) (?:is|are) the missing\b[^.;,]*",
    r"\b(?:logos?|pictures?|banner)\b[^.;,]*\b(?:can|may|should|please) (?:be )?(?:ignored?|disregarded)\b",
    r"\b(?:thanks?|thank you|grateful)\b[^.;,]{0,20}\bpointing out\b[^.;,]*",
    r"\b(?:thanks?|thank you|many thanks)\b[^.;]*\bin advance\b|\bsorry for the delay\b|\bas soon as possible\b",
    (
        r"\bnothing (?:else )?(?:has|have) (?:been )?changed\b"
        r"(?: (?:on|in|to|with) (?:the|our|its)(?: (?!since\b)\w+){1,3})?"
        r"(?: since (?:the|our|its) (?:last|previous|earlier|former|old) \w+)?"
    ),
    r"\b(?:please )?let (?:me|us) know\b[^.;,]*",
    r"\breplac(?:es|ing) (?=[a-z-]*\d)[\w-]+,? (?:which|that) (?:is|was|has been) \w+",
    r"\b(?:what is|how is|is there|any news|know) [^?]*\b(?:status|news|progress)\b[^?]*\??",
    (
        r"\b(?:no|without) (?:\w+ )?(?:faults?|errors?|issues?|doubts?|changes?|deviations?|discrepancies|mistakes?"
        r"|corrections?|amendments?)(?: (?:to|in|from|since) (?:the|our) (?:earlier|previous|last) \w+)?\b"
    ),
    (
        r"\bi (?:assume|think|guess) (?:that )?(?:you have|this is|that is|these are) (?:everything|all)"
        r"(?= (?:you|we|that)\b|\W*$)"
    ),
)
POLITE = Phrases(
    *_POLITENESS,
    *_ABOUT_PEOPLE,
    *_ABOUT_FIRMWARE,
    *_ABOUT_THE_PAST,
)
"""Turns of phrase that hold such a word and object to nothing."""
