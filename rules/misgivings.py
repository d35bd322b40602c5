"""Knows the words that stand in mails with a misgiving and hardly in any other, whatever the sentence around them is.

They are wide on purpose: a sentence with one of them is for a person to read, who decides what it means.
"""

from __future__ import annotations

from rules.objections import THINGS, plainly
from rules.own_words import stretches
from rules.patterns import Phrases, Spelt
from rules.requests import asks_for_something_else
from rules.standing import STANDING

_REGRET = (
    (
        r"sorry|apolog\w+|unfortunately|afraid|misunderst\w+|mishaps?|confus\w+|embarrass\w+|oversight|overlooked"
        r"|muddled?"
    ),
    (
        r"unhappy|uneasy|concern(?:ed)? (?:about|that)|worr(?:y|ied) (?:about|that)|reservations?|misgivings?|second"
        r" thoughts?"
    ),
)
_UNDOING = (
    r"throw\w*|thrown|destroy\w*|shred\w*|eras\w+|undo\w*|undone|revers(?:e|ed|ing)|roll(?:ed|ing)? back|revok\w+",
    (
        r"stopp\w+|halted|paus\w+|block(?:ed|ing)|barred|declin\w+|refus\w+|turn(?:s|ed|ing)? (?:\w+ ){0,3}down"
        r"|reconsider\w*"
    ),
    (
        r"rethink\w*|called off|call off|calling off|back out|backed out|pull(?:s|ed|ing)? (?:back|out)|step(?:ped)?"
        r" back"
    ),
    (
        r"(?:do|doing|go|going) without|nothing (?:needs|has|is) (?:to be )?(?:doing|done)|need(?:s)? no (?:action"
        r"|processing)"
    ),
    (
        r"must be (?:changed|replaced|corrected|removed|destroyed|stopped|made|re-?done)|has to be (?:changed"
        r"|replaced"
        r"|corrected)"
    ),
    (
        r"in the (?:bin|trash|waste)|(?:take|took|taken|taking) (?:it |this |that |them |everything )?back"
        r"|ceas(?:e|ed"
        r"|ing)"
    ),
    (
        r"(?:treat|treated|consider|considered|regard|regarded) (?:\w+ ){0,3}as (?:if|not|though|never|null|void"
        r"|withdrawn)"
    ),
    (
        r"annul\w*|void(?:ed)?|no authority|without authority|under wraps|brick(?:s|ed)|stay(?:s)? off|kept? off"
        r"|leave"
        r" off"
    ),
    r"retract\w*|rescind\w*|a stay of|(?:go|goes|going|gone|went) back on|no notice of|take no|taken no",
    r"throw away|write off|wipe|shut down|unlist\w*|un-?publish\w*|untick\w*|unsubmit\w*",
)
_UNSETTLED = (
    (
        r"(?:may|might|could) (?:well |still |yet )?(?:have to|need to|change|differ|be (?:wrong|changed|different"
        r"|replaced))"
    ),
    (
        r"likely to change|could (?:this )?wait|wait a (?:little|bit|while|day|week)|(?:in|for) the meantime|under"
        r" review"
    ),
    (
        r"under investigation|being investigated|we are investigating|in dispute|disputed?|still (?:argu|discuss"
        r"|debat|test|examin|analys|verif)\w+|still (?:running|ongoing|under way)"
    ),
    (
        r"(?:come|comes|coming|arrive|arrives|reach you|be with you|be ready|get to you)\b[^.]{0,30}"
        r"\b(?:later|tomorrow|soon|shortly|next (?:week|month|year)|in due course)"
    ),
    (
        r"come back with|for (?:reference|interest|the record|safe ?keeping)(?! number)|before it goes live|goes?"
        r" live"
        r" before"
    ),
    r"in two minds|undecided|not decided|have not decided|pencil(?:led)? in|rough (?:draft|copy)|half[- ]finished",
)
_LATER = (
    (
        r"on (?:its|their|the) way|in the (?:post|pipeline|works)|you (?:will|shall|'ll|should) (?:soon |shortly "
        r"|then )?"
        r"(?:receive|get|be sent)|(?:fresh|better|clean|fuller) (?:form|copy|copies|set|scan|version|certificate"
        r"|workbook)"
    ),
    (
        r"(?:revised|re-?issued|re-?worked|re-?done|re-?signed|re-?written) (?:\w+ ){0,4}(?:since|afterwards"
        r"|meanwhile"
        r"|again)"
    ),
    (
        r"(?:system|trial|test|dry) (?:test|runs?)|(?:meant|intended) (?:for|only for) (?:internal|somebody|someone"
        r"|another|my|our)"
    ),
)
_FOUND = (
    r"wrongly|incorrectly|mistakenly|erroneously|inadvertently|accidentally|unintentionally|falsely|unwittingly",
    (
        r"found out|find out that|discover(?:ed|y)?|(?:come|came) to light|realis(?:e|ed)|realiz(?:e|ed)|turns out"
        r"|turned out"
    ),
    (
        r"(?:it )?(?:appears|seems|looks) (?:that|as if|like|to be)|(?:we|i) (?:have |had )?(?:spotted"
        r"|learn(?:ed|t))"
    ),
    r"(?:digit|letter|character|zero|figure|colon)s? (?:is |are |too )?(?:short|missing|many|few|long|off)",
    r"looks? (?:\w+ )?(?:odd|strange|weird|fishy|suspicious|dubious)|under (?:duress|protest)|gone bust",
    (
        r"(?:right|correct|real|true|actual|proper|intended) (?:\w+ )?(?:hash|firmware|hardware|model|version|number"
        r"|value|date"
        r"|form|certificate|device|manufacturer|identifier|name|type|one|figure)s? (?:is|are|reads?|should|would|can"
        r"|will)"
    ),
    (
        r"(?<!all )(?<!all the )(?:old|outdated|stale|other|wrong)"
        r" (?:data|values?|figures|numbers?|template|sheet|export)|mix-?ups?"
        r"|pressed send"
        r"|sent"
        r" too"
    ),
)
_LACKING = (
    r"mis-?(?:spel|key|cop|label|dat|fil|calculat|stat|nam|quot|plac|direct|identif|declar)\w+",
    r"lack(?:s|ing|ed)?|omit(?:s|ted)?|omission|forgot(?:ten)?|left (?:out|blank|empty)|(?:is|are|was|were) missing",
    r"(?:security|safety) (?:hole|gap|weakness|risk|matter|concern)s?|has a (?:\w+ )?(?:hole|gap|weakness|regression)",
)
_PLAIN = (
    r"withdr(?:aw|ew)(?:n|ing|al)?|postpon\w*|suspen\w*|cancel(?:s|l?ed|l?ing)?|terminat\w*",
    r"abandon\w*|reject\w*|forbid\w*|prohibit\w*",
    r"consent|permission|at your own risk|problems?|troubles?|mistakes?|errors?|wrong|hitch(?:es)?|snags?|blunders?",
    (
        r"(?:was|were|been|is being|being|gets?|got) (?:\w+ )?"
        r"(?:replaced|rebuilt|redone|revised|reworked|re-?signed|re-?issued|edited|altered)"
    ),
    (
        r"(?:in|under|being) (?:preparation|preparing|prepared|construction|revision|development|discussion"
        r"|negotiation|dispute)"
    ),
    r"off by (?:one|two|a|an|\d)|(?:extra|spare|superfluous|surplus) (?:zero|digit|character|letter|colon|blank|row)",
    r"needs? (?:\w+ )?(?:work|time|thought)|estimat\w+|fail(?:s|ed|ing)?|under ?way|wants? out",
    r"prefer(?:s|red)? (?:to|not|that)|of the (?:old|previous) one",
    (
        r"(?:am|is|are) (?:\w+ )?"
        r"(?:changing|replacing|rewriting|updating|revising|correcting|extending|renewing|withdrawing)"
    ),
    r"(?:will|shall|would|is to|are to) be (?:extended|renewed|shortened|renamed|moved|split|merged)",
    r"(?:not|never) (?:to )?consider|(?:does not|doesn't|do not|don't|did not|didn't) belong",
    r"clarify (?:it |this |that )?with|(?:ask|check) with",
)
_BETTER = (
    r"better (?:if|not|that|wait|leave)|better to (?!call|ring|phone|reach|contact|e-?mail|write)\w+",
    (
        r"(?:needs?|have|has|wants?|wish|wishes|like) to (?:\w+ )?"
        r"(?:check|look|verify|clarify|consult|think|reconsider)"
    ),
    r"(?:sister|twin|sibling|neighbou?ring|similar) (?:model|device|product|meter|variant|firmware)s?",
    r"(?:is|was|are|were) (?:from|of) (?:last|yesterday|the (?:previous|old|former))",
    r"off (?:your|the) (?:pile|desk|queue)",
    r"decid(?:e|ed|ing) (?:against|not|to (?:stop|drop|wait|cancel|postpone|withdraw|delay|hold|abandon|re-?\w+))",
    r"no (?:further |more )?(?:processing|listing|publication|handling|treatment|entry)",
    r"(?:just|only|merely|purely|is|as|for) (?:an? )?(?:examples?|illustrations?|practice|try-?out|rehearsal)",
    (
        rf"(?:final|new|right|correct|revised|signed|updated|proper|actual|real) (?:\w+ )?{THINGS} (?:comes?|is coming"
        r"|arrives?|is due|gets? to you|reach(?:es)? you)"
    ),
)
_ELSES = (
    r"competitor'?s?|rivals?|somebody else'?s?|someone else'?s?|test bench|(?:other|wrong) way round|back to front",
    r"should (?:only|never|not) have (?:gone|been|left)|rather than|as opposed to|in lieu",
    r"another (?:company|maker|supplier|customer|manufacturer|product|file|project)",
)
_STANDING_IN = (
    (
        r"stand-?ins?|approximat\w+|invented|rough(?:ly)?|for the time being|last (?:year|month|week|quarter|time)'s"
        r" (?:ones?|values?|numbers?|figures?|dates?|hash|firmware|certificates?|form|version)"
    ),
    (
        r"(?:hop(?:e|es|ing)|plan(?:s|ned|ning)?|inten(?:d|ds|ding)|aim(?:s|ing)?|going|supposed|due|meant) to"
        r" (?:\w+ly )?(?:ship|release|certify|build|freeze|flash|make|finish|run|pass)"
    ),
    (
        r"still (?:has|have|needs?) to|(?:only|just|merely) there (?:so|to|for|because)|so (?:that )?(?:it"
        r"|the form) validates"
    ),
    (
        r"(?:copied|carried|left|kept|taken) over(?: from)?|recycled|(?:copied|taken|borrowed|lifted) from (?:our"
        r"|the|an?) (?:old"
        r"|other|previous|last|sister|earlier|former)"
    ),
)
_ALARM = (
    (
        r"(?:mark|treat|flag|set|consider|count|report|score|judge|rate|regard|take)(?:s|ed|ing)? [^.;]{0,40}?\bas "
        r"(?:passed|ready|approved|valid|verified|compliant|trusted|green)"
    ),
    r"(?:ignore|skip|bypass|disable|override|suppress|waive)(?:s|d|ped|ing)? [^.;]{0,30}?(?:rules?|checks?|findings?)",
    (
        r"unsafe|hazard\w*|dangerous|safety (?:issue|notice|recall|problem)|leak(?:ed|s|ing)?|compromised|stolen"
        r"|forged|forgery"
    ),
    r"fak(?:e|ed)|fraud\w*|bogus|hack(?:ed|ers?)?|illegal\w*|unlawful\w*|lawsuit|injunction|court order|insolven\w+",
)
_DENIED = (
    (
        rf"\b(?:we|i|it|this|that|they|these|our (?:\w+ )?\w+|{THINGS}) (?:\w+ )?(?:(?:\w+n't|cannot|never)|\w+"
        rf" not) "
        r"(?:(?!need|receiv|heard|hear\b|got\b|hesitat|chang|alter|affect|matter|expect|requir|differ|contain"
        r"|hav(?:e|ing) to"
        r"|only|apply|mind|modif|touch|us(?:e|ed)\b|repl|know how)\w+)"
    ),
    (
        r"\blet(?:'s| us) (?:\w+ )?(?:not|leave|wait|stop|skip|forget)\b|\blet (?:this|it|that) (?:one )?(?:lie|rest"
        r"|be|drop)\b"
    ),
    r"\b(?:un)?happy about\b|\bunhappy\b|\bregret\b|\btoo soon\b|\btoo early\b|\bno steps\b|\buntrue\b|\bnot true\b",
    r"\b(?:lapsed|swapped|transposed|interchanged|undone|pulled)\b|\b(?:taken|take|come|comes) off\b",
    (
        r"\bout of the list\b|\boff the (?:market|list)\b|\bpull(?:ed|ing)? the plug\b|\btold (?:us )?to (?:stop|wait"
        r"|hold)\b"
    ),
    r"\b(?:of|for|to|covers?|concerns?|names?|meant) (?:another|a different|some other|the other)\b",
    r"\bread \S+ as\b|\b(?:american|european|us) (?:style|format|notation|date)\b|\bon the same (?:day|date)\b",
    r"\blike (?:a|to have a) (?:call|word|chat|discussion|meeting)\b|\bbear with\b|\bsort(?:ed|ing)? (?:\w+ )?out\b",
    r"\b(?:ask|tell|inform|consult) (?:me|us) (?:first|before)\b|\bformer state\b|\bnull and\b",
    (
        r"\b(?:is|are|was|were|been|being|be)(?: not|n't) (?!only|needed|necessary|required|affected|changed"
        r"|altered|the first"
        r"|our first|new\b|possible to attach|public|confidential|included in the price|listed before|previously"
        r"|before\b)\w+"
    ),
    (
        r"\b(?:need|have|want|wish|like) to (?:correct|amend|change|alter|revise|replace|withdraw|stop|cancel|re-?do"
        r"|re-?send)\b"
    ),
    r"\b(?:vulnerab|exploit)\w*|\bstrike (?:my|our|this|the|it)\b",
    (
        r"\b(?:call|ring|phone|telephone|speak (?:to|with)|talk to|contact) (?:me|us)\b[^.]{0,60}"
        r"\b(?:before|first|(?:about|regarding|on|concerning) (?:this|it))\b"
    ),
    r"\b(?:process|list|publish|handle|treat|approve|enter|take|deal)\b[^.]{0,30}\b(?:together|jointly|along) with\b",
    r"\bsubject to\b(?! (?:the|our|its|your|english|these) (?:\w+ )?(?:terms|conditions|law|copyright))",
    r"\b(?:cannot|can't|could not|couldn't) yet\b|\bnot (?:all|every|each)\b",
    r"\b(?:list|publish|enter|register)(?:ed)? (?:it |this |them |the \w+ )?under\b",
)
_WORDS = (
    *_REGRET,
    *_UNDOING,
    *_UNSETTLED,
    *_LATER,
    *_FOUND,
    *_LACKING,
    *_PLAIN,
    *_BETTER,
    *_ELSES,
    *_STANDING_IN,
    *_ALARM,
)
_NOT_IN_EARNEST = (
    (
        r"(?:^|(?<=[-:\u2013\u2014] )|(?<=[(\[]))(?:sample|example|specimen|practice|rehearsal)"
        r"(?: (?:form|submission|entry|workbook|run|only))*\W*$"
    ),
    r"^(?:sample|example|specimen|practice)\W+(?:cpl )?submission\b",
    (
        r"(?:^|\b(?:this is|just|only|merely|as) (?:an? )?)(?:dry|trial|practice) run\b"
        r"|(?:^|\b(?:for|as) (?:an? )?)pre-?check\b|\bpre-?check only\b"
    ),
    (
        r"^(?:can|could|would|will) you\b[^?]{0,40}"
        r"\b(?:whether|if) (?:this|it|that|all|everything|these|they) (?:is|are|looks?)\b"
    ),
    (
        r"^(?:can|could|would|will) you\b[^?]{0,30}"
        r"\b(?:which|what) (?:form|certificate|version|hash|model|firmware) (?:is|are|you|we|should|applies)\b"
    ),
    (
        r"\bother(?:s| (?:one|two|three|four|five|devices?|models?|meters?|variants?))? "
        r"(?:uses?|shares?|has|have) the same (?:form|workbook|submission|entry)\b(?! factor)"
    ),
)
"""What calls the submission a try, or asks us whether it is right; papers of a test house have such words too."""
_MISGIVING = Phrases(
    *_NOT_IN_EARNEST,
    *(rf"\b(?:{words})\b" for words in _WORDS),
)
_DENIAL = Phrases(
    *_DENIED,
)
_REGRETS_NOTHING = Spelt(
    r"\b(?:sorry|apolog(?:ies|ise|ize|y)|afraid)\b (?:for|about) (?:the |my |our |any |this )?(?:\w+ )?(?:delays?"
    r"|late\w*|inconvenience"
    r"|length|long|slow|silence|trouble|bother|attachments?|files?|size)\b[^.;,]*|\bsorry to (?:bother|trouble"
    r"|chase)\b[^.;,]*"
    r"|\b(?:sorry|apologies),? if (?:you|this)\b[^.;,]*\b(?:twice|already|duplicated?|more than once)\b"
    r"|\bunfortunately,? (?:our|the|my) (?:\w+ ){0,2}(?:system|server|gateway|firewall|provider|outlook|exchange)\b"
    r"[^.;,]*"
    r"|^(?:many |my |our )?(?:apologies|sorry)\W*$"
    r"|\bforgot (?:to attach )?the attachment\b[^.;]*|\bsorry,? forgot\b[^.;]*",
    "sorry",
    "apolog",
    "afraid",
    "unfortunately",
    "forgot",
)


def has_misgivings(sentence: str) -> bool:
    """Tell whether a sentence of a mail has such a word, denies something, or asks for what is not asked for every day.

    Args:
        sentence: as `rules.own_words` gives it.
    """
    return any(map(_has_misgivings, stretches(sentence)))


def _has_misgivings(words: str) -> bool:
    rest = _REGRETS_NOTHING.taken_from(plainly(words)).strip()
    return bool(_MISGIVING.in_(rest) or _DENIAL.in_(rest) or STANDING.in_(rest)) or asks_for_something_else(rest)
