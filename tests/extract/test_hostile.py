"""Hostile files, read the way every file is read: in a child with limits."""

from __future__ import annotations

import time

import pytest
from dossiers import a_dossier, ruling
from extract import hostile
from extract.facts_on_paper import ZIGBEE
from known_faults import unknown

from intake.demo.certificates import zigbee_certificate
from intake.extract.reader import read_files
from intake.limits import ReadingLimits
from intake.sandbox import Sandbox
from rules.facts import NEW_ENTRY_ABSENT, DocumentKind
from rules.fields import FormField

LIMITS = ReadingLimits()
GOOD = ("good.pdf", zigbee_certificate(ZIGBEE))


@pytest.mark.parametrize("case", hostile.FILES)
def test_every_hostile_file_ends_in_a_finding_within_the_limits(case: str, message_reader: Sandbox) -> None:
    name, build = hostile.FILES[case]
    content = build()
    assert len(content) < 16 * hostile.MEGABYTE
    begun = time.monotonic()
    reading = read_files(message_reader, [(name, content), GOOD], LIMITS)
    assert time.monotonic() - begun < LIMITS.document_seconds + 2
    assert unknown(reading.faults) == []
    hurt, good = reading.documents
    entry = reading.entries[0] if reading.entries else NEW_ENTRY_ABSENT
    dossier = a_dossier(entry, [hurt, good])
    rulings = [ruling(dossier, rule) for rule in ("completeness.documents", "completeness.form")]
    partial = hurt.certificate is not None and len(hurt.certificate.facts) < len(ZIGBEE)
    places = [finding.where for one in rulings for finding in one.findings]
    noticed = any(where is not None and where.document == hurt.name for where in places)
    assert noticed or partial, hurt
    assert good.kind is DocumentKind.ZIGBEE_CERTIFICATE, "what stands behind it is read"


@pytest.mark.parametrize("case", hostile.HARMLESS)
def test_what_only_looks_hostile_is_read(case: str, message_reader: Sandbox) -> None:
    name, build = hostile.HARMLESS[case]
    reading = read_files(message_reader, [(name, build())], LIMITS)
    (entry,) = reading.entries
    assert entry.readable
    assert entry.value(FormField.FIRMWARE_VERSION) == "01:02:05:06"
