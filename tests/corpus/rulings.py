"""The corpus of whole messages: what each sample is taken for, and every rule's verdict on it.

``python -m corpus.rulings`` in the folder of the tests writes ``samples.toml`` anew; the difference is then
for a person to read, line by line.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from helpers import FRIDAY

from intake.demo.samples import Sample, samples
from intake.extract.reader import sandbox
from intake.limits import ReadingLimits
from intake.pipeline.checks.check import Checked, check_message
from intake.sandbox import Sandbox
from intake.signatures.trust_settings import TrustSettings
from rules.finding import EntryReport, Outcome, Verdict

FILE = Path(__file__).with_name("samples.toml")


def judged(box: Sandbox, sample: Sample) -> Checked:
    """The sample as it would be judged on that Friday."""
    return check_message(box, sample.message(FRIDAY), trust_settings=TrustSettings(at=FRIDAY), limits=ReadingLimits())


def told(checked: Checked) -> dict[str, Any]:
    """What the corpus pins of it."""
    message = checked.dossier.message
    assert message is not None
    entries = [] if checked.outcome is Outcome.NOT_A_SUBMISSION else [_entry(e) for e in checked.report.entries]
    return {
        "kind": str(message.kind),
        "automatic": message.automatic,
        "outcome": str(checked.outcome),
        "documents": [f"{document.name}: {document.kind}" for document in checked.dossier.documents],
        "entry": entries,
    }


def _entry(entry: EntryReport) -> dict[str, Any]:
    by_verdict = {
        str(verdict): [ruling.rule for ruling in entry.rulings if ruling.verdict is verdict] for verdict in Verdict
    }
    return {
        "document": entry.document or "",
        "profile": entry.profile or "",
        "outcome": str(entry.outcome),
        **{verdict: rules for verdict, rules in by_verdict.items() if rules},
    }


def _lines(name: str, facts: dict[str, Any]) -> Iterator[str]:
    yield f"[{name}]"
    for key, value in facts.items():
        if key != "entry":
            yield f"{key} = {_toml(value)}"
    for entry in facts["entry"]:
        yield f"[[{name}.entry]]"
        for key, value in entry.items():
            yield f"{key} = {_toml(value)}"
    yield ""


def _toml(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return "[\n" + "".join(f"  {_toml(item)},\n" for item in value) + "]" if value else "[]"
    return '"' + str(value).replace("\\", "\\\\").replace('"', '\\"') + '"'


def main() -> None:
    """Write the corpus as it is judged now."""
    with sandbox(ReadingLimits()) as box:
        lines = [line for sample in samples(FRIDAY) for line in _lines(sample.name, told(judged(box, sample)))]
    FILE.write_text("# Written by corpus.rulings; read every difference before it is committed.\n\n" + "\n".join(lines))


if __name__ == "__main__":
    main()
