"""Gives every attack to LibreOffice too, and prints who is taken in: ``python -m signatures.compare`` from tests/.

``--list`` names the files that LibreOffice calls valid.
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from peers.libreoffice import CrashedError, LibreOffice, libreoffice
from signatures.attacks.benign import BENIGN
from signatures.attacks.corpus import Attack, attacks
from signatures.judging import is_accepted, verified
from signatures.workbooks import authority

VALID, CRASHED = "valid", "crashed"


def said(office: LibreOffice, path: Path) -> str:
    """What LibreOffice makes of a file: every signature valid, or not, or it dies."""
    try:
        found = office.verify(path)
    except CrashedError:
        return CRASHED
    except ValueError:
        return "not opened"
    if not found:
        return "no signature"
    return VALID if all(one.valid for one in found) else "invalid"


def answers(office: LibreOffice, folder: Path) -> Iterator[tuple[Attack, bool, str]]:
    """Each attack, whether it is accepted here, and what LibreOffice says."""
    for number, attack in enumerate(attacks()):
        path = folder / f"{number}.xlsx"
        path.write_bytes(attack.build())
        yield attack, is_accepted(verified(path.read_bytes())), said(office, path)
        path.unlink()


def table(found: list[tuple[Attack, bool, str]]) -> Iterator[str]:
    """The table, class by class."""
    groups: dict[str, Counter[str]] = defaultdict(Counter)
    for attack, accepted, word in found:
        groups[attack.group].update(["files", word, *(["accepted"] if accepted else [])])
    yield "| attack class | files | cpl-intake accepts | LibreOffice says valid | LibreOffice crashes |"
    yield "|---|---:|---:|---:|---:|"
    for group, counts in (*groups.items(), ("**all**", sum(groups.values(), Counter()))):
        yield f"| {group} | {counts['files']} | {counts['accepted']} | {counts[VALID]} | {counts[CRASHED]} |"


def main() -> None:
    """Print the table, and what both make of the benign files."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with libreoffice(folder / "office", authority()) as office:
            found = list(answers(office, folder))
            benign = Counter[str]()
            for number, build in enumerate(BENIGN.values()):
                path = folder / f"benign {number}.xlsx"
                path.write_bytes(build())
                benign.update(["ours"] if is_accepted(verified(path.read_bytes())) else [])
                benign.update([said(office, path)])
    print("\n".join(table(found)))  # noqa: T201  # printing is what it is for
    print(f"\nbenign: {len(BENIGN)} files, {benign['ours']} accepted here, {benign[VALID]} valid to LibreOffice")  # noqa: T201  # the same
    if "--list" in sys.argv:
        print("\n".join(f"{attack}: {word}" for attack, _, word in found if word in {VALID, CRASHED}))  # noqa: T201  # printing figures is what it is for


if __name__ == "__main__":
    main()
