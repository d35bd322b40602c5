"""The body that the three certificate rules share: the assurance matrix of the guidance, appendix A 2.1."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from rules.device import device_type, needs
from rules.facts import DocumentKind, Dossier
from rules.fields import NUMBER_FIELDS, FormField, FormGroup
from rules.finding import Finding, Topic
from rules.form import kind_unknown
from rules.published import is_current, published
from rules.register._entry import is_update, list_given, original, states_hash
from rules.rule import Rule


@dataclass(frozen=True, slots=True)
class Assurance:
    """One of the three schemes."""

    id: str
    """``zigbee``, ``cpa`` or ``dlms``: the group of device types that need it."""
    name: str
    kind: DocumentKind
    group: FormGroup
    """The form's Data Group."""


def rule_on(assurance: Assurance) -> Rule:
    """Give the rule that the certificate of this scheme is there where it is needed."""
    return Rule(
        id=f"completeness.{assurance.id}_certificate",
        title=f"The {assurance.name} certificate is there",
        citation="Guidance appendix A 2.1; SEC F2.1",
        check=_check_on(assurance),
        applies=_applies_on(assurance),
    )


def _applies_on(assurance: Assurance) -> Callable[[Dossier], bool]:
    return lambda dossier: needs(assurance.id, dossier.new_entry) is not False


def _check_on(assurance: Assurance) -> Callable[[Dossier], Iterator[Finding]]:
    def check(dossier: Dossier) -> Iterator[Finding]:
        if dossier.of_kind(assurance.kind) or _entry_has_it(assurance, dossier):
            return
        if not needs(assurance.id, dossier.new_entry):
            yield kind_unknown(dossier, f"whether the device needs a {assurance.name} certificate")
        else:
            yield _missing(assurance, dossier)

    return check


def _entry_has_it(assurance: Assurance, dossier: Dossier) -> bool:
    """Whether a hash is added to an entry whose certificate was seen when it was accepted (guidance 4)."""
    line = original(dossier) if list_given(dossier) and is_update(dossier) and states_hash(dossier) else None
    return line is not None and is_current(line) and bool(published(line, NUMBER_FIELDS[assurance.kind]))


def _may_be_listed(dossier: Dossier) -> bool:
    """A mail that says it adds a hash, without the list by which that could be told."""
    is_update = dossier.message is not None and dossier.message.kind == "update"
    return is_update and dossier.register is None and states_hash(dossier)


def _missing(assurance: Assurance, dossier: Dossier) -> Finding:
    """Missing for certain, unless a document that could not be placed may be it, or the mail was not had whole."""
    forms = {entry.document for entry in dossier.entries}
    doubtful = sorted(
        document.name
        for document in dossier.documents
        if document.name not in forms
        and (document.may_hold_a_certificate or dossier.bears_number(document, assurance.kind))
    )
    subject = device_type(dossier.new_entry) or "device of any type"
    subject = subject if subject.endswith("Equipment") else f"A {subject}"
    message = (
        f"{subject} needs a {assurance.name} certificate, and none {'could be read' if doubtful else 'was found'}."
    )
    in_part = dossier.message is not None and dossier.message.trouble is not None
    if doubtful:
        which = doubtful[0] if len(doubtful) == 1 else f"One of these ({', '.join(doubtful)})"
        message = f"{message} {which} may be this certificate, or contain it."
    elif in_part:
        message = f"{message} It may be in what could not be read of the message."
    listed = _may_be_listed(dossier)
    if listed:
        message = f"{message} The entry to be updated may have it, but there was no list to look it up in."
    return Finding(
        message=message,
        topic=Topic(f"{subject} needs these certificates, and they were not found: ", ".", shared=True)
        if not (doubtful or listed or in_part)
        else None,
        item=assurance.name,
        rests_on=(FormField.DEVICE_TYPE, FormField.SMETS_VERSION, *doubtful),
        field=assurance.group,
        expected=f"the {assurance.name} certificate",
        unknown=bool(doubtful) or listed or in_part,
    )
