"""A folder such as a library's test data, made by our own generators: the same files for the same seed."""

from __future__ import annotations

import mailbox
import random
from pathlib import Path

import reports
from extract import books, opendocs, papers
from extract.facts_on_paper import CPA, DLMS
from helpers import mail
from hostile.mutations import mutation, wrapped

BENT = 6
_SEALED = {
    "papers.7z": b"7z\xbc\xaf\x27\x1c\0\4" + bytes(range(256)) * 2,
    "papers.rar": b"Rar!\x1a\x07\1\0" + bytes(range(256)) * 2,
    "papers.asc": b"-----BEGIN PGP MESSAGE-----\n\nwcBMA0\n-----END PGP MESSAGE-----\n",
}
_BY_MACHINES = (
    {"List-Id": "<talk.lists.example>", "Precedence": "list"},
    {"Auto-Submitted": "auto-replied"},
    {"List-Unsubscribe": "<mailto:leave@lists.example>"},
)


def fill(folder: Path, seed: int) -> None:
    """Write single mails, a mailbox, a Maildir, workbooks and PDFs."""
    chance = random.Random(seed)
    (folder / "single").mkdir(parents=True)
    for number in range(BENT):
        (folder / "single" / f"{number}.eml").write_bytes(mutation(seed, number))
    for number, (name, content) in enumerate(_SEALED.items()):
        raw = wrapped({name: content}, number).replace(b"Subject: CPL submission", b"Subject: Our papers")
        (folder / "single" / f"sealed-{number}").write_bytes(raw)
    box = mailbox.mbox(folder / "archive.mbox")
    for number, headers in enumerate(_BY_MACHINES):
        box.add(mail(f"CPL submission and update {number}", body=f"{chance.random()}\n", headers=headers))
    box.close()
    people = mailbox.Maildir(folder / "people")
    for number, make in enumerate(reports.FAILURES.values()):
        people.add(make(f"<{number}.{seed}@elsewhere.example>"))
    for name, content in _documents().items():
        (folder / name).write_bytes(content)


def _documents() -> dict[str, bytes]:
    return {
        "stock.xlsx": books.form(),
        "stock.ods": opendocs.packed(opendocs.content()),
        "cut.xlsx": books.form()[:900],
        "table.pdf": papers.LAYOUTS["ruled"]("Bill of materials", {"Screws": "4", "Washers": "8"}),
        "other.pdf": papers.LAYOUTS["lines"]("Commercial Product Assurance certificate", CPA),
        "another.pdf": papers.LAYOUTS["two pairs a row"]("DLMS/COSEM Certificate of Conformance", DLMS),
        "scan.pdf": papers.scan(["ZigBee certificate"]),
        "locked.pdf": papers.locked(),
    }
