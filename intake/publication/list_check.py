"""Checks a published list on any machine that has Python: python3 list_check.py FOLDER. It needs nothing but this file.

FOLDER holds what the feed serves: latest.json and the versions' folders. --seen is a latest.json of an earlier day,
which the list must be or go on from; --signer is the signer's certificate or its authority's, had by another way.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import os
import posixpath
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO
from itertools import dropwhile, takewhile, zip_longest
from pathlib import Path
from typing import Any, NoReturn
from xml.etree import ElementTree as ET

NUMBER, STATUS, TYPE, HASH = "Entry.number", "Entry.status", "Device_Type.name", "Manufacturer_Image.hash"
MAKER, FIRMWARE = "Device_Model.manufacturer_identifier", "Device_Model.firmware_version"
HARDWARE = ("Device_Model.hardware_version.version", "Device_Model.hardware_version.revision")
JOINED = ("Device_Model.model_identifier", *HARDWARE)
TOGETHER = "Device_Model.model_identifier_concatenated_with_hardware_version"
SMETS, GBCS = "SMETS_CHTS Version.Version_number_and_effective_date", "GBCS Version.version_number"
PATH, TABS = "Firmware Upgrade Path", ("Central Products List", "CPL - saveable in CSV")
MODEL, WITHOUT_COLONS = (TYPE, MAKER, *JOINED, FIRMWARE), frozenset({MAKER, JOINED[0], FIRMWARE, HASH})
OF_DCC = (NUMBER, STATUS, TYPE, MAKER, *JOINED, TOGETHER, FIRMWARE, SMETS, GBCS, HASH)
OF_HEAD, OF_CHANGES = ("version", "issued", "before", "digest"), ("entry", "field", "before", "after", "why")
OF_INVENTORY = ["device_type", "manufacturer", "model", "firmware_version", "CPLStatus", "effect", "entries"]
TABLES, BESIDE = ("changes.csv", "dcc.csv", "entries.csv", "fir.csv", "inventory.csv"), {"latest.json", "openapi.json"}
FILES = {*TABLES, "changes.json", "dcc.csv-metadata.json", "entries.json", "note.txt", "paths.json"}
OF_PATHS, NOTED = (*MODEL, SMETS, GBCS, HASH, PATH), re.compile(r"SHA-256 of its content\): ([0-9a-f]{64})")
OF_WORKBOOK, ESCAPED = re.compile(r"<vt:lpwstr>([0-9a-f]{64})</vt:lpwstr>"), re.compile("_x([0-9A-Fa-f]{4})_")
STATED = re.compile(r"(?i)\bVersion\s+([0-9]+(?:\.[0-9]+)+)(?:\s+Issued\s+on\s+([0-9]{2}[-/][0-9]{2}[-/][0-9]{4}))?")
OF_FORMULA = re.compile("(?![+-][0-9][0-9 ()]*\\Z)[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")
OF_PATH = re.compile(r"N/A(?: N/A)*|(?!000000)[0-9]{6}(?:[,;\s]\s*(?!000000)[0-9]{6})*")  # of others nobody can tell
Row = dict[str, str]


class Wrong(Exception):  # noqa: N818  # what it says is the answer
    """Something is not as it must be."""


def refuse(what: str) -> NoReturn:
    """Say what is wrong."""
    raise Wrong(what)


def main(arguments: list[str] | None = None) -> int:
    """Check a folder; gives 0 where it holds, 1 where it does not."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("folder", type=Path, help="what the feed serves")
    parser.add_argument("--seen", type=Path, help="a latest.json of an earlier day")
    parser.add_argument("--signer", type=Path, help="a certificate that the workbook's signature must lead to")
    try:
        for line in check(**vars(parser.parse_args(arguments))):
            print(line)  # noqa: T201  # it speaks to whoever runs it
    except Exception as fault:  # noqa: BLE001  # whatever reading a damaged file leads to
        how = "" if isinstance(fault, Wrong) else f"it cannot be read as a published list is, {type(fault).__name__}: "
        print(f"WRONG: {how}{fault}")  # noqa: T201  # likewise
        return 1
    return 0


