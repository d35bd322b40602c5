"""What is kept of one submission, to be taken away: a document, or everything as an evidence bag."""

from __future__ import annotations

import json
from collections.abc import Iterator

import msgspec

import intake
from intake.archive.bag import bag, safe_name
from intake.domain.people_events import LOOKS
from intake.extract.reader import read_content
from intake.pipeline.case import Case, case
from intake.pipeline.services import Services
from intake.render.signed import lines as signature_lines
from intake.sandbox import ChildDiedError
from intake.store import events, submissions
from intake.store.engine import Transaction
from intake.store.events import GENESIS, Event
from intake.store.schema import PROGRAM


def document(services: Services, number: int, sha256: str) -> tuple[str, bytes]:
    """Read a document's name and bytes, or the raw message by its digest.

    Raises:
        KeyError: the submission has no such document.
    """
    with services.store.reading() as tx:
        submission = submissions.get(tx, number)
    raw = services.archive.get(submission.raw_sha256)
    if sha256 == submission.raw_sha256:
        return f"{submission.reference}.eml", raw
    try:
        name_and_content = read_content(services.sandbox, raw, sha256, services.config.limits)
    except ChildDiedError:
        name_and_content = None
    if name_and_content is None:
        raise KeyError(sha256)
    return name_and_content


def export(services: Services, number: int) -> bytes:
    """Write the evidence bag of one submission, as a zip.

    Raises:
        NoSuchSubmissionError: there is none of this number.
        MissingEvidenceError, DamagedEvidenceError: the archive does not hold what the store names.
    """
    gathered = case(services, number)
    with services.store.reading() as tx:
        ledger, head = _ledger(tx, gathered)
    now, name = services.clock.now(), gathered.submission.reference
    payload = {**dict(_originals(services, gathered)), **dict(_derived(services, gathered))}
    payload["ledger.jsonl"] = ledger
    payload["VERIFY.txt"] = _HOW_TO_VERIFY.format(name=name, head=head).encode()
    info = {
        "External-Identifier": name,
        "Source-Organization": services.config.outgoing.sender,
        "External-Description": f"Evidence of {name}: {gathered.submission.subject}",
        "Bag-Software-Agent": f"cpl-intake {intake.__version__}",
        "Ledger-Head": head,
    }
    if gathered.report is not None:
        info["Rulebook"] = f"{gathered.report.rulebook_edition} {gathered.report.rulebook_digest}"
    return bag(name, payload, info, now)


def _originals(services: Services, gathered: Case) -> Iterator[tuple[str, bytes]]:
    submission = gathered.submission
    yield f"originals/{submission.reference}.eml", services.archive.get(submission.raw_sha256)
    for index, item in enumerate(gathered.dossier.documents if gathered.dossier else (), start=1):
        try:
            name, content = document(services, submission.id, item.sha256)
        except KeyError:
            continue  # it lies in the raw message, whose reader died of it
        yield f"originals/documents/{index:02d} {safe_name(name)}", content


def _derived(services: Services, gathered: Case) -> Iterator[tuple[str, bytes]]:
    submission = gathered.submission
    for name, sha256 in (("dossier", submission.dossier_sha256), ("report", submission.report_sha256)):
        if sha256 is not None:
            yield f"derived/{name}.json", services.archive.get(sha256)
    for sha256 in _earlier(gathered):
        yield f"derived/earlier/{sha256}.json", services.archive.get(sha256)
    signed = "\n".join(signature_lines(gathered.dossier)) if gathered.dossier else ""
    if signed:
        yield "derived/signatures.txt", f"{signed}\n".encode()
    for letter in gathered.letters:
        yield f"letters/{letter.id} {letter.kind} {letter.state}.eml", letter.content
    acted = (event for event in gathered.events if event.actor != PROGRAM and event.name not in LOOKS)
    decisions = [_event_record(event) for event in acted]
    yield "decisions.json", json.dumps(decisions, indent=2).encode()
    if gathered.resolutions:
        yield "resolutions.json", msgspec.json.format(msgspec.json.encode(gathered.resolutions), indent=2)
    yield "events.json", json.dumps([_event_record(event) for event in gathered.events], indent=2).encode()


def _earlier(gathered: Case) -> tuple[str, ...]:
    """Dossiers and reports that others have replaced: as it was read, and as it was judged, before a correction."""
    submission = gathered.submission
    newest = {submission.dossier_sha256, submission.report_sha256}
    named = (sha256 for event in gathered.events for sha256 in events.evidence_of(event))
    return tuple(sha256 for sha256 in dict.fromkeys(named) if sha256 not in newest)


def _event_record(event: Event) -> dict[str, object]:
    return {"seq": event.seq, **event.content}


def _ledger(tx: Transaction, gathered: Case) -> tuple[bytes, str]:
    """Proof that this submission's events lie in the chain: every link from its first event to the newest.

    Other submissions' events are there by digest only.
    """
    first = gathered.events[0].seq if gathered.events else 1
    before, lines = GENESIS, []
    for event in events.chain(tx, since=max(first - 1, 1)):
        if event.seq >= first:
            line: dict[str, object] = {
                "seq": event.seq,
                "before": before,
                "content_sha256": event.content_sha256,
                "digest": event.digest,
            }
            if event.message == gathered.submission.id:
                line["event"] = _event_record(event)
            lines.append(json.dumps(line, sort_keys=True))
        before = event.digest
    return ("\n".join(lines) + "\n").encode(), before


_HOW_TO_VERIFY = """\
How to check this bag of evidence

1. Nothing in it has changed since it was made. In the folder {name}:
       sha256sum -c manifest-sha256.txt
       sha256sum -c tagmanifest-sha256.txt

2. The raw message is the one that was received: the digest of
       data/originals/{name}.eml
   is the raw_sha256 of the event 'received' in data/events.json.

3. The events lie in the ledger's chain. For each line of data/ledger.jsonl,
   SHA-256 over the text 'before' + 'content_sha256' gives 'digest', which is
   'before' of the next line. 'content_sha256' is SHA-256 over the event as
   JSON, its keys sorted, without blanks, 'seq' left out. The last digest was
       {head}
   when this bag was made; the system shows the same or leads on from it.

4. Nothing that was judged has been replaced in silence. The digest of
   data/derived/dossier.json, of data/derived/report.json and of each file in
   data/derived/earlier (where there are any; their names are their digests)
   stands in an event. Where a person corrected a misread value, the event
   'value_corrected' names the dossier as it was read, read_sha256, and the
   corrected one, dossier_sha256.
"""
