"""Tells whether a certificate says of itself that it counts no more, not yet, or never did."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from intake.extract.certificate.abroadwords import ABROAD
from intake.extract.certificate.caveatwords import STEMS
from intake.extract.page.spaced import closed_text, scattered
from intake.extract.text.parted import parted, small

_ANY_STATE = re.compile(
    parted(
        r"withdr|revok|rescind|annul|cancel|terminat|suspen|void|invalid|supersed|replac|expired|lapse"
        r"|discontinu|retract"
        r"|recall|obsolete|provisional|preliminary|interim|draft|specimen|sample|outdated|out of date|on hold|\bnot\b"
        r"|no longer|pending|information|uncontrolled|ceased|superced|example|test cert|demonstration|unofficial"
        r"|inactive|null|retired|archived|surrender|reject|refus|deactiv|decertif|de-certif|uncertif|unsigned|revoc"
        r"|template|\bproof\b|dummy|temporary|conditional"
        r"|\bfail|inconclusive|non-?(?:conform|complian)|negative|partial|échec|non conforme"
        r"|reference|illustrat|evaluation|training|progress|revision|status|\bstate\b|\bstato\b|estado|statut|zustand"
        r"|[:?=]\s*(?:no|none|false|never|nein|non)\b|newer|later|recent|instead|forfeit|\blost\b|ended|returned"
        r"|\berror|errat|corrigend|correction|mistake|misprint|wrong"
        r"|incorrect|should|\bdue\b|scheduled|planned|about to|außer kraft|válid|vigente|upphört|indrag|återkall"
        r"|tilbagekald"
        r"|wycofan|unieważ|storn|annul|informa|cancel|nicht|valable|valid[eo]\b|geldig|gyldig|giltig|ancienne"
        r"|(?:under|in) (?:review|appeal|investigation)|no certificate"
        r"|unreleas|not yet|unapprov|unverif|unratif|await|subject to|prior to|to be |\btb[acd]\b|preview|pre-?release"
        r"|pre-?pub|pre-?print|candidate|(?:working|advance|archive|reading|study|old|internal|review|unofficial) \w"
        r"|mock-?up|placeholder|lorem|simulat|fictitious|fictional|invented|proposed|\bfyi\b|discussion|comment"
        r"|\btrial\b"
        r"|\btest(?:ing)? (?:only|purpose)|legal (?:effect|force|standing|valid)|historical|translation|approval"
        r"|by hand|hand-?writ|manual|correct|amend|rectif|alter|chang|overwrit|crossed|struck|\bsic\b|recte"
        r"|\bcorr\b|put right"
        r"|unkontroll|freigegeben|gültigkeit|copie|copia|sans valeur|sin valor|senza valore|de travail"
        r"|prototype|engineering|pre-?(?:production|series|certificate)|\bpilot|development|waiver|deviation|derogation"
        r"|concession|dispensation|exemption|incomplete|unfinished|outstanding|ongoing|on-going|under ?way|overdue"
        r"|interrupted|\bopen\b|\bbasis\b|test print|trial print|(?:final|definitive|full|formal) certificate"
        r"|relinquish|renounc|handed back|g[ai]ven? up|in breach|in default|liquidation|administration|does not|doesn't"
        r"|accompan|conjunction|together with|courtesy|convenience|exhibition|marketing|for display|for internal"
        r"|peru|kumott|mitätön|voimassa|luonnos|visszavon|érvénytel|hatály|felfüggeszt|tervezet|zrušen|neplatn"
        r"|odvolán|pozastav|pozbyl|iptal|geçersiz|ask[i\u0131]ya|trukket|ugyldig|ogiltig|upphäv|inddrag|utraci"
        r"|cofnięt|zawiesz"
        r"|nieważn|uchylon|anulat|retras|revocat|expirat|revogad|suspens|\bsem\b|povučen|opozvan|poništen|tühistat"
        r"|kehtetu|anulēt|atsaukt|panaikint|negalioja|失効|取消|取り消|無効|撤回|注销|註銷|终止|終止|취소|철회|무효|만료|정지|폐지"
        r"|[x*\u2713\u2714\u2717\u2718]\s?[\])]|[\u2611\u2612\u2713\u2714]"
        r"|ungültig|zurückgezogen|widerruf|entwurf|muster|vorläufig|abgelaufen|ausgesetzt|retiré|révoqu|périm"
        r"|provisoire"
        r"|brouillon|spécimen|revocato|ritirato|scaduto|sospeso|bozza|provvisorio|anulado|revocado|retirado|caducado"
        r"|borrador|ongeldig|ingetrokken|verlopen|nieważny"
        r"|作废|作廢|吊销|吊銷|失效|无效|無效|草稿|样本|樣本|撤销|撤銷|过期|過期|暂停|仅供参考"
        r"|declin|denied|disallow|withheld|dispute|litigation|eligible|dissolved|consultation|disown|prohibited|bestanden|abgelehnt|erloschen|refus"
        r"|disapprov|paused|frozen|dormant|de-?list|struck|removed|deleted|taken o|counterfeit|forge"
        r"|fraud|\bfake|deferred|postponed|adjourned|end[- ]of[- ]|prelim|tender|review|pre-?compli|trial|experiment"
        r"|beta"
        r"|(?:valid|force|active|live|current|certified|listed|compliant|conformant|conforms|effective|maintained"
        rf"|usable|accepted|granted)\W+(?:no|n|false|nein|non)\b|{STEMS}"
    )
)
"""A text without any of these in its small letters says nothing of the kind."""
_SPECIMEN = re.compile(r"\bspecimen\W+invented for cpl-intake\b", re.IGNORECASE)
"""What the demonstration's own papers say; they are there to be judged like real ones."""


def standing(pages: Sequence[str], number: str = "", pieces: Iterable[str] = ()) -> str | None:
    """Find the word by which a certificate takes itself back.

    Args:
        pages: each page's text.
        number: the certificate's own number, which tells it from others that the text names.
        pieces: the same text in pieces, each of which stands by itself on its page.

    Returns:
        The word or words as printed; None where there are none.
    """
    drawn_apart = "\n".join(dict.fromkeys(scattered((*pages, *pieces))))
    texts = [_SPECIMEN.sub(" ", text) for text in (*pages, drawn_apart)]
    texts = [text for text in texts if _may_say(small(_by_lines(closed_text(text))))]
    if not texts:
        return None
    # Imported when needed: its patterns take longer to build than most certificates to read.
    from intake.extract.certificate.takenback import taken_back  # noqa: PLC0415  # its patterns take 20 ms to compile

    return taken_back(texts, number)


def _may_say(text: str) -> bool:
    """Whether a text in small letters has a word of the kind; those of other languages need no pattern to be found."""
    return _ANY_STATE.search(text) is not None or any(word in text for word in ABROAD)


def _by_lines(text: str) -> str:
    return "\n".join(map(str.strip, text.splitlines()))
