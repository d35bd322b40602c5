"""What is kept of one submission, to be taken away: a document, or everything as an evidence bag."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path

import msgspec

import intake
from intake.archive.bag import bag, safe_name
from intake.clock import iso
from intake.domain.people_events import LOOKS
from intake.domain.reference import reference
from intake.domain.store_events import Exported
from intake.extract.reader import read_content
from intake.ledger import bag_check
from intake.pipeline.case.case import Case, case
from intake.pipeline.ledger.proof import prove
from intake.pipeline.services import Services
from intake.render.signed import lines as signature_lines
from intake.sandbox import ChildDiedError
from intake.store import events, submissions
from intake.store.events import Event
from intake.store.schema import PROGRAM
from intake.store.submissions import DisposedError


def document(services: Services, number: int, digest: str) -> tuple[str, bytes]:
    """Read a document's name and bytes, or the raw message by its digest.

    Raises:
        KeyError: the submission has no such document.
    """
    with services.store.reading() as tx:
        submission = submissions.get(tx, number)
    raw = services.archive.get(submission.raw_sha256)
    if digest == submission.raw_sha256:
        return f"{submission.reference}.eml", raw
    try:
        name_and_content = read_content(services.sandbox, raw, digest, services.config.limits)
    except ChildDiedError:
        name_and_content = None
    if name_and_content is None:
        raise KeyError(digest)
    return name_and_content


def gather(services: Services, number: int) -> tuple[dict[str, bytes], tuple[Event, ...], dict[str, str]]:
    """Gather what goes into the bag of one submission: files by path, events, and lines of ``bag-info.txt``.

    Of one that was disposed of, its events' heads and digests, and who disposed of it.

    Raises:
        NoSuchSubmissionError: there is none of this number.
        MissingEvidenceError, DamagedEvidenceError: the archive does not hold what the store names.
    """
    name = reference(number)
    try:
        gathered = case(services, number)
    except DisposedError:
        with services.store.reading() as tx:
            told = events.of_message(tx, number)
        return {}, told, {"External-Description": f"What is left of {name}, which was disposed of"}
    info = {"External-Description": f"Evidence of {name}: {gathered.submission.subject}"}
    if gathered.report is not None:
        info["Rulebook"] = f"{gathered.report.rulebook_edition} {gathered.report.rulebook_digest}"
    return kept_of(services, gathered), gathered.events, info


def export(services: Services, number: int, *, reason: str = "", actor: str = PROGRAM) -> bytes:
    """Write the evidence bag of one submission, as a zip; that it was taken is an event of its own.

    Args:
        services: the edges.
        number: of the submission.
        reason: why it is taken.
        actor: who takes it.

    Raises:
        NoSuchSubmissionError: there is none of this number.
        MissingEvidenceError, DamagedEvidenceError: the archive does not hold what the store names.
    """
    payload, told, info = gather(services, number)
    name = reference(number)
    content = written(services, name, payload, told, info)
    tell_exported(services, name, content, reason=reason, actor=actor, message=number)
    return content


def written(
    services: Services,
    name: str,
    payload: Mapping[str, bytes],
    told: Sequence[Event],
    info: Mapping[str, str],
    *,
    withheld: bool = False,
) -> bytes:
    """Write a bag of what was gathered, with the proof that its events lie in the ledger and what checks it.

    Where events are `withheld`, their public heads alone are told, with the digests of the rest.
    """
    proof = prove(services, told)
    whole = dict(payload)
    whole["events.json"] = json.dumps([_event_record(event, withheld=withheld) for event in told], indent=2).encode()
    whole["proof.json"] = json.dumps(proof.told).encode()
    whole["verify.py"] = Path(bag_check.__file__).read_bytes()
    whole["VERIFY.txt"] = _HOW_TO_VERIFY.format(name=name, head=proof.head).encode()
    if proof.key is not None:
        whole["ledger-key.txt"] = f"{proof.key}\n".encode()
    for statement in proof.statements:
        whole[f"checkpoints/{statement.size}.checkpoint"] = statement.note.encode()
        if statement.token_sha256 is not None:
            whole[f"checkpoints/{statement.size}.tst"] = services.archive.get(statement.token_sha256)
    facts = {
        "External-Identifier": name,
        "Source-Organization": services.config.outgoing.sender,
        "Bag-Software-Agent": f"cpl-intake {intake.__version__}",
        "Ledger-Head": proof.head,
    }
    return bag(name, whole, {**facts, **info}, services.clock.now())


def tell_exported(
    services: Services, what: str, content: bytes, *, reason: str, actor: str, message: int | None = None
) -> None:
    """Write down that a bag was taken away, by whom and why."""
    taken = Exported(what=what, reason=reason.strip(), bag_sha256=sha256(content).hexdigest())
    with services.store.transaction() as tx:
        events.append(tx, taken, at=services.clock.now(), message=message, actor=actor)


def kept_of(services: Services, gathered: Case) -> dict[str, bytes]:
    """List everything kept of one submission, by its path in a bag."""
    return {**dict(_originals(services, gathered)), **dict(_derived(services, gathered))}


def _originals(services: Services, gathered: Case) -> Iterator[tuple[str, bytes]]:
    submission = gathered.submission
    yield f"originals/{submission.reference}.eml", services.archive.get(submission.raw_sha256)
    copies = dict.fromkeys(filter(None, map(events.copy_of, gathered.events)))
    for index, digest in enumerate(copies, start=1):
        yield f"originals/{submission.reference} once more {index:02d}.eml", services.archive.get(digest)
    for index, item in enumerate(gathered.dossier.documents if gathered.dossier else (), start=1):
        try:
            name, content = document(services, submission.id, item.sha256)
        except KeyError:
            continue  # it lies in the raw message, whose reader died of it
        yield f"originals/documents/{index:02d} {safe_name(name)}", content


def _derived(services: Services, gathered: Case) -> Iterator[tuple[str, bytes]]:
    submission = gathered.submission
    for name, digest in (("dossier", submission.dossier_sha256), ("report", submission.report_sha256)):
        if digest is not None:
            yield f"derived/{name}.json", services.archive.get(digest)
    for digest in _earlier(gathered):
        yield f"derived/earlier/{digest}.json", services.archive.get(digest)
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


def _earlier(gathered: Case) -> tuple[str, ...]:
    """Dossiers and reports that others have replaced: as it was read, and as it was judged, before a correction."""
    submission = gathered.submission
    newest = {submission.dossier_sha256, submission.report_sha256}
    named = (digest for event in gathered.events for digest in events.evidence_of(event))
    return tuple(digest for digest in dict.fromkeys(named) if digest not in newest)


def _event_record(event: Event, *, withheld: bool = False) -> dict[str, object]:
    """An event with all that its digest is over; where that is withheld or was disposed of, the rest's digest."""
    if withheld or event.disposed_sha256 is not None:
        told = {"seq": event.seq, "at": iso(event.at), "name": event.name, "detail_sha256": event.detail_sha256}
        return {**told, "left_out": "restricted" if event.disposed_sha256 is None else "disposed of"}
    content = event.content
    if event.salt is None:
        return {"seq": event.seq, **content}
    return {"seq": event.seq, **content, "entry": event.entry, "salt": event.salt.hex()}