def check(folder: Path, seen: Path | None, signer: Path | None) -> Iterator[str]:
    """Check everything; gives what was found to hold, a sentence each."""
    latest = read(folder / "latest.json")
    newest = Version(folder / plain(latest["version"]))
    yield from named(newest, latest)
    newest.check()
    if [latest[name] for name in (*newest.head, "count")] != [*newest.head.values(), len(newest.rows)]:
        refuse(f"latest.json says something else of {newest.name} than {newest.name}/entries.json")
    chain = [newest]
    while (before := chain[-1].head["before"]) and (folder / plain(before)).is_dir():
        if before in {version.name for version in chain}:
            refuse(f"{before} comes before itself")
        chain.append(Version(folder / before))
        chain[-1].check()
        follows(chain[-1], chain[-2])
    yield f"{len(chain)} versions say one thing in each of their forms, and each goes on from the one before it."
    yield from of_inventory(chain)
    if seen is not None:
        name, digest = (read(seen)[key] for key in ("version", "digest"))
        if name not in (digests := {version.name: version.head["digest"] for version in chain}):
            refuse(f"the list does not go on from {name}, which you have seen: rolled back, or one between is missing")
        if digests[name] != digest:
            refuse(f"{name} is another list than the {name} that you have seen")
        yield f"The list goes on from {name}, as you have seen it."
    yield f"NOT CHECKED: whether {newest.name}, issued on {newest.head['issued']}, is still the newest."
    yield from signed(newest.folder, signer)


def read(file: Path) -> Any:  # noqa: ANN401  # JSON
    """Read a JSON file, in which no name may stand twice in one place."""

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        if len(dict(pairs)) < len(pairs):
            refuse(f"{file.name} names one thing twice")
        return dict(pairs)

    return json.loads(file.read_text("utf-8"), object_pairs_hook=once)


def plain(name: str) -> str:
    """Give a name that leads nowhere else."""
    if not name or name in {".", ".."} or set(name) & set("/\\:\0"):
        refuse(f"latest.json names {name!r}, which is no file's name")
    return name


def named(newest: Version, latest: dict[str, Any]) -> Iterator[str]:
    """See that the newest version's files are those that latest.json names; published, a copy of it is among them."""
    files = {plain(file["name"]): file for file in latest["files"]}
    for name, file in files.items():
        content = (newest.folder / name).read_bytes()
        if len(content) != file["bytes"] or hashlib.sha256(content).hexdigest() != file["sha256"]:
            refuse(f"{newest.name}/{name} is not the file that latest.json names")
    if lacking := FILES - files.keys():
        refuse(f"latest.json does not name {min(lacking)} of {newest.name}")
    yield f"{len(files)} files of {newest.name} are those that latest.json names."
    outer = {name: file.read_bytes() for name in BESIDE if (file := newest.folder.parent / name).is_file()}
    others = (file for file in newest.folder.iterdir() if {file.name, file.name.removesuffix(".p7s")}.isdisjoint(files))
    if strange := [file.name for file in others if file.name not in outer or file.read_bytes() != outer[file.name]]:
        yield f"NOT CHECKED: latest.json does not name {', '.join(sorted(strange))}."


