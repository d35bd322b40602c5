"""The list says of a certificate what the form says of it.

What: where Current entries of the list have the number of the form's CPA, DLMS or ZigBee certificate, at least one of
them says the same of it: a CPA certificate's date, prefix and version of the Security Characteristics, a DLMS
certificate's version of the test tool, a ZigBee certificate's standard; the manufacturer of a CPA or DLMS certificate;
and the kind of device, electricity meters being one kind. What Removed entries say is not compared.
Why: one certificate says one thing. Where the list has something else, either the form or the list has to be corrected,
and the list for all of its entries.
Good: the date that the entries 000010 and 000011 have for the same CPA certificate; a certificate new to the list.
Bad: `30/08/2029` for a CPA certificate that all entries of the list have with `30/08/2027`.
What to do: check the certificate's number and what the form says of it; where the list is wrong, say so.
Clause: SEC Section F2.1 and F2.5; guidance appendix A 2.2; MP209 for the prefixes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rules.certificate_number import prefix_of
from rules.facts import Dossier, RegisterEntry
from rules.fields import FormField
from rules.finding import Finding
from rules.form import Cell, text_named
from rules.published import CERTIFICATES, is_current, listed, one_listed, published, same
from rules.reference import reference
from rules.register._entry import is_update, lines, list_given, text
from rules.rule import Rule

DETAILS = {
    FormField.CPA_NUMBER: (FormField.CPA_DATE, FormField.SECURITY_CHARACTERISTICS),
    FormField.DLMS_NUMBER: (FormField.DLMS_VERSION,),
    FormField.ZSE_NUMBER: (FormField.ZSE_VERSION,),
}
"""By the field of a certificate's number: what else the list says of the certificate."""
_ONE_MAKER = (FormField.CPA_NUMBER, FormField.DLMS_NUMBER)
"""`register.zigbee_holder` asks about ZigBee certificates."""


def applies(dossier: Dossier) -> bool:
    """Apply where there is a list, and the form states a certificate for a new entry."""
    return list_given(dossier) and not is_update(dossier) and any(text(dossier, name) for name in CERTIFICATES)


def check(dossier: Dossier) -> Iterator[Finding]:
    """Ask about whatever no Current entry of the list says of the certificate."""
    for name in CERTIFICATES:
        cell = text_named(dossier, name)
        held = _held(dossier, name, cell.text) if cell is not None else []
        if cell is not None and held:
            yield from _unlike(dossier, cell, held)


def _held(dossier: Dossier, name: FormField, number: str) -> list[RegisterEntry]:
    wanted = one_listed(name, number)
    return [line for line in lines(dossier) if is_current(line) and one_listed(name, published(line, name)) == wanted]


def _unlike(dossier: Dossier, cell: Cell, held: Sequence[RegisterEntry]) -> Iterator[Finding]:
    name = FormField(cell.field.name)
    for detail in DETAILS[name]:
        stated, theirs = text_named(dossier, detail), _said(held, detail)
        if stated is not None and theirs and not any(same(detail, stated.text, line) for line in held):
            yield stated.fault(f"is not what the list has for this certificate: entry {listed(held)}.", expected=theirs)
    prefixes = {prefix_of(published(line, name)) for line in held} - {""} if name == FormField.CPA_NUMBER else set()
    if prefixes and prefix_of(cell.text) not in {*prefixes, ""}:
        expected = " or ".join(sorted(prefixes))
        yield cell.fault(f"is on the list with the prefix '{expected}': entry {listed(held)}.", expected=expected)
    maker = FormField.MANUFACTURER_IDENTIFIER
    if (
        name in _ONE_MAKER
        and text(dossier, maker)
        and not any(same(maker, text(dossier, maker), line) for line in held)
    ):
        yield cell.fault(
            f"is on the list for another manufacturer only, {_said(held, maker)}: entry {listed(held)}.",
            expected="a certificate of this manufacturer",
        )
    kind, device = FormField.DEVICE_TYPE, text(dossier, FormField.DEVICE_TYPE)
    if device and not any(_of_one_kind(device, published(line, kind)) for line in held):
        yield cell.fault(
            f"is on the list for another kind of device only, {_said(held, kind)}: entry {listed(held)}.",
            expected="a certificate of this kind of device",
        )


def _said(held: Sequence[RegisterEntry], name: FormField) -> str:
    return " or ".join(sorted({published(line, name) for line in held} - {""}))


def _of_one_kind(device: str, other: str) -> bool:
    meters = reference().groups["dlms"]
    return device.casefold() == other.casefold() or (device in meters and other in meters)


RULE = Rule(
    id="register.certificate_details",
    title="The list says the same of the certificates",
    citation="SEC F2.1 and F2.5; guidance appendix A 2.2",
    check=check,
    applies=applies,
)
