"""Finds the words by which a certificate says until when it is valid, under a label or in a sentence.

ZigBee and DLMS certificates have no end by their schemes, so that their makers' labels for one are nobody's standard:
it is found by its words, in many languages, wherever it stands. Days of other kinds (of issue, of a test) are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from intake.extract.certificate.geometry import BELOW_GAP, EDGE, LINE_GAP, LINE_OVERLAP, ROW
from intake.extract.page.runs import Run, aligned, rounded, shared_height
from rules.days import MONTH_WORDS
from rules.facts import Stated, Where

_MONTH = rf"(?:{'|'.join(sorted(map(re.escape, MONTH_WORDS), key=len, reverse=True))})"
_OF = r"(?:de |d['\u2019]|of )?"
_DAY = (
    rf"(?:[0-9]{{1,2}}(?:st|nd|rd|th|er|\.|º)?[ -]?{_OF}{_MONTH}\.?,?[ -]?{_OF}[0-9]{{2,4}}"
    rf"|{_MONTH}\.? [0-9]{{1,2}}(?:st|nd|rd|th)?,? [0-9]{{4}}|{_MONTH}\.?,? {_OF}[0-9]{{4}}"
    r"|[0-9]{4}\s?[年년]\s?[0-9]{1,2}\s?[月월](?:\s?[0-9]{1,2}\s?[日일])?"
    r"|[0-9]{4}[-/.][0-9]{1,2}(?:[-/.][0-9]{1,2})?|[0-9]{1,2}\s?[-/.]\s?[0-9]{1,2}\s?[-/.]\s?(?:[0-9]{4}|[0-9]{2})"
    r"|[0-9]{1,2}[-/.][0-9]{4}|(?:19|20)[0-9]{2})(?![\w])"
)
_NUMBER = r"(?:[0-9]{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|twelve)(?: ?\([0-9]{1,3}\))?"
_TERM = rf"(?:for )?(?:an? )?(?:period of |term of )?(?:{_NUMBER}|a|an)[ -](?:calendar )?(?:year|month|week|day)s?\b"

_ENDS = (
    # English
    r"valid(?:ity)?[,:]? (?:only )?(?:date |period |ends? |expires? )?"
    r"(?:until|till|to|thr(?:ough|u)|up ?to|ending|before)"
    r"(?: and including| the| end of)*"
    rf"|valid(?:ity)? for(?=\s{_TERM})|valid(?=\W{{1,3}}{_DAY}\s?(?:-|\u2013|to|until))|term(?=\W{{1,3}}{_TERM}|$)"
    r"|(?:certification|certificate|approval) (?:period|term)|period of (?:certification|approval)"
    r"|cease date|exp(?=[:. ])"
    r"|(?:used?|runs?|continues?|remains?|extends?) (?:only )?(?:until|till)"
    r"|valid(?:ity)?(?: period)? from|valid (?:for|during) (?:a |the )?period (?:ending|to|until)"
    r"|(?:period|term|duration|end|limit) of validity"
    r"|validity(?: period| term| date| end| ends| expires| limit)?(?: on)?"
    r"|(?:certificate |certification |approval |licence )?expir(?:y|ation)(?: date| day| on)?"
    r"|(?:date|day) of expir(?:y|ation)|(?:will |shall |is due to |due to )?expire(?:s)?(?: on| at the end of| by| in)?"
    r"|expiring(?: on| in)?|exp\.(?: date)?|(?:end|ending|termination|sunset|lapse) date|date of (?:end|termination)"
    r"|(?:in force|effective|certified|registered|approved|listed|good|applicable|accepted|usable) "
    r"(?:until|till|through|up to)|(?:not|no longer) (?:valid|effective|accepted|in force) (?:after|beyond|from)"
    r"|(?:not|no longer)(?: to)?(?: be)? used? (?:after|beyond)|not after|void after"
    r"|(?:lapse|end|terminate)s? (?:on|at the end of)|ceases? to (?:apply|be valid|be in force|be effective"
    r"|have effect)"
    r" (?:on|after|from|as of|with effect from|by)"
    r"|renew(?:al)?,? (?:is )?(?:due|required|date|by|before)(?: date| on| by| before)?|date of renewal"
    r"|(?:re-?certification|re-?assessment) (?:is |was )?(?:due|required)(?: on| by| before)?|use before|best before"
    # German
    r"|gültig(?:keit|keitsdauer|keitsende)? ?(?:bis|:)(?: zum| einschließlich| ende)*"
    r"|gültigkeits(?:ende|dauer|datum|zeitraum)|ablauf(?:datum| am)?|ablaufend am|(?:läuft|verfällt|erlischt)"
    r"(?: am| zum)?|befristet bis(?: zum)?|gültig vom"
    # French
    r"|val(?:able|ide) (?:jusqu['\u2019]?(?:au|à|en)?|du)|(?:date |fin |durée |limite |date limite |date de fin )"
    r"(?:de |d['\u2019])(?:validité|expiration|échéance)|expir(?:e|ation)(?: le| au)?|échéance"
    # Spanish, Portuguese
    r"|v[áa]lid[oa] (?:hasta|até)(?: el| o)?|(?:fecha |data )(?:de |da )?(?:vencimiento|vencimento|caducidad"
    r"|expiración|validade|validez|expiração)|(?:vence|caduca|expira)(?: el| em| a)?"
    r"|vencimiento|vencimento|vig(?:ente|encia)(?: hasta(?: el)?)?|validade(?: até)?|validez(?: hasta)?"
    # Italian
    r"|valid[oa] fino (?:al?|all['\u2019])|(?:data di )?scadenza|scade (?:il|l['\u2019])|validità(?: fino al)?"
    # Dutch, Polish, Nordic, Czech
    r"|geldig (?:tot|t/m)(?: en met)?|vervaldatum|verloopt op|einddatum|geldigheid(?:sduur)?"
    r"|ważn[yea] do|ważności(?: do)?|(?:data|termin) ważności|wygasa"
    r"|utgångsdatum|giltig(?:t)? till|gyldig (?:til|indtil)|utløpsdato|udløbsdato|platnost do|platný do|voimassa asti"
    # Chinese, Japanese, Korean
    r"|有效期(?:至|限|到|截止|满)*(?:至)?|有效期限|到期日?(?:期)?"
    r"|截止日?期?|失效日期|有効期間|有効期限|유효기간|만료일"
)
_END = re.compile(rf"(?<![\w-])(?:{_ENDS})(?![^\W_\u3000-\ud7ff])", re.IGNORECASE)
_UP_TO = re.compile(
    rf"(?:[\s.\u2026\u00b7_\u2013\u2014-]{{4,}}:?\s*|\W{{0,4}})(?:[^\W\d]+\W{{1,4}}){{0,5}}?(?P<end>{_DAY}|{_TERM})",
    re.IGNORECASE,
)
"""What may stand between the words of an end and its day."""
_RANGE = re.compile(
    rf"\s*(?:to|until|till|through|up to|-|\u2013|\u2014|/|bis(?: zum)?|au|jusqu['\u2019]au|hasta(?: el)?|al"
    rf"|fino al|tot|do|a|até|至|~)\s*(?:and including |the )?(?P<end>{_DAY})",
    re.IGNORECASE,
)
"""Behind a day that begins a period: the day that ends it."""
_BEGINS = re.compile(
    r"\b(?:from|since|starting|starts|as of|effective|ab|vom|von|seit|du|dès|desde|dal|vanaf|od|begins?)\W*$",
    re.IGNORECASE,
)
_OTHERS = re.compile(
    r"\b(?:accredit\w*|laborator\w*|calibrat\w*|insurance|member\w*|invoice|offer|quotation|licen[cs]e fee"
    r"|support|warranty|password|link|url|token|session|battery|report|subscription|standard|edition|replac\w+|supersed\w+|previous"
    r"|earlier|former|formerly|predecessor|old|akkreditier\w*|ersetzt|remplace|reemplaza|sostituisce|vervangt)\b",
    re.IGNORECASE,
)
"""What else has an end of its own, or a certificate's forerunner has had one."""
_ANOTHER = re.compile(
    r"[^\W\d_]{2}[.!?]\s+[^\W\d_]|\b(?:test\w*|issu\w*|manufactur\w*|dated|report|audit\w*|inspect\w*|production|support|deliver\w*|assess\w*"
    r"|ausgestellt|prüf\w*|délivr\w*|emi\w*|uitgegeven|wydan\w*)\b",
    re.IGNORECASE,
)
"""Between the words of an end and a day: another sentence, or the day of something else."""
_TURNED = re.compile(
    rf"\b(?:bis(?: zum)?|until|jusqu['\u2019]au|hasta el|fino al|tot(?: en met)?|do|t\.o\.m\.) (?P<end>{_DAY})"
    r" (?:\w+ ){0,2}?(?:gültig|valid|valable|valide|válid[oa]|valid[oa]|geldig|ważn[yea]|giltigt?|gyldig)\b",
    re.IGNORECASE,
)
"""`bis zum 14.03.2025 gültig`."""
_DENIED = re.compile(r"\b(?:not|never|no|without|nor|kein(?:e|en)?|sans|sin|senza|geen) (?:\w+ )?$", re.IGNORECASE)
_SENTENCE = re.compile(r"[.;!?](?=\s)")
_REACH = 48
"""Characters behind the words of an end within which its day begins."""
_MOST_LINES = 4
_MOST_HEADS = 200
_HYPHENS = re.compile(r"(?<=[^\W\d])-(?=[^\W\d])")


