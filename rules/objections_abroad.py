"""Knows a mail's objections in the languages that meter makers write, and texts in a language that nobody here reads.

Sentences are compared without accents and in small letters. A language's words count in a sentence that is not plainly
English, for `test` or `provisional` are words of several. The stems are few and wide: what they hit a person reads.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from rules.patterns import Phrases, words_of

_GERMAN = (
    r"\bnicht\b(?! zoger)|\bkeine(?:n|s)? (?:bearbeit|veroffentlich|freigab|eintrag)|\bnoch kein"
    r"|\berst (?:nach|wenn|am|ab)\b"
    r"|\b(?:abwart|wart(?:en|et)?\b|zuruck(?:stell|zieh|gezog|gestell|halt)|ignorier|losch|verwerf|storn"
    r"|anhalt|aussetz"
    r"|pausier|entwurf|entwurfe|vorlaufig|vorab|falsch|fehler|veralt|abgelauf|widerruf|ersetzt|ersetzen|uberholt"
    r"|irrtum|versehen|test(?:weise|mail|lauf)|probe|korrigier|korrektur|geander|anderung|stattdess"
    r"|ungultig|unvollstandig|rucksprach|rucksprech|bevor\b|zunachst|abstimm"
    r"|nachgereicht|nachreich|muster|ubung|unklar|unsicher|entfern|stopp|halt\b)\w*"
    r"|\b(?:jetzt|nun|inzwischen|mittlerweile|nunmehr)\b|\b(?:alte[nrs]?|vorherige[nrs]?|fruhere[nrs]?) "
    r"|\bzieh\w* [^.]{0,60}"
    r"\bzuruck\b"
    r"|\b(?:halt|stell)\w* [^.]{0,60}\bzuruck\b|\bstimm\w* [^.]{0,60}\bab\b|\bbis wir\b"
    r"|\b(?:das|der|die) (?:alte|vorherige|fruhere)\b|\bfolgt\b|\bzur (?:information|kenntnis|ansicht"
    r"|prufung|vorprufung)\b"
)
_FRENCH = (
    r"\b(?:ne |n')(?!hesit|manqu)[^.]{0,40}?\b(?:pas|plus|jamais|aucun|rien|que)\b|\bpas (?:encore|avant"
    r"|tout de suite|definiti)"
    r"|\bne pas\b(?! hesit)|\b(?:attendez|attendre|patient|suspend|retir|annul|ignor|supprim|report|remplac"
    r"|corrig|correct"
    r"|modifi|brouillon|provisoire|projet|ebauche|erron|erreur|perime|expire|revoqu|obsolete|invalide|faux\b|fausse"
    r"|ancien|precedent|desormais|maintenant|suivra|incomplet|uniquement|seulement|stopp|arret)\w*"
    r"|\ben attente (?!de votre)|\battendons\b(?! (?:votre|vos|avec))|\baccord (?:du|de la|des|d')"
    r"|\bpour (?:information|essai|avis|test)\b"
)
_ITALIAN = (
    r"\bnon (?!esit)|\b(?:attendere|attenda|aspett|sospend|ritir|annull|ignor|elimin|cancell|rimuov|rimozion|sostitu"
    r"|corregg|corrett|modific|bozza|provvisori|errat|errore|sbagliat|scadut|revocat|obsolet|vecchi|precedent|adesso"
    r"|riemess|riemiss|riemett|ormai|seguira|incomplet|soltanto|fermar)\w*|\bora (?:e|sono)\b"
    r"|\bin attesa di (?!un |vostr|cortes"
    r"|riscontr|suo|sua)"
    r"|\bprima (?:del|di)\b|\bper (?:prova|conoscenza|test)\b"
)
_SPANISH = (
    r"\bno (?:se |lo |la |los |las |nos )?(?!dud)"
    r"(?:proces|publi|trat|apru|incluy|autori|gestion|consider|aprob|registr|acept|tram|us|es"
    r"|esta|son|deb|ha)"
    r"|\b(?:todavia|aun) no\b|\b(?:esper(?:en?|ar)|suspend|retir|anul|ignor|elimin|borr|reemplaz|sustitu|corrig|correg"
    r"|modific|borrador|provisional|erron|equivocad|error|caducad|vencid|revocad|obsolet|antigu|anterior|ahora|seguira"
    r"|incomplet|solamente|deteng)\w*|\ben espera(?! de su)|\bfaltan?\b(?! menos)|\bantes del?\b|\bprueba\b"
)
_PORTUGUESE = (
    r"\bnao (?!hesit)|\b(?:aguardem?\b|suspend|retir|anul|ignor|elimin|apag|substitu|corrij|corrig|modific|rascunho"
    r"|provisori|errad|erro\b|expirad|vencid|revogad|obsolet|antig|anterior|agora|incomplet|somente"
    r"|apenas)\w*|\bainda\b"
)
_DUTCH = (
    r"\bniet\b(?! aarzel)|\bnog geen\b|\b(?:wacht|aanhoud|uitstel|uitgesteld|intrek|ingetrok|negeer|neger|verwijder"
    r"|vervang|concept|voorlopig|verkeerd|verouder|verlop|oude\b|vorige\b|inmiddels|fout|gewijzigd"
    r"|onvolledig|alleen\b)\w*"
    r"|\b(?:is|zijn) nu\b|\bvolgt\b|\bter (?:info|kennis)"
)
_POLISH = (
    r"\bnie\b|\b(?:wstrzym|poczek|zaczek|zignor|ignor|usun|wycof|szkic|robocz|tymczas|wstepn|nieaktual|bledn|pomylk"
    r"|zmieni|zastap|uniewa|anul|przetermin|niewazn|blad\b|stary|stara|stare|teraz|tylko|popraw)\w*"
)
_NORDIC = (
    r"\b(?:inte|ikke|ikkje|endast|kun|nu\b|na er)\b|\b(?:vanta?|vent|vente|avvakta|avvent)\b|\b(?:utkast"
    r"|udkast|forelopig"
    r"|forelobig|preliminar|gammal|gaml[ae]|tillbakadrag|tilbaketrek|tilbagetr|ersatt|erstatt|ignorer"
    r"|felaktig|feil|forkert"
    r"|andra[dt]|endret|aendret|makuler|ta bort|slett|slet)\w*"
)
_CHINESE = re.compile(
    "不要|请勿|請勿|切勿|勿|暂不|暂停|暂缓|暂时|暫|先不|先别|别(?!的|人)|未(?!来|來)|不(?:予|能|可|应|應|得"
    "|是|符|一致|正确|正確|对|對|再|用|必|算)"
    "|忽略|无视|撤[回销銷]|删除|刪除|移除|取消|作废|作廢|草稿|草案|初稿|旧|舊|过期|過期|失效|无效|無效|吊销"
    "|吊銷|错|錯|有误|有誤|更正|改为|改為"
    "|更新[为為至到]|已(?:更新|更改|改|变更|變更|替换|替換|撤|换|換)|[现現](?:在|已|为|為)|替换|替換|等待"
    "|等[到我]|稍[后後]|随后|补[发交]"
    "|测试(?:邮件|提交|用)|測試(?:郵件|提交|用)|仅供|僅供|临时|臨時|停止|只(?:是|需|能)"
)
_JAPANESE = re.compile(
    "ないで|しない|ません(?!か)|保留|(?<!お)待(?:って|ち|つ)|下書き|草案|ドラフト|仮|旧|古い|取り?消|撤回"
    "|削除|無視|無効|期限切れ|誤|間違|訂正"
    "|変更|差し替|未(?!来)|まだ|中止|停止|テスト(?:送信|メール)|現在は|なりました"
)
_KOREAN = re.compile(
    "마세요|말아|마십시오|마시기|않|보류|대기|기다려 주|초안|임시|구버전|이전 |취소|철회|삭제|무시|만료"
    "|폐기|오류|잘못|수정|변경|교체|아직|테스트|중지|예전"
)
_STEMS = Phrases(
    _GERMAN,
    _FRENCH,
    _ITALIAN,
    _SPANISH,
    _PORTUGUESE,
    _DUTCH,
    _POLISH,
    _NORDIC,
)
_HAN, _KANA, _HANGUL = re.compile("[\u4e00-\u9fff]"), re.compile("[\u3040-\u30ff]"), re.compile("[\uac00-\ud7af]")

_SMALL: Sequence[frozenset[str]] = tuple(
    frozenset(words.split())
    for words in (
        (
            "the a an of and for this that is are to in by with has have been was be on at under as from it"
            " which please you we"
            " our my your i find attached enclosed thanks thank regards dear hello hi all see best kind"
            " hereby here not no"
            " do if or will can would should team yours sincerely faithfully note sent form certificate"
            " certificates submission"
        ),
        (
            "der die das und ist sind wir ich sie in im mit von zu den dem des ein eine bitte anbei anhang"
            " hallo guten tag"
            " sehr geehrte damen herren danke vielen dank grusse grussen freundlichen nicht noch fur auf"
            " als auch es unsere"
        ),
        (
            "le la les de des du et est sont nous je vous dans en un une pour sur avec ci-joint ci joint bonjour merci"
            " cordialement veuillez trouver pas au aux par que qui notre madame monsieur"
        ),
        (
            "il lo la i gli le di del della e sono noi in un una per con su da non si che allegato allegati buongiorno"
            " grazie cordiali saluti gentile nostro nostra questa questo"
        ),
        (
            "el la los las de del y es son nosotros en un una por para con su no se que adjunto adjuntos hola gracias"
            " saludos estimados buenos dias nuestro esta este"
        ),
        (
            "o a os as de do da dos das e sao em um uma por para com nao se que anexo ola obrigado obrigada"
            " cumprimentos"
            " segue bom dia nosso nossa"
        ),
        (
            "de het een en is zijn wij ik u in op met van te voor bijlage bijgaand hallo beste geachte dank"
            " bedankt groet"
            " groeten vriendelijke niet nog dit dat onze"
        ),
        "w z i na do jest sa nie sie to o za po zalaczeniu zalaczniku prosze dziekuje pozdrawiam dzien dobry nasz",
        (
            "och og att at ar er vi jag jeg du ni i pa med av af for til till en et ett den det bifogat"
            " vedlagt vedhaeftet"
            " hej hei tack takk tak halsningar hilsen vanliga inte ikke"
        ),
    )
)
_LETTERS_ALONE = re.compile(r"[^\W\d_]{2,}")
"""No letter alone, nor letters within a code."""
_FEWEST, _WORDS_A_SMALL_ONE = 4, 10
_SHORT = 6
"""Words with a small letter of a text that may be names and things alone."""
_LETTERS = 3


def foreign_objection(sentence: str) -> bool:
    """Tell whether a sentence that is not plainly English objects in its own language."""
    if not sentence.isascii():
        if _HANGUL.search(sentence):
            return _KOREAN.search(sentence) is not None
        if _KANA.search(sentence):
            return _JAPANESE.search(sentence) is not None
        if _HAN.search(sentence):
            return _CHINESE.search(sentence) is not None
    plain = _folded(sentence)
    if not _STEMS.in_(plain):
        return False
    counts = _counts(_words(plain))
    return counts[0] <= max(counts[1:])


def is_plainly_english(text: str) -> bool:
    """Tell whether a text has more of the small words of English than of any other language."""
    counts = _counts(_words(_folded(text)))
    return counts[0] > max(counts[1:])


def is_in_no_language(text: str) -> bool:
    """Tell whether a text has no small word of any language that is known here."""
    return not any(_counts(_words(_folded(text))))


def is_known_language(text: str) -> bool:
    """Tell whether a text is of a language whose objections are known; a few words and things are of any.

    Args:
        text: a mail's own words.
    """
    plain = text if text.isascii() else "".join(filter(str.isalpha, text))  # dashes and pictures are of any language
    if not plain.isascii() and _unknown_letters(text) >= _LETTERS:
        return False
    words = _words(_folded(text))
    named = sum(word[0].isupper() for word in _words(text)) if not text.isupper() else 0
    if not words or (len(words) - named < _SHORT and plain.isascii()):
        return True
    if _HAN.search(text) or _KANA.search(text) or _HANGUL.search(text):
        return True
    return max(_counts(words)) >= min(_FEWEST, 1 + len(words) // _WORDS_A_SMALL_ONE)


def _words(text: str) -> list[str]:
    if text.isascii():
        return [word for word in words_of(text) if len(word) > 1 and word.isalpha()]
    return [word for word in words_of(text) if _LETTERS_ALONE.fullmatch(word)]


def _counts(words: Sequence[str]) -> list[int]:
    """How many different small words of each language there are, English first."""
    different = frozenset(words)
    return [len(different & small) for small in _SMALL]


def _folded(text: str) -> str:
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text.replace("ß", "ss").replace("ł", "l").replace("ø", "o"))
    return "".join(c for c in plain if not unicodedata.combining(c)).casefold()


def _unknown_letters(text: str) -> int:
    """How many letters of the text are of no writing that is known here."""
    return sum(text.count(letter) for letter in set(text) if letter.isalpha() and not _is_known_letter(letter))


def _is_known_letter(letter: str) -> bool:
    name = unicodedata.name(letter, "")
    return name.startswith(
        (
            "LATIN",
            "CJK",
            "HIRAGANA",
            "KATAKANA",
            "HANGUL",
            "FULLWIDTH LATIN",
            "MICRO",
            "FEMININE",
            "MASCULINE",
            "IDEOGRAPHIC",
        )
    )
