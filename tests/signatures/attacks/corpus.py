"""Every attack on a signed workbook, as a file; and workbooks that look odd and are not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from signatures import signer
from signatures.attacks.container import CONTAINERS, Bend
from signatures.attacks.forgery import FORGERY, Forge
from signatures.attacks.injection import INJECTION
from signatures.attacks.masking import MASKING
from signatures.attacks.parts import FORMAT, Change
from signatures.attacks.repair import REPAIR
from signatures.attacks.tampering import TAMPERING
from signatures.attacks.wrapping import WRAPPING
from signatures.signer import How, packed
from signatures.workbooks import full, maker, signed

KINDS = ("rsa2048", "p256")
CHANGES = {
    "content injection": INJECTION,
    "tampering": TAMPERING,
    "malicious repair": REPAIR,
    "signature wrapping": WRAPPING,
}


@dataclass(frozen=True)
class Attack:
    """One file of the corpus."""

    group: str
    name: str
    key: str
    said: str
    """What is to be said of it: ``COVERAGE_PARTIAL``, or the sub-indication."""
    build: Callable[[], bytes]

    def __str__(self) -> str:
        return f"{self.group}: {self.name} ({self.key})"


def attacks() -> Iterator[Attack]:
    """The corpus, for RSA and for elliptic curves."""
    for key in KINDS:
        for group, cases in CHANGES.items():
            for name, (statement, change) in cases.items():
                yield Attack(group, name, key, statement, partial(_changed, key, change))
        for name, (statement, left_out, change) in MASKING.items():
            yield Attack(
                "content masking", name, key, statement, partial(_masked, key, How(leave_out=left_out), change)
            )
        for name, bend in CONTAINERS.items():
            yield Attack("legacy wrapping", name, key, FORMAT, partial(_bent, key, bend))
        for name, (statement, forge) in FORGERY.items():
            yield Attack("universal signature forgery", name, key, statement, partial(_forged, key, forge))


def _changed(key: str, change: Change) -> bytes:
    parts = signed(key)
    change(parts)
    return packed(parts)


def _masked(key: str, how: How, change: Change) -> bytes:
    parts = signer.sign(full(), maker(key), how)
    change(parts)
    return packed(parts)


def _bent(key: str, bend: Bend) -> bytes:
    return bend(packed(signed(key)))


def _forged(key: str, forge: Forge) -> bytes:
    return packed(forge(maker(key)))