_HOW_TO_VERIFY = """\
How to check this bag of evidence

In the folder {name}, with any one of these or all:

    sha256sum -c manifest-sha256.txt && sha256sum -c tagmanifest-sha256.txt
    bagit.py --validate .
    python3 data/verify.py

The first two show that nothing in it has changed since it was made. (Never use
bagit.py --fast: it compares sizes alone.) The third shows that, too, and

1. that each event in data/events.json is what was recorded: its digest is
   SHA-256 over its public head (at, seq, name) and detail_sha256, as JSON with
   its keys sorted; detail_sha256 is SHA-256 over the event's salt and the rest
   of it likewise. An event without a salt is digested as a whole.
2. that each lies in the ledger that the checkpoint states, by the hashes in
   data/proof.json (RFC 9162, 2.1.3), and that the newest checkpoint goes on
   from that one (2.1.4). The newest said:
       {head}
3. that both are signed with the ledger's key, where openssl is at hand. Ask the
   ledger's operator for the key, by another way than this bag, and give it:
       python3 data/verify.py --key KEY
   Whoever keeps checkpoints elsewhere, as auditors do, compares with
       python3 data/verify.py --checkpoint FILE

4. that mail, letters, dossiers and reports are those that the events name by
   their digests, and the documents those that a dossier names, and that each
   lies under the name that it has there; of a letter's, the number and whether
   it was sent are told by the file's name alone.

A line that begins NOT CHECKED names what nothing vouches for, and one that
begins NOT IN THE BAG what its events name and it does not hold. A bag proves of
each event in it that it was recorded, and of none that it is left out: whoever
cuts one out of it is found by the ledger's operator alone, and by a bag that
was made of the same matter before. Numbers (seq) that do not follow on each
other are other matters' events as a rule.

Whoever forges a bag can forge the verify.py in it. One of your own, out of the
program (intake/ledger/bag_check.py) or of a bag that you trust, does the same:
       python3 my-own-verify.py --bag FOLDER

Where the ledger has no key there is no checkpoint, and that is said.

The raw message is the one that was received: the digest of the .eml file in
data/originals is the raw_sha256 of the event 'received'; of one that came once
more in other bytes, that of the event 'obtained_again'. What was read, judged
and written is named likewise: dossier_sha256, report_sha256, letter_sha256.
Where a person corrected a misread value, the event 'value_corrected' names the
dossier as it was read, read_sha256, and the corrected one, dossier_sha256.
"""
