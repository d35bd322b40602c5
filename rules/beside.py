"""Every value of a form beside a certificate's, as the rules of alignment compare the two.

Whoever shows both side by side takes the answer from here, so that no page can say other than the rules do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from rules.alignment import _cpa, _device_model, _dlms
from rules.alignment._compare import Agreement, Comparison, Doubt
from rules.alignment._identity import Scheme
from rules.facts import AssuranceCertificate, DocumentKind, Dossier

__all__ = ["Agreement", "Comparison", "Doubt", "comparisons", "used"]

_Compared = Callable[[Dossier, AssuranceCertificate], Iterable[Comparison]]


def used(dossier: Dossier, kind: DocumentKind) -> tuple[AssuranceCertificate, ...]:
    """Give the certificates of one kind that count for the entry under judgement; none where its device needs none."""
    scheme = _SCHEMES[kind][0]
    return dossier.certificates(kind) if scheme.applies(dossier) else ()


def comparisons(dossier: Dossier) -> Iterator[Comparison]:
    """Give every comparison that the rules make for the entry under judgement, of whatever outcome.

    Numbers are compared with every certificate that counts, everything else with the one that the form means. Where
    that is unclear nothing else is compared.
    """
    for scheme, compared in _SCHEMES.values():
        if not scheme.applies(dossier):
            continue
        yield from scheme.numbers(dossier)
        for certificate in scheme.referenced_certificates(dossier):
            yield from compared(dossier, certificate)


def _zigbee(dossier: Dossier, certificate: AssuranceCertificate) -> Iterator[Comparison]:
    yield _device_model.type_of_device(dossier, certificate)
    yield from _device_model.device_model(dossier, certificate)
    yield from _device_model.standard(dossier, certificate)


def _assured(dossier: Dossier, certificate: AssuranceCertificate) -> Iterator[Comparison]:
    yield _cpa.type_of_device(dossier, certificate)
    yield from _cpa.device_model(dossier, certificate)
    yield _cpa.security_characteristics(dossier, certificate)
    yield _cpa.date(dossier, certificate)


_SCHEMES: dict[DocumentKind, tuple[Scheme, _Compared]] = {
    DocumentKind.ZIGBEE_CERTIFICATE: (_device_model.ZIGBEE, _zigbee),
    DocumentKind.CPA_CERTIFICATE: (_cpa.CPA, _assured),
    DocumentKind.DLMS_CERTIFICATE: (_dlms.DLMS, _dlms.stated),
}
