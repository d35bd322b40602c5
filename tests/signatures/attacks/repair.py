"""Malicious repair: a package that Office mends before it shows it, into something that nobody signed.

And packages that two readers would follow to different parts without any repair.
"""

from __future__ import annotations

from signatures.attacks.parts import (
    FORMAT,
    HASH,
    MC,
    PARTIAL,
    Case,
    Parts,
    added,
    all_of,
    gone,
    in_root,
    in_types,
    moved,
    swapped,
)
from signatures.signer import ORIGIN, ORIGIN_RELS, RELS_TYPE, ROOT, SIG, SIG_TYPE, TYPES, related, typed
from signatures.workbooks import BOOK, BOOK_RELS, OFFICE, SHEET, SHEET_RELS, XL

_MAIN = f"{XL}.sheet.main+xml"
_CHOICE = f'<mc:AlternateContent xmlns:mc="{MC}"><mc:Choice Requires="x"><a/></mc:Choice></mc:AlternateContent>'


def _second_workbook(parts: Parts) -> None:
    parts["xl/workbook2.xml"] = parts[BOOK]
    typed(parts, "xl/workbook2.xml", _MAIN)


def _first_relation(parts: Parts) -> None:
    """Another main document in front of the signed one."""
    _second_workbook(parts)
    entry = f'<Relationship Id="rId0" Type="{OFFICE}/officeDocument" Target="xl/workbook2.xml"/><Relationship '
    parts[ROOT] = parts[ROOT].replace(b"<Relationship ", entry.encode(), 1)


def _last_relation(parts: Parts) -> None:
    _second_workbook(parts)
    related(parts, ROOT, "rId9", f"{OFFICE}/officeDocument", "xl/workbook2.xml")


def _strict_relation(parts: Parts) -> None:
    """A second main document in the words of the strict standard."""
    _second_workbook(parts)
    related(
        parts,
        ROOT,
        "rId9",
        "http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument",
        "xl/workbook2.xml",
    )


def _same_id(parts: Parts) -> None:
    """A second relationship under a signed one's Id."""
    related(parts, BOOK_RELS, "rId1", f"{OFFICE}/worksheet", "worksheets/sheet9.xml")
    parts["xl/worksheets/sheet9.xml"] = parts[SHEET]
    typed(parts, "xl/worksheets/sheet9.xml", f"{XL}.worksheet+xml")


def _encoded(name: str, encoding: str) -> Case:
    def change(parts: Parts) -> None:
        text = parts[name].decode()
        parts[name] = text.replace("UTF-8", encoding).encode(encoding)

    return FORMAT, change


def _doctype(name: str) -> Case:
    def change(parts: Parts) -> None:
        text = parts[name].decode()
        head, mark, rest = text.partition("?>") if text.startswith("<?xml") else ("", "", text)
        parts[name] = f'{head}{mark}<!DOCTYPE a [<!ENTITY b "c">]>{rest}'.encode()

    return FORMAT, change