class Version:
    """One version's files; its entries.csv is what every other is compared with."""

    def __init__(self, folder: Path) -> None:
        """Read its list."""
        self.folder, self.name, told = folder, folder.name, read(folder / "entries.json")
        self.head, self.listed = {name: told[name] for name in OF_HEAD}, told["entries"]
        self.line = f"Version {told['version']} Issued on {'-'.join(reversed(told['issued'].split('-')))}"
        header, *rows = self.table("entries.csv")
        self.columns, self.texts = header[1:], [row[1:] for row in rows]
        if header[0] != "Version" or any(row[0] != self.line for row in rows):
            self.differs("entries.csv", f"does not say “{self.line}” in each row")
        self.rows: list[Row] = [dict(zip(self.columns, texts, strict=True)) for texts in self.texts]
        self.by_number = {row[NUMBER]: row for row in self.rows}

    def table(self, name: str) -> list[list[str]]:
        """Read a CSV file, its header first."""
        return list(csv.reader(StringIO((self.folder / name).read_bytes().decode("utf-8"), newline="")))

    def differs(self, name: str, how: str) -> NoReturn:
        """Say how a file of the version is not as it must be."""
        refuse(f"{self.name}/{name} {how}")

    def same(self, name: str, table_rows: Iterable[Any], wanted: Iterable[Any], than: str = "entries.csv") -> None:
        """See that the rows of a file are those that another makes."""
        for number, (ours, theirs) in enumerate(zip_longest(table_rows, wanted), 1):
            if ours != theirs:
                self.differs(name, f"says something else than {than} in its row {number}")

    def state(self, name: str, found: re.Match[str] | None) -> None:
        """See that a file states the list's digest."""
        if found is None or found[1] != self.head["digest"]:
            self.differs(name, "states another digest of the list than entries.json")

    def told_in(self, name: str) -> Any:  # noqa: ANN401  # JSON
        """Read a JSON file of the version, whose head must be that of entries.json."""
        told = read(self.folder / name)
        if any(told[key] != self.head[key] for key in self.head):
            self.differs(name, "is of another version than entries.json")
        return told

    def check(self) -> None:
        """Compare the version's forms with each other and with its digest."""
        if digest_of([[self.head["version"]], *self.texts]) != self.head["digest"]:
            self.differs("entries.csv", f"does not have the digest that {self.name}/entries.json states")
        if len(self.by_number) < len(self.rows):
            self.differs("entries.csv", "has an entry twice")
        self.same("entries.json", self.listed, map(self.as_listed, self.rows))
        self.same("dcc.csv", self.table("dcc.csv"), self.dcc())
        changes = self.told_in("changes.json")["changes"]
        written = (all_guarded(change[name] or "" for name in OF_CHANGES) for change in changes)
        self.same("changes.csv", self.table("changes.csv"), [list(OF_CHANGES), *written], "changes.json")
        self.check_fir()
        self.check_paths()
        self.state("note.txt", NOTED.search((self.folder / "note.txt").read_text("utf-8")))
        described = read(self.folder / "dcc.csv-metadata.json")["dc:identifier"]
        self.state("dcc.csv-metadata.json", re.fullmatch("sha256:(.*)", described))
        for book in sorted(self.folder.glob("*.xls[xm]")):
            self.check_book(book)

    def as_listed(self, row: Row) -> dict[str, Any]:
        """Give an entry as entries.json has it: what it does not fill is left out."""
        fields = {name: text for name, text in row.items() if text and name not in {NUMBER, STATUS}}
        return {"number": row[NUMBER], "status": row[STATUS], "fields": fields}

    def undone(self) -> list[Row]:
        """Give the list that it came to, as far as its own changes tell; what they add is not there yet."""
        rows = {number: dict(row) for number, row in self.by_number.items()}
        for change in self.told_in("changes.json")["changes"]:
            rows[change["entry"]][change["field"] or "new"] = change["before"]
        return [row for row in rows.values() if "new" not in row]

    def dcc(self) -> Iterator[list[str]]:
        """Give the rows of the DCC's copy, its header first."""
        yield ["Version", *OF_DCC]
        for row in self.rows:
            bare = {name: row[name].replace(":", "") for name in WITHOUT_COLONS}
            bare[TOGETHER] = "".join(row[name] for name in JOINED).replace(":", "")
            yield [self.line, *({**row, **bare}[name] for name in OF_DCC)]

    def check_fir(self) -> None:
        """Compare fir.csv in what the list says, too; which entries it has goes by their type of device."""
        header, *rows = self.table("fir.csv")
        shared = [name for name in header if name in self.columns]
        types = {comparable(TYPE, row[header.index(TYPE)]) for row in rows}
        told = [{**row, PATH: row[PATH].strip() or "not stated"} for row in self.rows]
        texts = ([row[name].strip() for name in shared] for row in told if comparable(TYPE, row[TYPE]) in types)
        self.same("fir.csv", ([row[header.index(name)] for name in shared] for row in rows), map(all_guarded, texts))

    def check_paths(self) -> None:
        """Compare paths.json; the entries of one firmware version share what any states, if that can be told."""
        paths: dict[tuple[str, ...], str] = {}
        for row in self.rows:
            paths[key_of(row)] = f"{paths.get(key_of(row), '')} {row[PATH].strip()}".strip()
        told = self.told_in("paths.json")["entries"]
        ways = [entry.pop("upgradable_from") for entry in told]
        wanted = [self.as_listed({name: row[name] for name in (NUMBER, STATUS, *OF_PATHS)}) for row in self.rows]
        self.same("paths.json", told, wanted)
        for way, row, said in zip(ways, self.rows, [paths[key_of(row)] for row in self.rows], strict=True):
            numbers = {f"{int(number):06}" for number in re.findall("[0-9]+", said)}
            if OF_PATH.fullmatch(said) if way is None else not said or not set(way) <= numbers:
                self.differs("paths.json", f"says something else of the way to entry {row[NUMBER]} than entries.csv")

    def check_book(self, book: Path) -> None:
        """Compare a workbook's two tabs of entries with the list, and its version line."""
        with zipfile.ZipFile(book) as parts:
            self.state(book.name, OF_WORKBOOK.search(parts.read("docProps/custom.xml").decode("utf-8")))
            for tab, (header, *wanted) in zip(TABS, ([self.columns, *self.texts], self.dcc()), strict=True):
                above, table_rows = table_in(parts, tab)
                for line in filter(None, map(STATED.search, above)):
                    if line[1] != self.head["version"] or (line[2] or "").replace("/", "-") not in self.line:
                        self.differs(book.name, f"calls itself “{line[0]}”")
                if lacking := set(header) - table_rows[0].keys() - {PATH, "Version"}:
                    self.differs(book.name, f"has no column {min(lacking)} in its tab '{tab}'")
                made = (dict(zip(header, row, strict=True)) for row in wanted)
                entries = ({name: row[name] for name in row if row[name] and name in table_rows[0]} for row in made)
                self.same(book.name, table_rows[1:], entries, f"entries.csv in its tab '{tab}',")


