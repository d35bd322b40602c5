"""No image is on the list for another manufacturer, or for another firmware version alone.

What: the list has no entry of another manufacturer_identifier with this Manufacturer_Image.hash, removed ones included;
and where it has the hash for this manufacturer, it has it for this firmware_version, too.
Why: one hash is one image, an image runs on the devices of one manufacturer and has one version in its header; a row
copied from elsewhere, or a hash kept from the release before, is the likeliest reason. A maker's own models may share
an image.
Good: a hash that the list does not have, or has for this manufacturer alone and for this firmware version.
Bad: the hash of entry 000123, which is of manufacturer 10:6C, for a device of manufacturer 1A:5D; the hash that entry
000124 has with firmware 01:02:05:00, with firmware 01:02:05:01.
What to do: enter the hash of this image, or say in the submission why the image is the same.
Clause: SEC Appendix Z section 4.1; guidance section 4.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rules.facts import Dossier, RegisterEntry
from rules.fields import FormField
from rules.finding import Finding
from rules.form import Cell, text_named
from rules.published import listed, published, same
from rules.register._entry import lines, list_given, text
from rules.rule import Rule


def applies(dossier: Dossier) -> bool:
    """Apply where there is a list, and the form states a hash and a manufacturer."""
    stated = (text(dossier, name) for name in (FormField.IMAGE_HASH, FormField.MANUFACTURER_IDENTIFIER))
    return list_given(dossier) and all(stated)


def check(dossier: Dossier) -> Iterator[Finding]:
    """Ask about a hash that the list has for another manufacturer, or another firmware version alone."""
    image, maker = text(dossier, FormField.IMAGE_HASH), text(dossier, FormField.MANUFACTURER_IDENTIFIER)
    with_hash = [line for line in lines(dossier) if same(FormField.IMAGE_HASH, image, line)]
    others = [line for line in with_hash if not same(FormField.MANUFACTURER_IDENTIFIER, maker, line)]
    cell = text_named(dossier, FormField.IMAGE_HASH)
    if cell is not None and others:
        makers = ", ".join(sorted({published(line, FormField.MANUFACTURER_IDENTIFIER) for line in others}))
        yield cell.fault(
            f"is on the list for another manufacturer, {makers}: entry {listed(others)}.",
            expected="a hash that the list has for no other manufacturer",
        )
    elif cell is not None and with_hash:
        yield from _of_another_version(dossier, cell, with_hash)


def _of_another_version(dossier: Dossier, cell: Cell, with_hash: Sequence[RegisterEntry]) -> Iterator[Finding]:
    name = FormField.FIRMWARE_VERSION
    firmware = text(dossier, name)
    if firmware and not any(same(name, firmware, line) for line in with_hash):
        versions = ", ".join(sorted({published(line, name) for line in with_hash}))
        yield cell.fault(
            f"is on the list for another firmware version only, {versions}: entry {listed(with_hash)}.",
            expected="the hash of this firmware version's image",
        )


RULE = Rule(
    id="register.image_reuse",
    title="The image is on the list for no other manufacturer or version",
    citation="SEC Appendix Z 4.1; guidance 4",
    check=check,
    applies=applies,
)
