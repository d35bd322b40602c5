"""A signature in plain words: whose it is, over what, when, who vouches for it, and why the verdict."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from intake.render import plain
from intake.render.moments import london_short
from rules.facts import Dossier
from rules.signature_facts import Coverage, Indication, Revocation, SignatureFacts, plainly

MOST = 12
"""Parts of a document that are named; a report holds the rest."""

FORMS = {"opc": "in the workbook", "odf": "in the document", "cms": "by S/MIME", "pdf": "in the PDF"}
_VERDICTS = {
    Indication.TOTAL_PASSED: "holds",
    Indication.INDETERMINATE: "cannot be settled",
    Indication.TOTAL_FAILED: "fails",
}
_COVERAGE = {
    Coverage.ENTIRE: "the whole document (its properties may be left out)",
    Coverage.PARTIAL: "only a part of the document",
    Coverage.UNCLEAR: "what it covers is not known",
}
_SOURCES = {"crl": "revocation list", "ocsp": "answer"}


@dataclass(frozen=True, slots=True)
class SignatureAccount:
    """One signature; every text of it safe to print."""

    headline: str
    indication: Indication
    why: tuple[str, ...]
    """Why it does not hold, in sentences."""
    lines: tuple[tuple[str, tuple[str, ...]], ...]
    """Labels, each with what there is to say under it."""


def signature_account(signature: SignatureFacts) -> SignatureAccount:
    """Describe a signature in plain words."""
    signer = signature.signer
    who = signer.organisation or "; ".join(signer.organisations) or signer.common_name or "somebody who is not named"
    verdict = _VERDICTS[signature.indication]
    form = FORMS.get(signature.format, signature.format)
    lines = ((label, tuple(map(_safe, texts))) for label, texts in _lines(signature))
    return SignatureAccount(
        headline=_safe(f"The signature of {who} ({form}) {verdict}"),
        indication=signature.indication,
        why=tuple(_safe(plainly(reason)) for reason in signature.reasons),
        lines=tuple((label, texts) for label, texts in lines if texts),
    )


def everybody(dossier: Dossier) -> Iterator[tuple[str, tuple[SignatureAccount, ...]]]:
    """Give what is signed in a submission, by name, with its signatures: the mail first."""
    if dossier.message is not None and dossier.message.signatures:
        yield "The mail", tuple(map(signature_account, dossier.message.signatures))
    for document in dossier.documents:
        if document.signatures:
            yield _safe(document.name), tuple(map(signature_account, document.signatures))


def lines(dossier: Dossier) -> Iterator[str]:
    """Format the signatures as plain text."""
    for name, signatures in everybody(dossier):
        yield name
        for signature in signatures:
            yield f"  {signature.headline}."
            yield from (f"    - {sentence}" for sentence in signature.why)
            yield from (f"    {label}: {text}" for label, texts in signature.lines for text in texts)


def _lines(signature: SignatureFacts) -> Iterator[tuple[str, Iterable[str]]]:
    sub = f", {signature.sub_indication}" if signature.sub_indication else ""
    yield "Verdict", [f"{signature.indication.value}{sub}"]
    yield "Signer", _signer(signature)
    yield "Covers", [_COVERAGE[signature.coverage]]
    yield "Not covered", _some(signature.uncovered)
    yield "Signed", _times(signature)
    yield "Chain", signature.chain
    yield "Revocation", [_revocation(revocation) for revocation in signature.revocation]
    yield "Algorithms", [", ".join(signature.algorithms)] if signature.algorithms else []
    yield "Trust list", [f"SHA-256 {signature.trust_list}"] if signature.chain and signature.trust_list else []
    yield "Noted", map(plainly, signature.notes)


def _signer(signature: SignatureFacts) -> Iterator[str]:
    signer = signature.signer
    if signer.subject is None:
        return
    yield signer.subject
    if signer.issuer:
        yield f"certificate {signer.serial} of {signer.issuer}"
    if signer.not_before and signer.not_after:
        yield f"valid from {london_short(signer.not_before)} to {london_short(signer.not_after)}"


def _times(signature: SignatureFacts) -> Iterator[str]:
    if signature.signing_time is not None:
        yield f"on {london_short(signature.signing_time)}, as the signer claims"
    if signature.proven_time is not None:
        yield f"before {london_short(signature.proven_time)}, as a time stamp proves"
    elif signature.signing_time is not None:
        yield "no time stamp proves it"


def _revocation(word: Revocation) -> str:
    if word.source == "none":
        return f"not known of {word.subject}"
    source = _SOURCES.get(word.source, word.source)
    dated = f" of {london_short(word.issued_at)}" if word.issued_at else ""
    if word.revoked_at is not None:
        return f"{word.subject} was revoked on {london_short(word.revoked_at)} (by the {source}{dated})"
    return f"{word.subject} was not revoked (by the {source}{dated})"


def _some(names: tuple[str, ...]) -> Iterator[str]:
    yield from names[:MOST]
    if len(names) > MOST:
        yield f"and {len(names) - MOST} more"


def _safe(text: str) -> str:
    return plain.bounded(plain.one_line(text), plain.LONGEST_MESSAGE)
