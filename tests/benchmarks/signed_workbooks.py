"""Verifying a signed workbook: container, every digest, coverage, chain and revocation lists, beside LibreOffice."""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from io import BytesIO
from pathlib import Path

import openpyxl
import pki
from peers.libreoffice import LibreOffice, installed, libreoffice
from signatures.signer import packed, sign, unpacked
from signatures.workbooks import FILLED, authority, maker

from intake.demo.forms import new_entry_form
from intake.signatures.office import opc, zipstrict
from intake.signatures.trust_settings import TrustSettings
from intake.signatures.verify import signatures_of
from rules.signature_facts import Indication

_RUNS, _RUNS_OF_OFFICE = 50, 15
_ROWS, _COLUMNS = 20_000, 5


def figures() -> Iterator[str]:
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        folder = Path(name)
        trusting = TrustSettings(folder=pki.trust_folder(folder / "trust", authority()))
        office = stack.enter_context(libreoffice(folder / "office", authority())) if installed() else None
        for what, content, bound in (
            ("a New Entry workbook", _signed(new_entry_form(FILLED)), 6),
            (f"a workbook of {_ROWS:,} rows and {_COLUMNS} columns", _signed(_large()), 20),
        ):
            whole = _median(lambda content=content: _verify(content, trusting), _RUNS)  # type: ignore[misc]  # mypy infers no type for a default of a lambda
            mathematics = _median(lambda content=content: opc.verify(zipstrict.unpack(content)), _RUNS)  # type: ignore[misc]  # mypy infers no type for a default of a lambda
            said = f"{what}, median of {_RUNS}: {whole:.1f} ms (bound {bound} ms), {mathematics:.1f} ms without trust"
            yield said + _beside(office, folder / "book.xlsx", content, mathematics)


def _verify(content: bytes, trust_settings: TrustSettings) -> None:
    judged = signatures_of(content, "xlsx", zipstrict.unpack(content), signed=True, trust_settings=trust_settings)
    if [fact.indication for fact in judged.facts] != [Indication.TOTAL_PASSED]:
        message = f"the signature must pass: {judged.facts}"
        raise RuntimeError(message)


def _beside(office: LibreOffice | None, path: Path, content: bytes, ours: float) -> str:
    """LibreOffice judges no revocation here, so its time stands beside ours without trust."""
    if office is None:
        return "; LibreOffice is not installed"
    path.write_bytes(content)
    theirs = _median(lambda: office.verify(path), _RUNS_OF_OFFICE)
    return f"; LibreOffice, running already: {theirs:.1f} ms ({theirs / ours:.1f} times ours without trust)"


def _median(step: Callable[[], object], runs: int) -> float:
    """Milliseconds."""
    taken = []
    for _ in range(runs + 2):
        started = time.perf_counter()
        step()
        taken.append(time.perf_counter() - started)
    return statistics.median(taken[2:]) * 1000


def _signed(workbook: bytes) -> bytes:
    return packed(sign(unpacked(workbook), maker()))


def _large() -> bytes:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("CPL - New Entry")
    for row in range(_ROWS):
        sheet.append([f"{row}-{column}" if column % 2 else row * column for column in range(_COLUMNS)])
    out = BytesIO()
    book.save(out)
    return out.getvalue()
