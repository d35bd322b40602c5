"""An export for somebody outside: an open bag that shows that something happened, and sealed ones for who may see what.

The open bag holds what is published, and of each event its public head with the digest of the rest. So it proves when
what happened and that nothing was rewritten, and tells nobody's contact, reason, letter or document.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Iterator, Mapping, Sequence

from intake.archive.bag import bag
from intake.domain.events import EVENTS
from intake.pipeline.evidence import retrieve
from intake.pipeline.list.stacks import stacks_of
from intake.pipeline.services import Services
from intake.signing.seal import certificates, seal
from intake.store import submissions
from intake.store.events import Event
from intake.store.schema import PROGRAM

PUBLISHED = "entries/"
"""Beneath it lies what the list has published of its entries."""


def written(
    services: Services, name: str, payload: Mapping[str, bytes], told: Sequence[Event], info: Mapping[str, str]
) -> bytes:
    """Write the open bag and the sealed ones, as a zip.

    Args:
        services: the edges.
        name: of the bag's folder.
        payload: everything, by its path.
        told: the events.
        info: further lines of ``bag-info.txt`` of the sealed bag.

    Raises:
        ConfigurationError: a certificate of `[seal]` cannot be used.
    """
    full = retrieve.written(services, name, payload, told, info)
    sealed = dict(_sealed(services, name, full, told))
    open_part = {path: content for path, content in payload.items() if path.startswith(PUBLISHED)}
    open_part["sealed.json"] = json.dumps(
        {"bag_sha256": hashlib.sha256(full).hexdigest(), "sealed_for": sorted(sealed)}, indent=2
    ).encode()
    salted = [event for event in told if event.salt is not None]
    about = {"External-Description": f"That something was recorded of {name}; what is restricted is left out"}
    bagged = retrieve.written(services, name, open_part, salted, about, withheld=True)
    whole = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(bagged)) as bag_files, zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as files:
        for entry in bag_files.infolist():
            files.writestr(entry, bag_files.read(entry), zipfile.ZIP_DEFLATED)
        stamp = services.clock.now().timetuple()[:6]
        for path, content in {**sealed, "OPEN.txt": _HOW_TO_OPEN.encode()}.items():
            files.writestr(zipfile.ZipInfo(path, stamp), content, zipfile.ZIP_DEFLATED)
    return whole.getvalue()


def _sealed(services: Services, name: str, full: bytes, told: Sequence[Event]) -> Iterator[tuple[str, bytes]]:
    """Yield each sealed bag under its name; none for a role that has no certificate."""
    config = services.config
    for role, files in (("auditor", config.seal.auditor), ("ssc", config.seal.ssc)):
        recipients = certificates([config.path(file) for file in files])
        if recipients:
            content = full if role == "auditor" else _for_the_ssc(services, name, told)
            yield f"sealed-{role}.p7m", seal(content, recipients)


def _for_the_ssc(services: Services, name: str, told: Sequence[Event]) -> bytes:
    """A bag of ZigBee stacks and of why people decided; no contacts, mail or letters."""
    numbers = sorted({event.message for event in told if event.message is not None})
    with services.store.reading() as tx:
        rows = [submissions.get(tx, number) for number in numbers]
    shown = [view for row in rows if row.disposed_at is None for view in stacks_of(services, row)]
    reasons = [
        {"seq": event.seq, "at": event.at.isoformat(), "who": event.actor, "what": event.name, "reason": reason}
        for event in told
        if event.actor != PROGRAM and event.name in EVENTS and (reason := event.detail.get("reason"))
    ]
    stacks = [
        {"reference": view.reference, "device": view.device, "model": view.model, "stated": list(view.stated)}
        for view in shown
    ]
    payload = {
        "stacks.json": json.dumps(stacks, indent=2).encode(),
        "reasons.json": json.dumps(reasons, indent=2).encode(),
        "verify.txt": b"sha256sum -c manifest-sha256.txt\n",
    }
    return bag(name, payload, {"External-Identifier": name}, services.clock.now())


_HOW_TO_OPEN = """\
The folder beside this file is a bag of evidence that anybody may read and check:
its VERIFY.txt says how. What is restricted is in none of its files.

sealed-ROLE.p7m is a second bag that only who holds the private key of that role opens:

    openssl cms -decrypt -binary -inform DER -in sealed-ROLE.p7m -inkey KEY.pem -out sealed.zip

The SHA-256 of what an auditor gets so is bag_sha256 in data/sealed.json.
"""
