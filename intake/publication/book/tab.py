"""Writes a tab's entries anew within all that stands around them; no more of the tab is held than a piece."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import IO

from intake.publication.book.lines import Lines, Look, inline
from intake.publication.book.nodes import Edits, Node, parse
from intake.publication.book.ranges import Growth
from intake.publication.book.unusable import UnusableWorkbookError
from intake.publication.tabs import Values
from intake.register import cells
from intake.register.package import MAX_SMALL, Package
from intake.register.published import header_of, texts_of
from intake.register.unreadable import UnreadableListError
from rules.facts import RegisterEntry
from rules.fields import FormField

_PIECE = 1 << 18
_AT_ONCE = 1000
"""Rows that are packed together."""
_ROOT = re.compile(rb"<((?:[\w.-]+:)?)worksheet\b")
_ATTRIBUTE = re.compile(r"""\s+([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_PASSING = {"r", "spans", "hidden", "collapsed"}
"""Attributes of a row that do not pass to the one that takes its place."""
_GONE = {"hyperlinks": "hyperlink", "mergeCells": "mergeCell"}
"""Lists of what belongs to a cell, which go where the cell's row is written anew."""
_AREAS = {"sqref", "ref"}
_FORMULAS = {"formula", "formula1", "formula2", "f"}


@dataclass(frozen=True, slots=True)
class Known:
    """A row of an entry, as it stood."""

    status: str
    look: Look


@dataclass
class Tab:
    """A tab of entries as it stands in the previous workbook, without their rows."""

    title: str
    part: str
    columns: tuple[str, ...]
    """Its header by the list's own names, from column A; empty where a column has none."""
    first: int
    """The row of the first entry."""
    header: int
    """The row of the header."""
    before: int
    """The row of the last entry; `first` less one where there are none."""
    frame: bytes
    """All of the part but the entries' rows."""
    at: int
    """Where in `frame` they go."""
    prefix: str
    known: dict[str, Known] = field(default_factory=dict)
    """By entry."""
    blank: Look = field(default_factory=Look)
    """How a row looks that has no entry yet."""

    def growth(self, count: int) -> Growth:
        """Tell how the rows grow where so many entries are written."""
        return Growth(self.title, self.first, self.before, self.first + count - 1)

    def rows(self, entries: Sequence[RegisterEntry], values: Values) -> Iterator[bytes]:
        """Write the entries' rows, some at once, each as it looked; a new entry as the last one of its status."""
        named = [at for at, name in enumerate(self.columns, 1) if name]
        lines, looks = Lines(named, self.prefix), dict[str, Look]()
        default, made = next((line.look for line in self.known.values()), self.blank), list[str]()
        for number, entry in enumerate(entries, self.first):
            line = self.known.get(entry.number)
            if line is not None and line.status == entry.status:
                looks[entry.status] = default = line.look
            look = looks.get(entry.status, line.look if line else default)
            made.append(lines.row(number, look, values(entry)))
            if len(made) == _AT_ONCE:
                yield "".join(made).encode("ascii", "xmlcharrefreplace")
                made.clear()
        yield "".join(made).encode("ascii", "xmlcharrefreplace")


class _Kept:
    """A part that is read, and kept as far as it was read."""

    def __init__(self, source: IO[bytes]) -> None:
        self.source, self.read_already = source, bytearray()

    def read(self, size: int) -> bytes:
        piece = self.source.read(size)
        self.read_already += piece
        if len(self.read_already) > MAX_SMALL:
            raise UnusableWorkbookError.endless()
        return piece


def survey(package: Package, title: str, part: str, book: cells.Book) -> Tab:
    """Read where a tab's header and entries stand, and how they look.

    Raises:
        UnusableWorkbookError: it has no header row of the list's columns.
    """
    with package.open(part) as source:
        kept = _Kept(source)
        walk = _Walk(cells.rows(kept, book))  # type: ignore[arg-type]  # all that is asked of it is `read`
        try:
            columns = header_of(walk.texts(), [])
        except UnreadableListError as error:
            raise UnusableWorkbookError.without_header(title, "no header with each column of the list once") from error
        if columns is None:
            raise UnusableWorkbookError.without_header(title, "no header row with the columns of the list")
        header, columns = walk.last.number, _trimmed(columns)
        number = columns.index(FormField.ENTRY_NUMBER)
        first, cut = walk.to_first_entry(number)
        begun = bytes(kept.read_already)
        root = _ROOT.search(begun)
        prefix = root[1] if root else b""
        cut = begun.index(b"</" + prefix + b"sheetData") if cut is None else cut
        scan = _Scan(prefix, number + 1, columns.index(FormField.ENTRY_STATUS) + 1, book, first)
        behind = scan.read(begun[cut:], source)
    frame = begun[:cut] + behind
    return Tab(
        title, part, columns, first, header, scan.last, frame, cut, prefix.decode(), scan.known, scan.blank or Look()
    )


def _trimmed(columns: Sequence[str]) -> tuple[str, ...]:
    last = max(at for at, name in enumerate(columns, 1) if name)
    return tuple(columns[:last])


class _Walk:
    """The rows of a tab as far as its first entry."""

    def __init__(self, rows: Iterator[cells.Row]) -> None:
        self.rows = rows
        self.last = cells.Row(0, 0, ())

    def texts(self) -> Iterator[list[str]]:
        for row in self.rows:
            self.last = row
            yield texts_of(row, Counter())

    def to_first_entry(self, column: int) -> tuple[int, int | None]:
        """Give the first entry's row and its offset; where there is none, of the row behind the last one with a text.

        The offset is None where no row is behind.
        """
        first, cut = self.last.number + 1, None
        behind = False
        for texts in self.texts():
            number = texts[column].strip() if len(texts) > column else ""
            if re.fullmatch("[0-9]{1,6}", number):
                return self.last.number, self.last.offset
            if any(texts):
                first, cut, behind = self.last.number + 1, None, False
            elif not behind:
                cut, behind = self.last.offset, True
        return first, cut


class _Scan:
    """Reads the entries' rows as bytes, for nothing but their numbers and looks.

    What every known program writes is read by plain patterns; what is written otherwise, by ones that are slower.
    """

    def __init__(self, prefix: bytes, number: int, status: int, book: cells.Book, first: int) -> None:
        self.row, self.end = b"<" + prefix + b"row", b"</" + prefix + b"sheetData"
        self.book = book
        self.known: dict[str, Known] = {}
        self.blank: Look | None = None
        """How the first row without an entry looks."""
        self.last = first - 1
        self._at = first - 1
        self._looks: dict[tuple[str, tuple[tuple[bytes, bytes], ...]], Look] = {}
        self._kept: dict[bytes, str] = {}
        self._styled = -1
        cell = b"<" + re.escape(prefix) + b"c"
        self._usual_cell = re.compile(cell + rb' r="([A-Z]+)[0-9]+" s="([0-9]+)"')
        self._cell = re.compile(cell + rb"""(?=\s)(?=[^>]*?\sr=["']([A-Z]+))(?=[^>]*?\ss=["']([0-9]+))""")
        self._texts = tuple(_value_patterns(cell, re.escape(prefix), column) for column in (number, status))

    def read(self, begun: bytes, source: IO[bytes]) -> bytes:
        """Read on to the end of the rows; give what stands behind them."""
        kept = begun
        while self.end not in kept:
            cut = kept.rfind(self.row)
            if cut > 0:
                self._take(kept[:cut])
                kept = kept[cut:]
            piece = source.read(_PIECE)
            if not piece or len(kept) > MAX_SMALL:
                raise UnusableWorkbookError.endless()
            kept += piece
        at = kept.index(self.end)
        self._take(kept[:at])
        return kept[at:] + source.read(MAX_SMALL)

    def _take(self, rows: bytes) -> None:
        for row in rows.split(self.row)[1:]:
            self._one(row)

    def _one(self, row: bytes) -> None:
        tag, _, inside = row.partition(b">")
        number, kept = self._attributes(tag)
        self._at = number or self._at + 1
        entry, status = (self._text(inside, patterns).strip() for patterns in self._texts)
        is_entry = re.fullmatch("[0-9]{1,6}", entry) is not None
        if not is_entry and self.blank is not None:
            return
        look = self._look(kept, inside)
        if is_entry:
            self.last = self._at
            self.known[entry.zfill(6)] = Known(status, look)
        else:
            self.blank = look

    def _attributes(self, tag: bytes) -> tuple[int, str]:
        """The row's number, and what of its attributes passes to the one that takes its place."""
        usual = _USUAL_ROW.match(tag)
        number, rest = (int(usual[1]), usual[2]) if usual is not None else (_number_of(tag), tag)
        kept = self._kept.get(rest)
        if kept is None:
            attributes = {name: a or b for name, a, b in _ATTRIBUTE.findall(rest.decode("utf-8", "replace"))}
            kept = "".join(f' {name}="{value}"' for name, value in attributes.items() if name not in _PASSING)
            if usual is not None:
                self._kept[rest] = kept
        return number, kept

    def _look(self, kept: str, inside: bytes) -> Look:
        styles = self._usual_cell.findall(inside)
        if len(styles) != self._styled and len(styles) < inside.count(b' s="') + inside.count(b" s='"):
            styles = self._cell.findall(inside)
        self._styled = len(styles)
        key = (kept, tuple(styles))
        look = self._looks.get(key)
        if look is None:
            cell_styles = ((cells.column_number(letters.decode()), style.decode()) for letters, style in styles)
            look = self._looks[key] = Look(kept, tuple(cell_styles))
        return look

    def _text(self, inside: bytes, patterns: tuple[re.Pattern[bytes], re.Pattern[bytes]]) -> str:
        usual, any_other = patterns
        match = usual.search(inside)
        if match is None:
            match = any_other.search(inside)
            if match is None:
                return ""
            text = b"".join(_TEXT.findall(match[2])).decode("utf-8", "replace")
        else:
            text = match[2].decode("utf-8", "replace")
        if b't="s"' in match[1] or b"t='s'" in match[1]:
            return self.book.texts[int(text)] if text.isdecimal() and int(text) < len(self.book.texts) else ""
        return text.removesuffix(".0")


def _number_of(tag: bytes) -> int:
    """The row's number; 0 where it states none."""
    stated = {name: a or b for name, a, b in _ATTRIBUTE.findall(tag.decode("utf-8", "replace"))}.get("r", "")
    return int(stated) if stated.isdecimal() else 0


_USUAL_ROW = re.compile(rb' r="([0-9]+)"([^>]*)')
_TEXT = re.compile(rb"<(?:[\w.-]+:)?(?:t|v)(?:\s[^>]*)?>([^<]*)<")


def _value_patterns(cell: bytes, name: bytes, column: int) -> tuple[re.Pattern[bytes], re.Pattern[bytes]]:
    """A cell's tag and what it says: as it is mostly written, and however it may be."""
    letters = cells.column_letters(column).encode()
    inner = b"(?:<" + name + b"is>)?<" + name + b"[tv](?: [^>]*)?>([^<]*)</" + name + b"[tv]>(?:</" + name + b"is>)?</"
    return (
        re.compile(cell + b' r="' + letters + rb'[0-9]+"([^>]*)>' + inner + name + b"c"),
        re.compile(
            cell + rb"""(?=\s)(?=[^>]*?\sr=["']""" + letters + rb"[0-9])([^>]*)(?<!/)>(.*?)</" + name + b"c", re.DOTALL
        ),
    )


def frame(tab: Tab, growth: Growth, line: re.Pattern[str], now: Callable[[re.Match[str]], str], printers: set[str],
          book: cells.Book) -> tuple[bytes, bytes]:  # fmt: skip
    """Change what stands around the entries: the version line, and all that refers to their rows.

    Args:
        tab: as it stands.
        growth: of its rows.
        line: what the version line looks like.
        now: what it says now.
        printers: ids of the relationships to printer settings, which are taken out.
        book: what the cells refer to.

    Returns:
        What stands before the rows and behind them.
    """
    root, edits = parse(tab.frame, tab.part), Edits(tab.frame)
    for cell in root.every("c"):
        _say_version(cell, tab, edits, line, now, book)
    for node in root.children:
        if node.name == "dimension":
            edits.set(node, "ref", _dimension(node.attributes.get("ref", ""), tab, growth))
        elif node.name != "sheetData":
            _follow(node, growth, edits)
    after_codes = re.compile(line.pattern.removeprefix(r"\b"), line.flags)  # "&C" stands before it, without a blank
    for text in (text for footer in root.every("headerFooter") for text in footer.children):
        edits.say(text, after_codes.sub(now, text.text))
    without_printers(root, printers, edits)
    return edits.done(0, tab.at), edits.done(tab.at)


def without_printers(root: Node, printers: Iterable[str], edits: Edits) -> None:
    """Take the ids of printer settings out of a tab, for Excel repairs a tab whose relationship is not there."""
    for node in root.every("pageSetup"):
        for name, value in node.attributes.items():
            if name.endswith(":id") and value in printers:
                edits.unset(node, name)


def _dimension(area: str, tab: Tab, growth: Growth) -> str:
    letters = re.findall("[A-Z]+", area.partition(":")[2] or area)
    last = max(len(tab.columns), cells.column_number(letters[0]) if letters else 0)
    return f"A1:{cells.column_letters(last)}{max(growth.after, tab.first - 1)}"


def _follow(node: Node, growth: Growth, edits: Edits) -> None:
    """Let an element that stands behind the rows, and all in it, follow them."""
    if node.name in _GONE:
        _without_gone(node, growth, edits)
    elif node.name == "autoFilter":
        follow_filter(node, growth, edits)
    elif node.name != "sheetViews":  # what is selected there need not grow
        for name in _AREAS & node.attributes.keys():
            edits.set(node, name, growth.area(node.attributes[name]))
        if node.name == "sqref":
            edits.say(node, growth.area(node.text))
        elif node.name in _FORMULAS and not node.children:
            edits.say(node, growth.formula(node.text, here=True))
        for child in node.children:
            _follow(child, growth, edits)


def _without_gone(node: Node, growth: Growth, edits: Edits) -> None:
    gone = [child for child in node.children if _touches(child.attributes.get("ref", ""), growth.first)]
    if len(gone) == len(node.children):
        edits.drop(node)
        return
    for child in gone:
        edits.drop(child)
    if "count" in node.attributes and gone:
        edits.set(node, "count", str(len(node.children) - len(gone)))


def follow_filter(node: Node, growth: Growth, edits: Edits) -> None:
    """Let a filter follow the rows; what it chose is taken out, as all rows are shown."""
    edits.set(node, "ref", growth.filtered(node.attributes.get("ref", "")))
    for child in node.children:
        if child.name in {"filterColumn", "sortState"}:
            edits.drop(child)


def _touches(area: str, first: int) -> bool:
    rows = re.findall("[0-9]+", area)
    return bool(rows) and int(rows[-1]) >= first


def _say_version(
    cell: Node, tab: Tab, edits: Edits, line: re.Pattern[str], now: Callable[[re.Match[str]], str], book: cells.Book
) -> None:
    row = re.search("[0-9]+", cell.attributes.get("r", ""))
    if row is None or int(row[0]) >= tab.header:
        return
    text = text_of(cell, book)
    stating = line.sub(now, text, count=1)
    if stating != text:
        edits.replace(cell.start, cell.end, text_cell(cell, stating))


def text_of(cell: Node, book: cells.Book) -> str:
    """Give what a cell says, as text."""
    kind = cell.attributes.get("t", "n")
    if kind == "inlineStr":
        texts = [t.text for t in cell.every("t") if t.parent is None or t.parent.name != "rPh"]
        return cells.unescaped("".join(texts))
    value = cell.first("v")
    text = value.text if value else ""
    if kind == "s":
        return book.texts[int(text)] if text.isdecimal() and int(text) < len(book.texts) else ""
    return cells.unescaped(text) if kind == "str" else text


def text_cell(cell: Node, text: str) -> str:
    """Give a cell of this text in the place and the format of another."""
    prefix = cell.tag.removesuffix("c")
    style = f' s="{cell.attributes["s"]}"' if "s" in cell.attributes else ""
    return f'<{cell.tag} r="{cell.attributes.get("r", "")}"{style}{inline(text, prefix)}'