def digest_of(lines: Sequence[Sequence[str]]) -> str:
    """Digest a list: each line a JSON array of texts, ASCII, without blanks, ended by a line feed."""
    written = "".join(f"{json.dumps(line, separators=(',', ':'))}\n" for line in lines)
    return hashlib.sha256(written.encode("ascii")).hexdigest()


def all_guarded(texts: Iterable[str]) -> list[str]:
    """Give texts as a file for people has them: before what a spreadsheet could take for a formula, an apostrophe."""
    return [f"'{text}" if OF_FORMULA.match(text) else text for text in texts]


def comparable(name: str, text: str) -> str:
    """Give a value in the form in which two are the same: words without their letters' case, codes without colons."""
    seen = " ".join(text.split())
    return seen.casefold() if name == TYPE else seen.replace(":", "").upper()


def key_of(row: Row) -> tuple[str, ...]:
    """Give an entry's Device Model, comparable."""
    return tuple(comparable(name, row[name]) for name in MODEL)


def table_in(parts: zipfile.ZipFile, tab: str) -> tuple[list[str], list[Row]]:
    """Read a tab of entries: the texts above its header, and the header and each row that says anything, by column."""
    if len(set(map(str.casefold, parts.namelist()))) < len(parts.namelist()):
        refuse("the workbook has a part twice")
    main = next(target for kind, target in related(parts, "").values() if kind.endswith("/officeDocument"))
    links = related(parts, main)
    nodes = [node for node in ET.fromstring(parts.read(main)).iter() if node.tag.endswith("}sheet")]  # noqa: S314  # expat bounds what entities may grow to
    sheets = {comparable(TYPE, node.get("name", "")): node for node in nodes}
    _, part = links[next(value for name, value in sheets[tab.casefold()].items() if name.endswith("}id"))]
    texts = [ET.fromstring(parts.read(target)) for kind, target in links.values() if kind.endswith("/sharedStrings")]  # noqa: S314  # likewise
    rows = list(filter(None, rows_in(parts, part, [texts_in(node) for shared in texts for node in shared])))
    above = list(takewhile(lambda row: NUMBER not in row.values(), rows))
    places = {place: " ".join(text.split()) for place, text in next(iter(rows[len(above) :]), {}).items()}
    table_rows = ({places.get(place, place): text for place, text in row.items()} for row in rows[len(above) + 1 :])
    entries = dropwhile(lambda row: not row.get(NUMBER, "").isdigit(), table_rows)
    return [text for row in above for text in row.values()], [{name: name for name in places.values()}, *entries]


