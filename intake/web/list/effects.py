"""What a removal would break, for whoever asks for it and whoever agrees."""

from __future__ import annotations

from collections.abc import Collection

from intake.pipeline.services import Services
from intake.register.effects import RemovalEffects, effects_of_removal
from intake.store import listing


def removal_effects(services: Services, numbers: Collection[str]) -> RemovalEffects:
    """Tell which Device Models would leave the list and which upgrade routes would break; only their devices are read.

    Raises:
        UnreachableError: the store did not answer.
    """
    with services.store.reading() as tx:
        snapshot = services.list_index.snapshot(tx)
        devices = {glance.shape.device for glance in map(snapshot.find, numbers) if glance is not None}
        read = listing.versions_by_id(tx, [glance.id for glance in snapshot.of_devices(devices)])
    entries = sorted((version.entry for version in read.values()), key=lambda entry: entry.number)
    return effects_of_removal(entries, [entry.number for entry in entries if entry.number in numbers])
