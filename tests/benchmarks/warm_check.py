"""Reading and judging in a warm process, and how both grow with the entries of one message."""

from __future__ import annotations

import importlib
import importlib.util
import statistics
import time
from collections.abc import Callable, Iterator
from io import BytesIO
from types import SimpleNamespace

from benchmarks.mail import NOW
from openpyxl import load_workbook
from pypdfium2 import PdfDocument

from intake.demo import products
from intake.demo.samples import submission
from intake.extract.document import read_document
from intake.extract.unread import DocumentReading
from intake.render.html import html
from intake.render.sarif import sarif
from intake.render.templates import letter
from intake.render.terminal import lines
from rules.examine import examine
from rules.facts import Dossier
from rules.finding import Report

_RUNS = 15
_MANY = (1, 10, 100)


def figures() -> Iterator[str]:
    documents = _documents(1)
    runs = [_seconds(lambda: examine(_dossier(_read(documents)))) for _ in range(_RUNS + 3)][3:]
    yield f"read and judge one workbook and three PDFs, median of {_RUNS}: {_ms(statistics.median(runs))} (bound 30 ms)"
    yield _beside_openpyxl(documents)
    yield _beside_pypdfium2(documents)
    for count in _MANY:
        yield _grown(count)


def _beside_openpyxl(documents: dict[str, bytes]) -> str:
    """The form alone, its doubts and hidden rows told, beside openpyxl loading the same workbook; in turn."""
    ((name, content),) = [item for item in documents.items() if item[0].endswith(".xlsx")]
    pairs = [
        (_processed(lambda: read_document(name, content)), _processed(lambda: load_workbook(BytesIO(content))))
        for _ in range(_RUNS)
    ]
    ratio = statistics.median(ours / theirs for ours, theirs in pairs)
    return (
        f"read the workbook: {_ms(statistics.median(ours for ours, _ in pairs))}, {ratio:.2f} of openpyxl's (bound 0.7)"
    )


def _beside_pypdfium2(documents: dict[str, bytes]) -> str:
    """Three certificates, with places, labels and what cannot be seen, beside the bare text of their pages."""
    papers = {name: content for name, content in documents.items() if name.endswith(".pdf")}
    pairs = [(_processed(lambda: _read(papers)), _processed(lambda: _bare(papers))) for _ in range(_RUNS)]
    ratio = statistics.median(ours / theirs for ours, theirs in pairs)
    said = f"read three PDFs: {_ms(statistics.median(ours for ours, _ in pairs))}, {ratio:.2f} of bare text (bound 3.0)"
    return said + _beside_pdfminer(papers)


def _beside_pdfminer(papers: dict[str, bytes]) -> str:
    """The same beside another reader of text with its places, where one happens to be installed."""
    if importlib.util.find_spec("pdfminer") is None:
        return "; pdfminer.six is not installed"
    extract_text = importlib.import_module("pdfminer.high_level").extract_text

    def read() -> None:
        for content in papers.values():
            extract_text(BytesIO(content))

    pairs = [(_processed(lambda: _read(papers)), _processed(read)) for _ in range(_RUNS)]
    return f", {statistics.median(ours / theirs for ours, theirs in pairs):.2f} of pdfminer.six (bound 0.4)"


def _bare(papers: dict[str, bytes]) -> None:
    for content in papers.values():
        document = PdfDocument(content)
        for page in document:
            page.get_textpage().get_text_bounded()
        document.close()


def _grown(count: int) -> str:
    """The time of each step for a message of so many entries, each with its own three certificates."""
    read = _read(_documents(count))
    dossier = _dossier(read)
    report = examine(dossier)
    steps: dict[str, Callable[[], object]] = {
        "judge": lambda: examine(dossier),
        "text": lambda: list(lines(dossier, report, report.outcome, None)),
        "html": lambda: html(dossier, report, report.outcome, None),
        "sarif": lambda: sarif(dossier, report, report.outcome, None),
        "letter": lambda: _letter(dossier, report),
    }
    taken = {name: min(_seconds(step) for _ in range(3)) for name, step in steps.items()}
    each = ", ".join(f"{name} {_ms(seconds / count)}" for name, seconds in taken.items())
    return f"{count:>3} entries, per entry: {each}"


def _documents(count: int) -> dict[str, bytes]:
    """So many submissions in one, each file under a name of its own."""
    actual: dict[str, bytes] = {}
    for serial in range(1, count + 1):
        values = products.faultless_form(products.SINGLE, on=NOW.date(), serial=serial)
        if serial % 2 == 0:
            values["Device_Model.firmware_version"] = values["Device_Model.firmware_version"].replace(":", "-")
        actual |= {f"{serial:03} {name}": content for name, content in submission(values).items()}
    return actual


def _read(documents: dict[str, bytes]) -> list[DocumentReading]:
    return [read_document(name, content) for name, content in documents.items()]


def _dossier(read: list[DocumentReading]) -> Dossier:
    entries = tuple(reading.entry for reading in read if reading.entry is not None)
    return Dossier(judged_at=NOW, message=None, documents=tuple(reading.document for reading in read), entries=entries)


def _letter(dossier: Dossier, report: Report) -> str:
    about = SimpleNamespace(reference="CPL-000001", received_at=NOW)
    return letter("return.txt", submission=about, dossier=dossier, report=report)


def _seconds(step: Callable[[], object]) -> float:
    started = time.perf_counter()
    step()
    return time.perf_counter() - started


def _processed(step: Callable[[], object]) -> float:
    """Seconds of processor time, which a neighbour on the same machine changes less."""
    started = time.process_time()
    step()
    return time.process_time() - started


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.1f} ms"