def related(parts: zipfile.ZipFile, part: str) -> dict[str, tuple[str, str]]:
    """Read a part's relationships: by their Ids, types and targets."""
    folder, name = posixpath.split(part)
    given = [node.attrib for node in ET.fromstring(parts.read(posixpath.join(folder, f"_rels/{name}.rels")))]  # noqa: S314  # likewise
    return {g["Id"]: (g["Type"], posixpath.normpath(posixpath.join("/", folder, g["Target"]))[1:]) for g in given}


def rows_in(parts: zipfile.ZipFile, part: str, shared: Sequence[str]) -> Iterator[Row]:
    """Yield each row of a tab that says anything: texts by the letters of their column."""
    with parts.open(part) as content:
        for _, node in ET.iterparse(content):  # noqa: S314  # likewise
            if node.tag.endswith("}row"):
                texts = {cell.get("r", "").rstrip("0123456789"): text_of(cell, shared) for cell in node}
                if len(texts) < len(node):
                    refuse(f"the workbook's {part} has a cell twice")
                yield {place: text for place, text in texts.items() if text}
                node.clear()


def text_of(cell: ET.Element, shared: Sequence[str]) -> str:
    """Read a cell; of one that is computed, how."""
    parts = {child.tag.rpartition("}")[2]: child.text or "" for child in cell}
    if cell.get("t") == "inlineStr" or "f" in parts:
        return f"={parts['f']}" if "f" in parts else texts_in(cell)
    return shared[int(parts["v"])] if cell.get("t") == "s" else parts.get("v", "")


def texts_in(node: ET.Element) -> str:
    """Read a text that may be written in pieces."""
    return ESCAPED.sub(lambda m: chr(int(m[1], 16)), "".join(n.text or "" for n in node.iter() if n.tag.endswith("}t")))


def follows(before: Version, after: Version) -> None:
    """See that a version's changes are those, and all of those, that lie between it and the one before."""
    old, new = before.by_number, after.by_number
    if gone := sorted(old.keys() - new.keys()):
        refuse(f"{after.name} leaves out entry {gone[0]}, which {before.name} has; no entry ever goes")
    made = {(number, "", "", row[STATUS]) for number, row in new.items() if number not in old}
    for number, row in old.items():
        values = ((name, row.get(name, ""), new[number].get(name, "")) for name in row.keys() | new[number].keys())
        made |= {(number, *value) for value in values if value[1] != value[2]}
    changes = (change for change in after.told_in("changes.json")["changes"] if change["field"] != "replaced-by")
    told = [(change["entry"], change["field"] or "", change["before"], change["after"]) for change in changes]
    for change in sorted(made.symmetric_difference(told))[:1]:
        how = "does not tell" if change in made else "tells, though it is not so,"
        what = f"{change[1]} of entry {change[0]} has changed" if change[1] else f"entry {change[0]} is new"
        after.differs("changes.json", f"{how} that {what}")
    if len(made) < len(told):
        after.differs("changes.json", "tells a change twice")


