"""Words of other languages by which a paper calls itself a draft or a specimen, or says that it counts no more.

They stand apart from the patterns that are made of them, which few certificates need. Words that are labels, too, such
as those for a sample that was tested, are not among them.
"""

from __future__ import annotations

ALONE = (
    # Welsh, which has equal standing in Wales
    "drafft", "enghraifft", "sampl", "dros dro", "tystysgrif ddrafft", "tystysgrif dros dro", "dystysgrif dros dro",
    # Dutch, Nordic, Baltic
    "concept", "voorbeeld", "proefdruk", "utkast", "udkast", "eksempel", "kavand", "förslag", "voorlopig certificaat",
    "näidis", "melnraksts", "sagatave", "paraugs", "juodraštis", "pavyzdys", "drög",
    "sýnishorn", "projektas", "projekts", "mustand",
    # Central and southern Europe
    "návrh", "koncept", "vzor", "wzór", "szkic", "minta", "nacrt", "osnutek", "vzorec", "uzorak", "primjer",
    "schiță", "proiect", "esboço", "esborrany", "specimen - nevaží", "rascunho", "em análise", "vencido", "vencida",
    "invalide", "suspendido", "expirado", "minuta", "espécime", "ejemplo",
    "esempio", "taslak", "örnek",
    # other writings
    "черновик", "проект", "образец", "чернетка", "зразок", "проєкт", "нацрт", "πρόχειρο", "προσχέδιο", "σχέδιο",
    "δείγμα", "bản nháp", "bản mẫu", "临时证书", "样品证书", "未批准", "草案",
    "样张", "樣張", "示例", "見本", "下書き", "案", "仮証明書",
    "견본", "초안", "임시 증명서",
    # copies to work with, to look at, to test with
    "arbeitskopie", "arbeitsfassung", "arbeitsexemplar", "vorabzug", "vorabversion", "vorabkopie", "ansichtsexemplar",
    "zur ansicht", "nur zur ansicht", "nur zu testzwecken", "nur zu prüfzwecken", "nur zu schulungszwecken",
    "testzertifikat", "probezertifikat", "probedruck", "prüfexemplar", "muster ohne wert", "gesperrt",
    "zertifikat gesperrt", "caduc", "projet", "projet de certificat", "copie de travail", "épreuve",
    "document provisoire", "sans effet", "copia de trabajo", "documento de trabajo", "sin efecto", "sin validez",
    "copia di lavoro", "nullo", "senza effetto", "cópia de trabalho", "sem efeito", "werkversie", "werkkopie",
    "nicht verwenden", "nicht mehr verwenden", "aufgehoben", "außer betrieb", "ohne rechtswert",
    "kopie ohne rechtswert",
    "ersetzt", "ne pas utiliser", "ne plus utiliser", "remplacé", "remplacée", "no usar", "no utilizar", "sustituido",
    "sustituida", "non utilizzare", "sostituito", "niet gebruiken", "vervangen", "não usar", "não utilizar",
    "substituído", "nie używać", "nie stosować", "zastąpiony", "nepoužívat", "nahrazeno", "brukes ikke",
    "må ikke brukes", "må ikke anvendes", "får ej användas", "får inte användas", "ersatt", "erstattet",
    "ei saa käyttää",
    "proefversie", "conceptversie", "buiten werking", "wersja robocza", "kopia robocza", "wersja próbna", "próbka",
    "pracovní verze", "pracovná verzia", "munkaváltozat", "munkapéldány", "versiune de lucru", "radna verzija",
    "delovna različica", "arbetskopia", "arbetsversion", "utgått", "gäller ej", "arbejdskopi", "utgått dokument",
    "arbeidskopi", "udgået", "työversio", "рабочая версия", "робоча версія", "テスト用", "仅供测试",
)  # fmt: skip
"""Count where they stand by themselves."""
ENDED = (
    # Welsh; its words begin otherwise behind others
    "tynnwyd yn ôl", "thynnu'n ôl", "tynnu'n ôl", "dynnu'n ôl", "hatal", "wedi'i atal", "wedi ei atal",
    "diddymwyd", "ddiddymu", "dirymwyd", "ddirymu", "annilys",
    "wedi dod i ben", "ddisodli", "nid yw'n ddilys",
    # Dutch, Nordic, Baltic
    "geschorst", "geannuleerd", "vervallen", "nietig", "peatatud", "apturēt",
    "atšaukt", "sustabdyt", "nullgild", "upphävd", "annulleret", "mitätöity", "afturköll",
    "ógilt",
    # Central and southern Europe
    "nevaží", "anulowan", "neveljav", "preklican", "razveljavljen", "ukinut", "nevažeć", "suspendován", "hết hiệu lực",
    "thu hồi", "đã hủy", "đình chỉ",
    "отозван", "приостановлен", "аннулирован", "недействител", "анульован", "призупинен", "недійсн",
    "entzogen", "укинут", "неважећ", "ανακλήθηκε", "ανακληθ", "άκυρο", "ακυρο", "αναστολή",
)  # fmt: skip
"""Count anywhere in a line, as beginnings of words."""
ABROAD = (*ALONE, *ENDED, "tynnwyd")
"""All of them, in small letters."""