def stated_ends(name: str, speaking: Sequence[Run], runs: Sequence[Run]) -> Iterator[Stated]:
    """Give each day, or term, at whose end the certificate says it ends.

    Args:
        name: the document's, for the places.
        speaking: the pieces of its text that may speak of an end; `endings` says which.
        runs: all its text in pieces.
    """
    for run in _heads(speaking, runs):
        stated = next(_stated(name, run, runs), None)
        if stated is not None:
            yield stated


def _heads(speaking: Sequence[Run], runs: Sequence[Run]) -> list[Run]:
    """The pieces of text that may speak of an end, and those above them in whose cell they may go on."""
    newest = list(speaking[:_MOST_HEADS])
    heads = list(newest)
    for _ in range(_MOST_LINES - 1):
        newest = [run for run in runs if any(run.page == head.page and _goes_on_in(run, head) for head in newest)]
        heads += newest
    return heads


def _stated(name: str, run: Run, runs: Sequence[Run]) -> Iterator[Stated]:
    lines = _cell(run, runs)
    text = _HYPHENS.sub(" ", " ".join(line.text for line in lines))
    for match in _END.finditer(text):
        if _speaks_of_no_end(text[: match.start()]):
            continue
        for day_text, place in _onward(lines, text, match, runs):
            day = _day_in(day_text, len(match[0]))
            if day is not None:
                yield Stated(day, Where(name, page=run.page, box=rounded(place.shown)))
                break
    turned = _TURNED.search(run.text)
    if turned is not None and not _speaks_of_no_end(run.text[: turned.start()]):
        yield Stated(turned["end"], Where(name, page=run.page, box=rounded(run.shown)))


