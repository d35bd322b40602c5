"""Events about how long things are kept: holds, and disposals by two people.

They are events like those of `intake.domain.events`, which tells how one is added.
"""

from __future__ import annotations

from intake.domain.event import DomainEvent, event

# ---- holds


class _Hold(DomainEvent):
    hold: int
    reason: str


@event("Hold {hold} placed on the {scope} {value}: {reason}")
class HoldPlaced(_Hold):
    """Nothing that it names may be disposed of; `scope` is ``submission``, ``model`` or ``manufacturer``."""

    scope: str
    value: str


@event("Lifting of hold {hold} proposed: {reason}")
class HoldLiftProposed(_Hold):
    """One person would lift it; another must agree, and until then it holds."""


@event("Hold {hold} lifted: {reason}")
class HoldLifted(_Hold):
    """It holds nothing any more; the reason is that of whoever proposed it."""


@event("Hold {hold} stays: {reason}")
class HoldLiftRefused(_Hold):
    """The second person does not agree to lift it, or whoever proposed that took it back."""


# ---- disposals


class _Disposal(DomainEvent):
    disposal: int


@event("Disposal {disposal} proposed: {reason}")
class DisposalProposed(_Disposal):
    """One person would dispose of these cases; another must agree."""

    cases: tuple[str, ...]
    reason: str


@event("Disposal {disposal} agreed to")
class DisposalAgreed(_Disposal):
    """The second person agrees; the cases that may still go then, go."""


@event("Disposal {disposal} refused: {reason}")
class DisposalRefused(_Disposal):
    """The second person does not agree, or whoever proposed it took it back."""

    reason: str


@event("Kept, and not disposed of: {reason}")
class KeptFromDisposal(_Disposal):
    """A case of a disposal that was agreed to stays after all."""

    reason: str


@event("Disposed of; proposed by {proposed_by}")
class Disposed(_Disposal):
    """What a message said is gone, with its evidence, its letters and the details of its events; who agreed acts."""

    proposed_by: str
    pieces: int
    """Of evidence that go with it."""
    kept_sha256: str
    """Of what is left of it (`intake.store.erase.kept_sha256`)."""


@event("Pieces of evidence removed from the archive: {pieces}")
class EvidenceRemoved(DomainEvent):
    """Their disposal is carried out to the end."""

    pieces: int
