"""Knows what a submitter asks of us as a rule: whoever asks for anything else is read by a person.

Nobody can list all the words that stop a submission. What ordinary mails ask for is a short list; a request by any
other verb counts as an objection, and costs one look where it was harmless.
"""

from __future__ import annotations

import re

from rules.patterns import in_small_letters

_ORDINARY = re.compile(
    r"accept|accord|acknowledge|add|address|advise|allow|always|answer|apply|approve|arrange|ask|assist|attach"
    r"|avoid|await|be|bear|become|begin|bring|call|cc|check|choose|clarify|click|come|complete|confirm|consider"
    r"|consult|contact|copy|deal|delete|destroy|direct|discuss|disregard|do|don't|download|email|ensure|enter"
    r"|excuse|explain|feel|file|find|follow|forward|get|give|go|grant|handle|have|help|hesitate|ignore|include"
    r"|indicate|inform|introduce|issue|join|keep|let|like|list|look|mail|make|mention|mind|need|never|note"
    r"|notify|observe|obtain|open|pass|phone|print|proceed|process|provide|publish|quote|read|receive|record"
    r"|refer|register|remember|reply|report|request|respond|rest|return|review|ring|save|say|scan|schedule|see"
    r"|send|share|show|speak|specify|start|state|store|submit|subscribe|supply|take|telephone|tell|thank|think"
    r"|transfer|treat|try|unsubscribe|upload|use|verify|visit|want|wish|work|write",
    re.IGNORECASE,
)
"""What is asked for every day, or judged by what it is asked of (`rules.objections`)."""
_ADVERB = r"(?:please|kindly|also|then|therefore|just|now|perhaps|maybe|possibly|(?!apply\b|reply\b|supply\b)\w+ly)"
_MAY = r"(?:can|could|would|will|might|may)"
_ASKED = re.compile(
    rf"(?:^|[,;:] |\band )(?:please|kindly|pls|plz)\b,?(?: {_ADVERB})* (?!{_MAY} )([a-z][a-z'-]+)"
    rf"|\b{_MAY} you\b(?: {_ADVERB})* ([a-z][a-z'-]+)",
    re.IGNORECASE,
)
_ASKING = ("please", "kindly", "pls", "plz", " you")
"""Of which every request has one."""
_ASKED_BEHIND = re.compile(
    r"^([a-z][a-z'-]+) (?:this|it|that|them|these|the|my|our|all|both)\b.*\bplease\W*$", re.IGNORECASE
)
_NO_VERB = re.compile(
    r"the|a|an|this|that|these|our|my|your|attached|enclosed|form|find|below|above|with|for|to|in|on|if|as"
    r"|following|regarding|concerning|per|further|after|before|during|despite",
    re.IGNORECASE,
)


def asks_for_something_else(sentence: str) -> bool:
    """Tell whether a sentence asks for what submitters do not ask for every day.

    Args:
        sentence: as `rules.own_words` gives it.
    """
    small = in_small_letters(sentence)
    if not any(word in small for word in _ASKING):
        return False
    asked = [verb for match in _ASKED.finditer(sentence) for verb in match.groups() if verb is not None]
    behind = _ASKED_BEHIND.match(sentence)
    verbs = [*asked, behind[1]] if behind else asked
    return not all(_ORDINARY.fullmatch(verb) or _NO_VERB.fullmatch(verb) for verb in verbs)