REPAIR: dict[str, Case] = {
    "a second main document in front": (FORMAT, _first_relation),
    "a second main document behind": (FORMAT, _last_relation),
    "a second main document in strict words": (FORMAT, _strict_relation),
    "a second main document that nothing leads to": (FORMAT, _second_workbook),
    "a relationship's Id twice": (FORMAT, _same_id),
    "a content type twice": (
        FORMAT,
        in_types("</Types>", f'<Override PartName="/{SHEET}" ContentType="{XL}.chartsheet+xml"/></Types>'),
    ),
    "a content type twice in other letters": (
        FORMAT,
        in_types("</Types>", f'<Override PartName="/{SHEET.upper()}" ContentType="{XL}.chartsheet+xml"/></Types>'),
    ),
    "a content type for the content types": (
        FORMAT,
        in_types("</Types>", f'<Override PartName="/{TYPES}" ContentType="{XL}.sharedStrings+xml"/></Types>'),
    ),
    "a default content type twice": (
        FORMAT,
        in_types("</Types>", '<Default Extension="XML" ContentType="text/xml"/></Types>'),
    ),
    "a part without a content type": (FORMAT, added("xl/unknown", b"?")),
    "no content types": (FORMAT, gone(TYPES)),
    "content types in other letters": (FORMAT, moved(TYPES, "[Content_types].xml")),
    "content types that hold something else": (FORMAT, in_types("</Types>", "<Other/></Types>")),
    "content types with text": (FORMAT, in_types("</Types>", "text</Types>")),
    "alternative content types": (FORMAT, in_types("</Types>", f"{_CHOICE}</Types>")),
    "content types with children": (
        FORMAT,
        in_types("</Types>", '<Default Extension="a" ContentType="a/b"><x/></Default></Types>'),
    ),
    "alternative relationships": (FORMAT, swapped(BOOK_RELS, "</Relationships>", f"{_CHOICE}</Relationships>")),
    "ignorable relationships": (
        FORMAT,
        swapped(BOOK_RELS, "<Relationships ", f'<Relationships xmlns:mc="{MC}" mc:Ignorable="x" xmlns:x="urn:x" '),
    ),
    "a relationship with another attribute": (FORMAT, swapped(BOOK_RELS, "<Relationship ", '<Relationship Base="/" ')),
    "relationships with a base": (FORMAT, swapped(BOOK_RELS, "<Relationships ", '<Relationships xml:base="/evil/" ')),
    "text among relationships": (FORMAT, swapped(BOOK_RELS, "</Relationships>", "text</Relationships>")),
    "a comment among relationships": (FORMAT, swapped(BOOK_RELS, "</Relationships>", "<!-- --></Relationships>")),
    "an instruction among relationships": (FORMAT, swapped(ROOT, "</Relationships>", "<?go on?></Relationships>")),
    "an unknown target mode": (FORMAT, in_root('Target="xl/workbook.xml"', 'Target="xl/workbook.xml" TargetMode="X"')),
    "relationships of another type": (
        FORMAT,
        in_types("</Types>", f'<Override PartName="/{BOOK_RELS}" ContentType="application/xml"/></Types>'),
    ),
    "a sheet that is relationships": (FORMAT, in_types(f"{XL}.worksheet+xml", RELS_TYPE)),
    "relationships in UTF-16": _encoded(ROOT, "UTF-16"),
    "a signature in UTF-16": _encoded(SIG, "UTF-16"),
    "content types in UTF-7": (FORMAT, swapped(TYPES, "<Types", '<?xml version="1.0" encoding="UTF-7"?><Types')),
    "XML 1.1": (FORMAT, swapped(SIG, 'version="1.0"', 'version="1.1"')),
    "a document type of content types": _doctype(TYPES),
    "a document type of the signature": _doctype(SIG),
    "properties that are no XML": (PARTIAL, added("docProps/core.xml", b"<cp:coreProperties")),
    "properties that are a workbook": (PARTIAL, lambda parts: parts.update({"docProps/app.xml": parts[BOOK]})),
    "properties with entities": (
        PARTIAL,
        added(
            "docProps/app.xml",
            b'<!DOCTYPE Properties [<!ENTITY a SYSTEM "file:///etc/passwd">]><Properties>&a;</Properties>',
        ),
    ),
    "relationships that are no XML": (FORMAT, swapped(SHEET_RELS, "</Relationships>", "")),
    "a signature of another type": (FORMAT, in_types(f"{SIG_TYPE}-xmlsignature+xml", "application/xml")),
    "an origin of another type": (FORMAT, in_types(f"{SIG_TYPE}-origin", "application/xml")),
    "no origin": (
        FORMAT,
        lambda parts: parts.update(
            {ROOT: parts[ROOT].replace(b"digital-signature/origin", b"digital-signature/other")}
        ),
    ),
    "no relationship to the origin": (
        FORMAT,
        swapped(ROOT, "relationships/digital-signature/origin", "relationships/other"),
    ),
    "an origin that holds something": (FORMAT, added(ORIGIN, b"<a/>")),
    "a relationship without an Id": (FORMAT, swapped(BOOK_RELS, 'Id="rId2"', 'Id=""')),
    "no relationship to the signature": (FORMAT, gone(ORIGIN_RELS)),
    "an origin that leads to nothing": (FORMAT, swapped(ORIGIN_RELS, "sig1.xml", "sig2.xml")),
    "an origin that leads outside": (
        FORMAT,
        swapped(ORIGIN_RELS, 'Target="sig1.xml"', 'Target="https://example.test/sig1.xml" TargetMode="External"'),
    ),
    "an origin that leads to a signature twice": (
        FORMAT,
        lambda parts: related(
            parts,
            ORIGIN_RELS,
            "rId9",
            "http://schemas.openxmlformats.org/package/2006/relationships/digital-signature/signature",
            "sig1.xml",
        ),
    ),
    "a signature that nothing leads to": (
        FORMAT,
        all_of(
            lambda parts: parts.update({"_xmlsignatures/sig2.xml": parts[SIG]}),
            in_types(
                "</Types>",
                f'<Override PartName="/_xmlsignatures/sig2.xml" ContentType="{SIG_TYPE}-xmlsignature+xml"/></Types>',
            ),
        ),
    ),
    "a stray file among the signatures": (FORMAT, added("_xmlsignatures/note.xml", b"<a/>")),
    "two origins": (
        FORMAT,
        lambda parts: related(
            parts,
            ROOT,
            "rId99",
            "http://schemas.openxmlformats.org/package/2006/relationships/digital-signature/origin",
            "_xmlsignatures/origin.sigs",
        ),
    ),
    "a stylesheet with a processing instruction": (
        HASH,
        swapped("xl/styles.xml", "<styleSheet", '<?xml-stylesheet href="a"?><styleSheet'),
    ),
}