def of_inventory(chain: Sequence[Version]) -> Iterator[str]:
    """See that each inventory.csv tells what becomes of Device Models, as far as what was before is known."""
    first = [] if chain[-1].head["before"] else [chain[-1].undone()]
    yield from (f"NOT CHECKED: what {chain[-1].name} changed in a list that has no version." for old in first if old)
    for place, version in enumerate(chain):  # the DCC's inventory goes by an older one where it has rejected the last
        bases, told = [*(older.rows for older in chain[place + 1 :]), *first], version.table("inventory.csv")
        if not any(told == [OF_INVENTORY, *effects(base, version.rows)] for base in bases):
            if first:
                version.differs("inventory.csv", "does not tell what the version changes for Device Models")
            yield f"NOT CHECKED: {version.name}/inventory.csv, which may go by a version that does not lie here."


def effects(before: Iterable[Row], after: Iterable[Row]) -> Iterator[list[str]]:
    """Tell what becomes of each Device Model whose Current entries are others than before."""
    models: dict[tuple[str, ...], tuple[list[Row], list[Row]]] = {}
    for side, rows in enumerate((before, after)):
        for row in rows:
            models.setdefault(key_of(row), ([], []))[side].append(row)
    for _, (old, new) in sorted(models.items()):
        were, are = ({row[NUMBER] for row in rows if comparable(TYPE, row[STATUS]) == "current"} for rows in (old, new))
        still = sorted(are & were or are)
        effect = "suspended" if were else "reinstated" if old else "listed"
        if were and are:
            plural = ("entries", "still list") if len(still) > 1 else ("entry", "still lists")
            effect = f"unchanged because {plural[0]} {', '.join(still)} {plural[1]} it"
        kind, maker, *joined, firmware = ((new or old)[-1][name].strip() for name in MODEL)
        codes = (code.replace(":", "").upper() for code in (maker, "".join(joined), firmware))
        told = (kind, *codes, "Current" if are else "Removed", effect, " ".join(sorted(were ^ are)))
        yield from [all_guarded(told)] if were != are else []


def signed(version: Path, signer: Path | None) -> Iterator[str]:
    """Check the workbook's signature with openssl, which is told to trust nobody but whom the reader named."""
    books = [book for book in sorted(version.glob("*.xls[xm]")) if Path(f"{book}.p7s").is_file()]
    openssl = shutil.which("openssl")
    if signer is None or openssl is None or not books:
        yield "NOT CHECKED: who published it; that takes the workbook's .p7s, --signer, and openssl on the path."
    elif b"-----BEGIN CERTIFICATE" not in signer.read_bytes():
        refuse(f"{signer} holds no certificate in PEM; openssl x509 -inform DER makes one of DER")
    else:
        with tempfile.TemporaryDirectory() as nobody:
            trust = ["-CAfile", str(signer), "-CApath", nobody, "-partial_chain", "-purpose", "any", "-out", os.devnull]
            environment = {**os.environ, "SSL_CERT_DIR": nobody}  # openssl asks a folder of its own besides
            for book in books:
                files = ["-binary", "-inform", "DER", "-in", f"{book}.p7s", "-content", str(book)]
                command = [openssl, "cms", "-verify", *files, *trust]
                done = subprocess.run(command, capture_output=True, check=False, env=environment)  # noqa: S603  # its own files
                if done.returncode:
                    why = b"".join(re.findall(rb"Verify error: *([^\r\n]+)", done.stderr)).decode(errors="replace")
                    refuse(f"{version.name}/{book.name}.p7s is no signature by whom you named, {why or 'of this file'}")
                yield f"{version.name}/{book.name} is signed by whom you named."


if __name__ == "__main__":
    sys.exit(main())
