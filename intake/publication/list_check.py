"""Checks a published list on any machine that has Python: python3 list_check.py FOLDER. It needs nothing but this file.

    python3 list_check.py FOLDER [--seen FILE] [--signer FILE]

FOLDER holds what the feed serves: latest.json, and the folder of each version that you have. --seen is a latest.json
that you kept from an earlier day: the list must be that one, or go on from it by the versions in FOLDER. --signer is
the signer's certificate or its authority's (PEM), as the publisher told you by another way; openssl does the rest.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from io import StringIO
from itertools import zip_longest
from pathlib import Path
from typing import Any, NoReturn

NUMBER, STATUS = "Entry.number", "Entry.status"
NOTED = re.compile(r"SHA-256 of its content\): ([0-9a-f]{64})")
OF_WORKBOOK = re.compile(r"<vt:lpwstr>([0-9a-f]{64})</vt:lpwstr>")

FORBIDDEN = frozenset("/\\:\0")
"""In the name of a file or a version."""

Entries = dict[str, dict[str, str]]


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
    chosen = parser.parse_args(arguments)
    try:
        for line in check(chosen.folder, chosen.seen, chosen.signer):
            print(line)  # noqa: T201  # it speaks to whoever runs it
    except Wrong as fault:
        print(f"WRONG: {fault}")  # noqa: T201  # likewise
        return 1
    except (OSError, LookupError, ValueError, TypeError, AttributeError, csv.Error, zipfile.BadZipFile) as fault:
        print(f"WRONG: this is no list as it is published; it cannot be read ({fault!r})")  # noqa: T201  # likewise
        return 1
    return 0


def check(folder: Path, seen: Path | None, signer: Path | None) -> Iterator[str]:
    """Check everything; gives what was found to hold, a sentence each."""
    latest = json.loads((folder / "latest.json").read_text("utf-8"))
    newest = folder / plain(latest["version"])
    for file in latest["files"]:
        content = (newest / plain(file["name"])).read_bytes()
        if len(content) != file["bytes"] or hashlib.sha256(content).hexdigest() != file["sha256"]:
            refuse(f"{newest.name}/{file['name']} is not the file that latest.json names")
    yield f"{len(latest['files'])} files of {newest.name} are those that latest.json names."
    versions = {newest.name: head_of(newest)}
    if versions[newest.name]["digest"] != latest["digest"] or versions[newest.name]["before"] != latest["before"]:
        refuse(f"latest.json says something else of {newest.name} than {newest.name}/entries.json")
    place = newest
    while (before := versions[place.name]["before"]) and (folder / plain(before)).is_dir():
        if before in versions:
            refuse(f"{before} comes before itself")
        versions[before] = head_of(folder / before)
        follows(folder / before, place)
        place = folder / before
    yield f"{len(versions)} versions say one thing in each of their forms, and each goes on from the one before it."
    if seen is not None:
        yield goes_on(json.loads(seen.read_text("utf-8")), versions)
    yield signed(newest, signer)


def plain(name: str) -> str:
    """Give a name that leads nowhere else."""
    if not name or name in {".", ".."} or set(name) & FORBIDDEN:
        refuse(f"latest.json names {name!r}, which is no file's name")
    return name


def head_of(version: Path) -> dict[str, Any]:
    """Compare the forms of one version with each other and with its digest; gives the head of its entries.json."""
    told = json.loads((version / "entries.json").read_text("utf-8"))
    columns, rows = table(version / "entries.csv")
    lines = [[told["version"]], *rows]
    if digest_of(lines) != told["digest"]:
        refuse(f"{version.name}/entries.csv does not have the digest that {version.name}/entries.json states")
    listed = [[valued(entry).get(column, "") for column in columns] for entry in told["entries"]]
    dcc = list(csv.reader(StringIO((version / "dcc.csv").read_bytes().decode("ascii"), newline="")))[1:]
    place = columns.index(NUMBER)
    nothing: list[str] = []
    for number, texts in enumerate(zip_longest(listed, rows, dcc, fillvalue=nothing), 1):
        if texts[0] != texts[1]:
            refuse(f"{version.name}/entries.json and entries.csv differ in their row {number}")
        if not {*texts[1][place : place + 1]} & {*texts[2]}:
            refuse(f"{version.name}/dcc.csv has another entry than entries.csv in its row {number}")
    for file in ("changes.json", "paths.json"):
        head = json.loads((version / file).read_text("utf-8"))
        if any(head[name] != told[name] for name in ("version", "issued", "before", "digest")):
            refuse(f"{version.name}/{file} is of another version than entries.json")
    for name, digest in stated(version):
        if digest != told["digest"]:
            refuse(f"{version.name}/{name} states another digest of the list than entries.json")
    return {name: told[name] for name in ("version", "before", "digest")}


def valued(entry: dict[str, Any]) -> dict[str, str]:
    """Give an entry's values by column."""
    return {**entry["fields"], NUMBER: entry["number"], STATUS: entry["status"]}


