"""Submissions whose mail really carries the documents that their facts were read from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage

from web.world import World

from intake.demo import products
from intake.demo.samples import submission as documents_of
from intake.domain import records
from intake.domain.message import Sighting
from intake.domain.submission import State
from intake.extract.document import read_document
from intake.mailbox.base import Fetched
from intake.pipeline.arrival.receive import receive
from intake.store import submissions
from rules.examine import examine
from rules.facts import Dossier, NewEntry
from rules.message_facts import MessageFacts

JUDGED_AT = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


def faultless(device: str = products.SINGLE, *, serial: int = 1) -> dict[str, bytes]:
    return documents_of(products.faultless_form(device, on=JUDGED_AT.date(), serial=serial))


def received(world: World, documents: Mapping[str, bytes], entries: tuple[NewEntry, ...] | None = None) -> int:
    """A message with these documents, read and judged, with other entries if any are given; gives its number."""
    mail = EmailMessage()
    world.received += 1
    mail["Subject"], mail["From"] = "CPL submission", "Robin Hale <robin.hale@example.test>"
    mail["Message-ID"] = f"<pictured.{world.received}@example.test>"
    mail.set_content("Please find our submission attached.\n")
    for name, content in documents.items():
        mail.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    at = world.clock.now() - timedelta(hours=1)
    receive(world.services, Fetched(Sighting("secas", "1", f"pictured {world.received}"), mail.as_bytes(), at))
    number = world.received
    read = [read_document(name, content) for name, content in documents.items()]
    facts = MessageFacts("submission", "CPL submission", "", automatic=False, text="")
    dossier = Dossier(
        judged_at=JUDGED_AT,
        message=facts,
        documents=tuple(reading.document for reading in read),
        entries=tuple(reading.entry for reading in read if reading.entry is not None),
    )
    dossier = dossier if entries is None else replace(dossier, entries=entries)
    archive = world.services.archive
    report = examine(dossier)
    with world.services.store.transaction() as tx:
        sha256 = archive.put(records.encode(dossier))
        count = len(dossier.entries)
        extracted = submissions.move(
            tx, submissions.get(tx, number), State.EXTRACTED, dossier_sha256=sha256, entries=count
        )
        report_sha256 = archive.put(records.encode(report))
        submissions.move(tx, extracted, State.IN_REVIEW, report_sha256=report_sha256, outcome=report.outcome)
    return number


def digest(world: World, number: int, name: str) -> str:
    """The digest of a document of a submission."""
    dossier = records.dossier(world.services.archive.get(world.submission(number).dossier_sha256 or ""))
    return next(document.sha256 for document in dossier.documents if document.name == name)
