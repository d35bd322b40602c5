"""OpenDocument spreadsheets with the form on them, written part by part."""

from __future__ import annotations

from html import escape

from extract import books

from intake.extract.sheet.workbook import read_workbook

_SPACES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
    for short, long in [
        ("office", "office"),
        ("table", "table"),
        ("text", "text"),
        ("style", "style"),
        ("number", "datastyle"),
        ("draw", "drawing"),
        ("fo", "xsl-fo-compatible"),
    ]
)
_CALC = 'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
STYLES = (
    '<number:text-style style:name="N1"/><style:style style:name="ce1" style:data-style-name="N1"/>'
    '<style:style style:name="struck"><style:text-properties style:text-line-through-style="solid"/></style:style>'
    '<style:style style:name="white"><style:text-properties fo:color="#ffffff"/></style:style>'
    '<style:style style:name="tiny"><style:text-properties fo:font-size="1pt"/></style:style>'
    '<style:style style:name="plain"><style:text-properties fo:color="#ffffff" style:text-line-through-style="none"/>'
    '<style:table-cell-properties fo:background-color="#1f3a5f"/></style:style>'
    '<style:style style:name="out" style:family="table"><style:table-properties table:display="false"/></style:style>'
)
TYPE = "application/vnd.oasis.opendocument.spreadsheet"


def text(value: str, attributes: str = "") -> str:
    """A cell with a text, or an empty one."""
    if not value:
        return f"<table:table-cell {attributes}/>"
    lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in value.split("\n"))
    return f'<table:table-cell office:value-type="string" {attributes}>{lines}</table:table-cell>'


def row(*cells: str, attributes: str = "") -> str:
    return f"<table:table-row {attributes}>{''.join(cells)}</table:table-row>"


def rows(values: dict[str, str] | None = None) -> list[str]:
    """The form's rows as XML: five above the header, the header, and the fields of the small form of `books`.

    Args:
        values: the value cell's XML by field, in place of the small form's.
    """
    entry = read_workbook("form.xlsx", books.opened(books.form())).entry
    assert entry is not None
    head = ["Data Group", "Data Attribute", "Notes", "Conditionality rule", "Format", "Valid values"]
    lines = [row(text("Central Products List")), '<table:table-row table:number-rows-repeated="4"/>']
    lines.append(row(*map(text, [*head, "New Entry's Details"])))
    blank = '<table:table-cell table:number-columns-repeated="4"/>'
    for line in entry.rows:
        value = (values or {}).get(line.field, text(line.value, 'table:style-name="ce1"'))
        lines.append(row(text(line.group), text(line.attribute), blank, value))
    return lines


def table(lines: list[str], name: str = "CPL - New Entry", *, columns: str = "", style: str = "in") -> str:
    return f'<table:table table:name="{name}" table:style-name="{style}">{columns}{"".join(lines)}</table:table>'


def content(*tables: str, head: str = "") -> bytes:
    """A content.xml."""
    body = f"<office:body><office:spreadsheet>{''.join(tables)}</office:spreadsheet></office:body>"
    styles = f"<office:automatic-styles>{STYLES}</office:automatic-styles>"
    xml = f"<office:document-content {_SPACES} {_CALC}>{styles}{body}</office:document-content>"
    return (head + xml).encode()


def packed(xml: bytes, **more: bytes) -> bytes:
    """The container."""
    return books.container({"mimetype": TYPE.encode(), "content.xml": xml, **more})


def form(values: dict[str, str] | None = None) -> bytes:
    """The small form as .ods."""
    return packed(content(table(rows(values))))
