"""Which texts only hold the place of one: still to come, standing elsewhere, or said to be none."""

from __future__ import annotations

import re

_TO_COME = re.compile(
    r"[\W_]*(?:(?:release )?notes?\W+)?(?:t\.?b\.?[acd]|to (?:be|come|follow)\b.{0,30}|\w+(?: \w+)? (?:to|will) follow"
    r"|(?:will|shall) (?:be|follow)\b.{0,30}|pending|awaited|unknown|not (?:yet )?known|placeholder(?: \w+)?"
    r"|dummy(?: \w+)?|lorem ipsum.*|x{2,}|\?+|\.{2,}|draft|to ?do|fill(?:ed)? in(?: later)?|insert\b.{0,30}|<.{1,40}>"
    r"|(?:enter|type|your) (?:\w+ ){0,2}here|test|asdf\w*|sample|example|as (?:before|above)"
    r"|see (?:our |my |the )?(?:e-?mail|above|below|cover(?:ing)? letter|attached|attachment))[\W_]*",
    re.IGNORECASE,
)


def is_to_come(text: str) -> bool:
    """Tell whether a text only stands for another one, as `TBC` does."""
    return _TO_COME.fullmatch(text) is not None


_NOTHING = re.compile(
    r"[\W_]*(?:n[\W_]?a|none|nil|null|nothing|0+|(?:left )?(?:blank|empty)|not (?:applicable|available|relevant"
    r"|provided|required|needed)"
    r"|no (?:web ?site|tele ?phone|phone|e-?mail|contact|address|street|(?:release )?notes?)"
    r"(?: available)?)?[\W_]*",
    re.IGNORECASE,
)


def is_nothing(text: str) -> bool:
    """Tell whether a text says that there is none, as `N/A` and a dash do."""
    return _NOTHING.fullmatch(text) is not None
