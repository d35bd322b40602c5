"""The evidence for using a ZigBee certificate again is complete.

What: the release notes or other evidence name the ZigBee module; the number of the ZigBee certificate, in the same
document; and state that nothing has changed that would need a new certificate. They name no other ZigBee certificate,
and if they name firmware versions, the form's is among them. What could not be searched is said too.
Why: the module must lead to one certificate, or nobody can tell which tests the firmware stands on.
Good: 'ZigBee module ZM-4.2, certified under ZIG17037ZSE12536-24; no change requires a new certificate.'
Bad: release notes that speak of the display alone.
What to do: have the manufacturer add what is missing, in the release notes or in a letter.
Clause: guidance appendix A 2.10.
"""

from __future__ import annotations

from collections.abc import Iterator

from rules.alignment._compare import Agreement
from rules.alignment._device_model import ZIGBEE, evidence, reused
from rules.alignment._identity import zigbee_number
from rules.device import text_of
from rules.encodings import candidates
from rules.facts import Document, Dossier, EvidenceFacts, ReadBy, Stated, Where
from rules.fields import FormField, FormGroup
from rules.finding import Finding, Topic
from rules.rule import Rule
from rules.shapes import SHAPES
from rules.text import shown


def applies(dossier: Dossier) -> bool:
    """Apply where the certificate is for another model and evidence was given."""
    return bool(reused(dossier))


def check(dossier: Dossier) -> Iterator[Finding]:
    """Say what is missing; it is unclear where a document could not be searched."""
    given = evidence(dossier)
    read = tuple(document.evidence for document in given if document.evidence is not None and _was_read(document))
    unread = tuple(document.name for document in given if document.evidence is None or not _was_read(document))
    for message in (*_missing(dossier, read), *_contradicting(dossier, read)):
        yield _finding(message, given, unread)
    if unread:
        yield _finding("A document of evidence could not be read, so that we could not search it.", given, unread)


def _was_read(document: Document) -> bool:
    """Text that a machine recognised in a picture counts for nothing."""
    return document.read_by is ReadBy.TEXT


def _missing(dossier: Dossier, read: tuple[EvidenceFacts, ...]) -> Iterator[str]:
    number = text_of(dossier.new_entry, ZIGBEE.field)
    named = [
        evidence_facts
        for evidence_facts in read
        if any(_is(number, stated) for stated in evidence_facts.certificate_ids)
    ]
    modules = [evidence_facts for evidence_facts in read if evidence_facts.zigbee_module is not None]
    if not modules:
        yield "The evidence does not say which ZigBee module is used, or names more than one."
    if not named:
        yield f"The evidence does not name the ZigBee certificate '{shown(number)}'."
    if modules and named and not any(module in named for module in modules):
        yield "The evidence names the ZigBee module and its certificate in different documents only."
    if len({stated.value for module in modules if (stated := module.zigbee_module)}) > 1:
        yield "The documents of evidence name different ZigBee modules."
    if all(evidence_facts.no_change is None for evidence_facts in read):
        yield "The evidence does not state that nothing has changed that would need a new certificate."


def _contradicting(dossier: Dossier, read: tuple[EvidenceFacts, ...]) -> Iterator[str]:
    number, firmware = (text_of(dossier.new_entry, field) for field in (ZIGBEE.field, FormField.FIRMWARE_VERSION))
    stated = {shown(value.value) for facts in read for value in facts.certificate_ids if _is_another(number, value)}
    if stated:
        yield f"The evidence names another ZigBee certificate as well: {', '.join(sorted(stated))}."
    versions = {firmware_version.value for facts in read for firmware_version in facts.firmware_versions}
    if versions and not any(_may_be(firmware, version) for version in versions):
        listed = ", ".join(shown(version) for version in sorted(versions))
        yield f"The evidence names firmware {listed}, and not the form's {shown(firmware)}."


def _is(number: str, stated: Stated) -> bool:
    return zigbee_number(number, stated.value) is Agreement.SAME


def _is_another(number: str, stated: Stated) -> bool:
    """Numbers of CPA and DLMS certificates are none of this rule's business."""
    return stated.value.strip().upper().startswith("ZIG") and not _is(number, stated)


def _may_be(firmware: str, version: str) -> bool:
    exact = version.strip().upper()
    if SHAPES["hex4"].fits(exact):
        return exact == firmware
    return any(candidate.value == firmware for candidate in candidates(version, 4))


def _finding(message: str, given: tuple[Document, ...], unread: tuple[str, ...]) -> Finding:
    names = ", ".join(document.name for document in given)
    unsearched = f" Not searched: {', '.join(unread)}." if unread else ""
    lacking = Topic(f"The evidence for using the certificate again is not complete ({names}): ", f".{unsearched}")
    return Finding(
        topic=lacking,
        item=message.replace("The evidence", "it", 1).rstrip("."),
        message=f"{message} Evidence given: {names}.{unsearched}",
        field=FormGroup.ZSE_CERTIFICATE,
        where=Where(given[0].name),
        expected="the ZigBee module, the certificate's number and a statement of no change",
        unknown=bool(unread),
    )


RULE = Rule(
    id="alignment.reuse_evidence",
    title="The evidence for reuse is complete",
    citation="Guidance appendix A 2.10",
    check=check,
    applies=applies,
)