def stated(version: Path) -> Iterator[tuple[str, str | None]]:
    """Yield the list's digest as each of the other forms states it."""
    found_in_note = NOTED.search((version / "note.txt").read_text("utf-8"))
    yield "note.txt", found_in_note[1] if found_in_note else None
    described = json.loads((version / "dcc.csv-metadata.json").read_text("utf-8"))
    yield "dcc.csv-metadata.json", str(described["dc:identifier"]).removeprefix("sha256:")
    for book in version.glob("*.xls[xm]"):
        with zipfile.ZipFile(book) as parts:
            found_in_book = OF_WORKBOOK.search(parts.read("docProps/custom.xml").decode("utf-8"))
        yield book.name, found_in_book[1] if found_in_book else None


def table(file: Path) -> tuple[list[str], list[list[str]]]:
    """Read columns and rows of entries.csv, without the version line in its first column."""
    header, *rows = csv.reader(StringIO(file.read_bytes().decode("utf-8"), newline=""))
    return header[1:], [row[1:] for row in rows]


def digest_of(lines: list[list[str]]) -> str:
    """Digest a list: each line a JSON array of texts, ASCII, without blanks, ended by a line feed."""
    written = "".join(f"{json.dumps(line, separators=(',', ':'))}\n" for line in lines)
    return hashlib.sha256(written.encode("ascii")).hexdigest()


def follows(before: Path, after: Path) -> None:
    """See that a version's changes are those, and all of those, that lie between it and the one before."""
    old, new = entries(before), entries(after)
    gone = sorted(old.keys() - new.keys())
    if gone:
        refuse(f"{after.name} leaves out entry {gone[0]}, which {before.name} has; no entry ever goes")
    told = json.loads((after / "changes.json").read_text("utf-8"))["changes"]
    named = {(change["entry"], change["field"]): (change["before"], change["after"]) for change in told}
    for number, fields in new.items():
        if number not in old:
            if (number, None) not in named:
                refuse(f"{after.name}/changes.json does not tell that entry {number} is new")
            continue
        for field in sorted(fields.keys() | old[number].keys()):
            values = (old[number].get(field, ""), fields.get(field, ""))
            if values[0] != values[1] and named.get((number, field)) != values:
                refuse(f"{after.name}/changes.json does not tell that {field} of entry {number} has changed")


def entries(version: Path) -> Entries:
    """Read entries by number, each with its values by column."""
    columns, rows = table(version / "entries.csv")
    place = columns.index(NUMBER)
    return {row[place]: dict(zip(columns, row, strict=True)) for row in rows}


def goes_on(seen: dict[str, Any], versions: dict[str, dict[str, Any]]) -> str:
    """See that the newest version is the one that was seen, or goes on from it."""
    name = seen["version"]
    if name not in versions:
        refuse(
            f"the list does not go on from {name}, which you have seen: rolled back, or a version between is missing"
        )
    if versions[name]["digest"] != seen["digest"]:
        refuse(f"{name} is another list than the {name} that you have seen")
    return f"The list goes on from {name}, as you have seen it."


def signed(version: Path, signer: Path | None) -> str:
    """Check the workbook's signature with openssl."""
    pairs = [(book, version / f"{book.name}.p7s") for book in version.glob("*.xls[xm]")]
    if signer is None or not any(signature.is_file() for _, signature in pairs):
        return "NOT CHECKED: who published it; that takes the workbook's .p7s and --signer."
    openssl = shutil.which("openssl")
    if openssl is None:
        return "NOT CHECKED: who published it, as openssl is not on the path."
    for book, signature in pairs:
        command = [openssl, "cms", "-verify", "-binary", "-inform", "DER", "-in", str(signature), "-content", str(book)]
        trust = ["-CAfile", str(signer), "-partial_chain", "-purpose", "any", "-out", "-"]
        done = subprocess.run([*command, *trust], capture_output=True, check=False)  # noqa: S603  # its own files
        if done.returncode:
            refuse(f"{version.name}/{signature.name} is no signature over {book.name} by whom you named")
    return "The workbook is signed by whom you named."


if __name__ == "__main__":
    sys.exit(main())
