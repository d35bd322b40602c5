"""Finds remarks by which a paper says that it is not finished, not the latest, not approved, or of no force.

Test houses word them anew each time, so none is looked for as a phrase: a remark is a thing of a certificate, or
nothing, and a word that speaks against it (`caveatwords`), by itself on a line or between dashes; or a bare negation.
What is told in a sentence counts where the sentence is of such a kind by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from intake.extract.certificate.caveatwords import BAD, NOUN, PAPER, PURPOSE, THING
from intake.extract.page.spaced import closed

_LINK = (
    r"(?:is|are|was|were|has|have|had|been|being|be|now|currently|still|yet|already|only|partly|partially|erroneously"
    r"|wrongly|mistakenly|temporarily|permanently|voluntarily|officially|formally|hereby|long|since|at present)"
)
_TAIL = (
    r"(?: (?:by|of|from|on|in|since|per|at|under|pending|as of|due to|until|before|outside|beyond"
    r"|except)(?: [\w./'\u2019-]+){1,5}"
    r"|,? \d{1,2}[ ./-]\w{1,9}[ ./-]\d{2,4}|,? [A-Z]{2,}-?\d+)?"
)
"""Behind a remark: by whom, since when, on what ground."""
_HARMLESS = (
    r"(?:applicable|used|connected|fitted|supported|implemented|provided|present|available|included|installed|populated"
    r"|enabled|configured|specified|stated|assigned|allocated|defined|measured|relevant|required|needed|necessary"
    r"|transferable|assignable|reproduc\w*|cop(?:y|ied)|photocop\w*|alter\w*|modif\w*|distribut\w*|disclos\w*|resale"
    r"|onward|circulat\w*|subject|protectively|classified|restricted|limited|exceeding|more|less|before|earlier|later"
    r"|greater|smaller|only|remove\w*|bend|fold|laminate\w*|be \w+ without|to scale|affected|changed|exportable|all"
    r"|every|upgradeable|upgradable|removable|replaceable|accessible|detachable|observed|detected|found|known"
    r"|none|draft|withdr\w*|revok\w*|suspend\w*|cancel\w*|terminat\w*|expir\w*"
    r"|supersed\w*|replac\w*|void\w*|invalid\w*|lapsed?|refused|rejected|failed|annulled|rescinded|obsolete)"
)
"""Behind `not`: a negation that takes nothing from the certificate."""
_REMARK = re.compile(rf"(?:(?:this|the|its) )?(?:(?:{THING}) )?(?:{_LINK} )*(?P<said>{BAD}){_TAIL}", re.IGNORECASE)
_BETWEEN = r"(?:yet |been |being |be |a |an |the |in |to |for |any |of )*"
_NEGATED = re.compile(
    rf"(?:N(?:ot|OT)|(?i:(?:this |the )?{PAPER} (?:{_LINK} )*not|(?:this|it) is not)) "
    rf"(?i:(?!{_BETWEEN}{_HARMLESS}\b){_BETWEEN}[\w-]+(?: [\w-]+){{0,2}}{_TAIL})"
)
_FOR = re.compile(
    rf"(?:this (?:{PAPER} )?is )?(?P<said>for (?:{PURPOSE})(?: purposes?| use)?(?: only)?){_TAIL}", re.IGNORECASE
)
_PARTS = re.compile(r"\s+[-\u2013\u2014|/]+\s+|[.;:!]+(?:\s+|$)|[()\[\]{}*_<>|]+")
"""Parts what a line says one behind the other, as in `DEPRECATED - see issue 3` and `Rev. A (draft)`."""
_LABEL = re.compile(rf"^[^:]*\b{PAPER}\s*:\s*(?=\S)", re.IGNORECASE)
"""`Legacy version: 1.0` states something."""
_ANSWERED = re.compile(r"^(?P<asked>[^:]{3,60}):\s*\S")
"""`Not used: pins 3, 4`; what was asked is no remark."""
_CAPITALS = re.compile(r"STOP|HOLD|NULL|STOPPED|BETA|DEAD")
"""Stamps that are words of a table's cells in small letters."""
_RUNNING = 8
"""Words of a line that goes on below."""
_WORDS = 12
"""Of a line that holds remarks and no running text."""
_DENIED = re.compile(r"(?:^|[\s(:])(?:no|none|n/?a|nil|never|nothing|0|-)\W*$", re.IGNORECASE)
"""A line that ends so asks for such things, and says that there are none."""
_AWAITED = re.compile(
    rf"(?:{PAPER} )?(?P<said>(?:pending|awaiting)\b(?: (?!the terms\b)\w+){{0,4}}? (?:{NOUN}|(?:counter-?)?signature)\b"
    r"|subject to\b(?: \w+){0,3}? (?:approval|decision|vote|ratification|acceptance|confirmation|change)\b)" + _TAIL,
    re.IGNORECASE,
)
_TOLD = re.compile(
    r"\b(?P<said>no rights? (?:may|can|shall) be (?:derived|claimed|inferred)|(?:has|have|having|carries|of) no "
    r"(?:official|formal|legal|contractual) (?:status|standing|value|meaning|significance)"
    r"|(?:no|without(?: any)?) (?:official|formal|legal|contractual) (?:status|standing|value)"
    r"|no longer (?:recogni[sz]e[sd]?|endorse[sd]?|accepts?|certif(?:y|ies)|lists|acknowledges?|honou?rs?"
    r"|stands? behind)"
    rf"|(?:issue|version|edition|revision) [0-9a-z.]{{1,4}} (?:of this {PAPER} )?(?:exists"
    rf"|is (?:now )?(?:available|current"
    r"|in force|valid)|has (?:been issued|come out|replaced))"
    rf"|(?:latest|newest|current) (?:issue|version|edition|revision) (?:of this {PAPER} )?is (?:issue|version|edition"
    r"|revision|no\.?)? ?[0-9]+"
    rf"|there is an? (?:newer|later|more recent|corrected|revised|updated) {PAPER}"
    r"|found to be (?:forged|false|invalid|counterfeit|wrong|untrue|incorrect)|validity (?:has |had |was |is )?(?:ended"
    r"|lapsed|expired|ceased|withdrawn|suspended|over)"
    rf"|(?:(?:photo|scanned )?cop(?:y|ies)|scan|print|reprint) of an? (?:\w+ )?(?:draft|invalid|void|withdrawn"
    rf"|cancelled"
    r"|expired|superseded)|(?:was|were|has been|have been|is|are) (?:never|not) (?:tested|assessed|evaluated|certified"
    rf"|approved|issued|checked|verified)|(?:this|the) {PAPER} (?:and \w+ )?may (?:still )?change|is a (?:working"
    r"|provisional|preliminary|draft|discussion|test|training) (?:document|paper|copy|draft|version)|is test data"
    r"|(?:contents?|values?|details|text) may (?:still )?change (?:before|until|prior to) (?:issue|release"
    r"|publication))\b",
    re.IGNORECASE,
)
_IF = re.compile(
    r"\b(?:if|unless|when|where|once|may|can|must|shall|will|would|any|no|not|never|without|whether|nor|or|every|each"
    r"|after|until|provided|in case|which|that)\b[^.;]*$",
    re.IGNORECASE,
)
"""Before such words: they are conditional, denied or of all certificates."""


def caveats(text: str) -> Iterator[str]:
    """Find what a page's text says of its paper in these ways, as printed.

    Args:
        text: of one page.
    """
    running = False
    for line in map(closed, text.splitlines()):
        count = len(line.split())
        if count <= _WORDS and not _DENIED.search(line) and not (running and line[:1].islower()):
            yield from _remarks(_LABEL.sub("", line))
        for told in _TOLD.finditer(line):
            if not _IF.search(line[: told.start()]):
                yield told["said"]
        running = count >= _RUNNING and line[-1:].islower()


def _remarks(line: str) -> Iterator[str]:
    asked = _ANSWERED.match(line)
    for part in map(str.strip, _PARTS.split(line)):
        if asked and part == asked["asked"].strip():
            continue
        remark = next((match for kind in _KINDS if (match := kind.fullmatch(part))), None)
        if remark is not None:
            yield remark.groupdict().get("said") or part
        elif _CAPITALS.fullmatch(part):
            yield part


_KINDS = (_REMARK, _AWAITED, _FOR, _NEGATED)