def _speaks_of_no_end(before: str) -> bool:
    """Whether the words deny an end, or speak of another thing's, or of a certificate that this one replaced."""
    sentence = _SENTENCE.split(before)[-1]
    return _OTHERS.search(sentence) is not None or _DENIED.search(sentence) is not None


def _cell(run: Run, runs: Sequence[Run]) -> list[Run]:
    """The lines of a cell or a paragraph from this one on."""
    lines = [run]
    while len(lines) < _MOST_LINES:
        last = lines[-1]
        below = [other for other in runs if other.page == run.page and _goes_on_in(last, other)]
        if not below:
            break
        lines.append(max(below, key=lambda other: other.box[3]))
    return lines


def _goes_on_in(run: Run, other: Run) -> bool:
    gap = run.box[1] - other.box[3]
    near = -LINE_OVERLAP * run.height < gap < LINE_GAP * run.height and other.box[1] < run.box[1]
    return near and aligned(run.box, other.box, EDGE)


def _onward(lines: Sequence[Run], text: str, match: re.Match[str], runs: Sequence[Run]) -> Iterator[tuple[str, Run]]:
    """The text from the words of an end on, as far as their line goes, then with what stands beside them or below.

    Each comes with the piece of text in which its day would stand.
    """
    ends: list[int] = []
    for line in lines:
        ends.append((ends[-1] + 1 if ends else 0) + len(line.text))
    at = next(number for number, end in enumerate(ends) if match.end() <= end)
    own = text[match.start() : ends[at]]
    yield own, lines[at]
    if ends[at] - match.end() > _REACH:
        return
    begun = next(number for number, end in enumerate(ends) if match.start() < end)
    beside = _beside(lines[begun : at + 1], runs) or _beside(lines[:begun], runs)
    value = _cell(min(beside, key=lambda other: other.box[0]), runs) if beside else []
    for count in range(1, len(value) + 1):
        yield f"{own} {' '.join(line.text for line in value[:count])}", value[0]
    for number in range(at + 1, len(lines)):
        yield text[match.start() : ends[number]], lines[number]
    below = [] if beside else [other for other in runs if _is_below(lines[at], other)]
    if below:
        nearest = max(below, key=lambda other: other.box[3])
        yield f"{own} {nearest.text}", nearest


def _beside(lines: Sequence[Run], runs: Sequence[Run]) -> list[Run]:
    return [other for line in lines for other in runs if _is_beside(line, other)]


def _is_beside(run: Run, other: Run) -> bool:
    right = other.page == run.page and other.box[0] >= run.box[2] - 1
    return right and shared_height(other.box, run.box) > ROW


def _is_below(run: Run, other: Run) -> bool:
    gap = run.box[1] - other.box[3]
    near = -LINE_OVERLAP * run.height < gap < BELOW_GAP * run.height and other.box[1] < run.box[1]
    overlaps = other.box[0] < run.box[2] and run.box[0] < other.box[2]
    return other.page == run.page and near and overlaps


def _day_in(text: str, begun: int) -> str | None:
    """The day that ends what the text speaks of; None where it has none, or only one that begins it.

    Args:
        text: from the words of an end on.
        begun: how many characters these are.
    """
    match = _UP_TO.match(text, begun, begun + 2 * _REACH)
    if match is None or _ANOTHER.search(text, begun, match.start("end")):
        return None
    until = _RANGE.match(text, match.end("end"))
    if until is not None:
        return until["end"]
    return None if _BEGINS.search(text[: match.start("end")]) else match["end"]
