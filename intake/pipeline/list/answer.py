"""Records what becomes of a version after its release: a signature made elsewhere, and what the DCC's loader said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from cryptography import x509

from intake.domain.register_events import PublicationLoaded, PublicationRejected, SignatureAttached
from intake.domain.review import DecisionRefusedError
from intake.domain.version_letter import subject_of
from intake.pipeline.list import publish_folder
from intake.pipeline.list.next_version import issue_of
from intake.pipeline.list.tell_published import attached_to_dcc, queue_answer, renew_notices, renew_to_dcc
from intake.pipeline.outgoing.letters import keep_written
from intake.pipeline.outgoing.overtaken import drop_overtaken, hold_fast
from intake.pipeline.services import Services
from intake.publication.notices import Answer
from intake.signatures.armour import binary_of
from intake.signatures.detect import of_cms
from intake.store import events, outbox, publications
from intake.store.engine import Transaction
from intake.store.publications import OUT, Publication, PublicationState
from intake.store.turns import serialize_writers


def attach(services: Services, signature: bytes, person: str) -> tuple[Publication, str]:
    """Attach a signature that was made elsewhere to the workbook of the version that is prepared, else of the newest.

    It is a CMS signature over the workbook, verified, and is kept as DER, be it handed in as text or not.

    Returns:
        The version, and the signer.

    Raises:
        DecisionRefusedError: there is no version, or it is no such signature of its workbook.
        UnreachableError: an edge did not answer.
    """
    with services.store.reading() as tx:
        newest = publications.prepared(tx) or publications.newest_out(tx)
    if newest is None:
        message = "No version of the list is prepared or published, so there is nothing to attach it to."
        raise DecisionRefusedError(message)
    book = next(name for name in newest.files if name.endswith((".xlsx", ".xlsm")))
    kept, signer = _verified(signature, services.archive.get(newest.files[book]))
    sha256, now = services.archive.put(kept), services.clock.now()
    files = {**newest.files, f"{book}.p7s": sha256}
    attached = attached_to_dcc(services, files)
    with services.store.reading() as tx:
        waiting = outbox.of_list(tx, subject_of(newest.version))
    keep_written(services, waiting)
    with services.store.transaction() as tx:
        hold_fast(tx, newest.version)
        serialize_writers(tx)
        if not publications.change(tx, newest, files=files):
            message = "The version has just moved on; attach the signature again."
            raise DecisionRefusedError(message)
        happened = SignatureAttached(publication=newest.id, version=newest.version, sha256=sha256, signer=signer)
        events.append(tx, happened, at=now, actor=person)
        if newest.list_version is not None:
            renew_to_dcc(services, tx, issue_of(tx, newest), replace(newest, files=files), attached, now)
    publish_folder.write_version(services, newest.version, files)
    return newest, signer


def loaded(services: Services, version: str, person: str) -> None:
    """Record that the DCC has loaded a version.

    Raises:
        DecisionRefusedError: there is no such version that waits for an answer.
        UnreachableError: an edge did not answer.
    """
    now = services.clock.now()
    later, attached = _later(services, version)
    with services.store.transaction() as tx:
        refused = [other.version for other in publications.in_states(tx, (PublicationState.REJECTED,))]
        beside = [*refused, *([later.version] if later else [])]
        released = _answered(tx, version, PublicationState.LOADED, person, now, "", beside=beside)
        happened = PublicationLoaded(publication=released.id, version=version)
        events.append(tx, happened, at=now, actor=person)
        queue_answer(services, tx, issue_of(tx, released), Answer(loaded=True), now)
        for moved_on in dict.fromkeys((version, *refused)):
            drop_overtaken(tx, moved_on, person, now)
        if later is not None:
            renew_notices(services, tx, issue_of(tx, later), later, attached, now)


def rejected(services: Services, version: str, entry: str, reason: str, person: str) -> None:
    """Record that the DCC's loader refused a version at an entry.

    Raises:
        DecisionRefusedError: there is no such version that waits for an answer, or no reason is given.
        UnreachableError: an edge did not answer.
    """
    if not reason.strip():
        message = "Say what the DCC's loader said."
        raise DecisionRefusedError(message)
    now = services.clock.now()
    later, attached = _later(services, version)
    with services.store.transaction() as tx:
        answer = f"entry {entry}: {reason.strip()}"
        beside = [later.version] if later else []
        released = _answered(tx, version, PublicationState.REJECTED, person, now, answer, beside=beside)
        happened = PublicationRejected(publication=released.id, version=version, entry=entry, reason=reason.strip())
        events.append(tx, happened, at=now, actor=person, entry=entry)
        queue_answer(services, tx, issue_of(tx, released), Answer(loaded=False, text=answer), now)
        drop_overtaken(tx, version, person, now)
        if later is not None:
            renew_notices(services, tx, issue_of(tx, later), later, attached, now)


def _later(services: Services, version: str) -> tuple[Publication | None, dict[str, bytes]]:
    """The newest version, with what the DCC is sent of it, where its letters count from how this one was answered.

    They may be written anew, so what they said until now is archived.
    """
    with services.store.reading() as tx:
        newest = publications.newest_out(tx)
        if newest is None or newest.version == version or newest.state is not PublicationState.PUBLISHED:
            return None, {}
        waiting = outbox.of_list(tx, subject_of(newest.version))
    keep_written(services, waiting)
    return newest, attached_to_dcc(services, dict(newest.files))


def _answered(  # one a fact of the answer
    tx: Transaction,
    version: str,
    state: PublicationState,
    person: str,
    now: datetime,
    answer: str,
    *,
    beside: Sequence[str] = (),
) -> Publication:
    """Record the answer; the letters about the version are locked, and those about versions `beside` it."""
    hold_fast(tx, version, *beside)
    serialize_writers(tx)
    released = publications.of_version(tx, version)
    if released is None or released.state not in OUT:
        message = f"There is no published version {version}."
        raise DecisionRefusedError(message)
    if released.state is PublicationState.LOADED:
        message = f"The DCC has loaded version {version} already."
        raise DecisionRefusedError(message)
    publications.change(tx, released, state=state, answered_by=person, answered_at=now, answer=answer or None)
    return released


def _verified(signature: bytes, content: bytes) -> tuple[bytes, str]:
    """Give the signature as DER, which is how its readers are told to check it, and who signed the content.

    Raises:
        DecisionRefusedError: it is no CMS signature over this content.
    """
    binary = binary_of(signature) if of_cms(signature) else None
    if binary is None:
        message = (
            "This is no CMS signature (.p7s). Whoever reads the list checks it by one, so nothing else can stand in "
            "its place; what the DCC wants in another form is sent to it by hand."
        )
        raise DecisionRefusedError(message)
    from intake.signatures.cms.message import verify_detached  # noqa: PLC0415  # heavy, and seldom wanted

    told = verify_detached(binary, (content,)).verified
    if not told or not all(signature_facts.intact and signature_facts.valid for signature_facts in told):
        message = (
            "This is no signature of the version's workbook by itself: it is over another file, holds a file, "
            "or has been changed."
        )
        raise DecisionRefusedError(message)
    return binary, "; ".join(
        x509.load_der_x509_certificate(signature_facts.certificate).subject.rfc4514_string()
        for signature_facts in told
        if signature_facts.certificate
    )
