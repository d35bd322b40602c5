"""Spreads the faults over rows, device types and editions: the latest meets all, each other one a share of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from corpus.labelled.case import Case
from corpus.labelled.faultless import LATEST, Device, faultless

from intake.demo import products
from intake.demo.form_rows import DEVICE_TYPES, EDITIONS, Line

Fault = Callable[[Device, Line], Iterator[Case]]
"""Every way in which one kind of fault befalls a row of this device's form; none where it does not apply."""

_ONE_IN = 6


def over_rows(edition: str, *faults: Fault) -> Iterator[Case]:
    """Each fault at each row that a device fills in, the device types taking turns."""
    return thinned(edition, _in_turns(edition, faults))


def _in_turns(edition: str, faults: tuple[Fault, ...]) -> Iterator[Case]:
    devices = [faultless(edition, device_type) for device_type in DEVICE_TYPES]
    for at, line in enumerate(EDITIONS[edition]):
        fitting = [device for device in devices if line.field in device.values]
        for number, fault in enumerate(faults):
            if fitting:
                yield from fault(fitting[(at + number) % len(fitting)], line)


def thinned(edition: str, cases: Iterable[Case]) -> Iterator[Case]:
    """All of the cases, or one in a few, another few for every edition."""
    start = list(EDITIONS).index(edition)
    for number, case in enumerate(cases):
        if edition == LATEST or number % _ONE_IN == start % _ONE_IN:
            yield case


def smets1(edition: str) -> Iterator[Device]:
    """A SMETS1 device of each type that may be one on the edition's day."""
    for device_type in DEVICE_TYPES:
        try:
            yield faultless(edition, device_type, pair=products.SMETS1)
        except LookupError:
            continue
