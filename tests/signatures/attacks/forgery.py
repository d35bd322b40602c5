"""Universal signature forgery: a signature that is right in itself and covers nothing of this document.

An attacker who has any signature of somebody, or a key that is trusted for something else, moves it into a package.
"""

from __future__ import annotations

import base64
from collections.abc import Callable

from pki import Holder
from signatures import signer
from signatures.attacks.parts import CRYPTO, FORMAT, HASH, MISSING, NOBODY, PARTIAL, Parts
from signatures.signer import C14N, DS, SIG, How
from signatures.workbooks import BOOK, full, maker

Forge = Callable[[Holder], Parts]


def _resigned(*objects: str, references: list[str] | None = None, how: How | None = None) -> Forge:
    """A package whose signature is over these Objects instead."""

    def forge(holder: Holder) -> Parts:
        parts = signer.sign(full(), holder)
        parts[SIG] = signer.signature(objects, holder, how or How(), references=references)
        return parts

    return forge


def _listed(edit: Callable[[list[str]], list[str]]) -> Forge:
    """A package whose Manifest was changed before it was signed."""
    return lambda holder: signer.sign(full(), holder, How(edit=edit))


def _uncovered(holder: Holder) -> Parts:
    """The Manifest in an Object that SignedInfo does not refer to."""
    parts = signer.sign(full(), holder)
    text = parts[SIG].decode()
    start = text.index('<Object Id="idPackageObject">')
    package = text[start : text.index("</Object>", start) + len("</Object>")].replace("idPackageObject", "idLoose")
    other = signer.signature([signer.office_object()], holder, How()).decode()
    parts[SIG] = other.replace("</Signature>", f"{package}</Signature>").encode()
    return parts


def _in_office_object(holder: Holder) -> Parts:
    """The Manifest deep in a covered Object, where no program puts it."""
    parts = signer.sign(full(), holder)
    text = parts[SIG].decode()
    manifest = text[text.index("<Manifest>") : text.index("</Manifest>") + len("</Manifest>")]
    deep = f'<Object xmlns="{DS}" Id="idOfficeObject"><SignatureProperties>{manifest}</SignatureProperties></Object>'
    parts[SIG] = signer.signature([deep], holder, How())
    return parts


def _transplanted(holder: Holder) -> Parts:
    """The signature of another workbook by the same signer."""
    other = full()
    other["xl/worksheets/sheet1.xml"] = other["xl/worksheets/sheet1.xml"].replace(b"01:02:05:06", b"66:66:66:66")
    parts = signer.sign(full(), holder)
    parts[SIG] = signer.sign(other, holder)[SIG]
    return parts


def _second_transplanted(holder: Holder) -> Parts:
    """A good signature, and beside it the signature of another workbook."""
    parts = signer.sign(signer.sign(full(), holder), holder, How(number=2))
    parts["_xmlsignatures/sig2.xml"] = _transplanted(holder)[SIG]
    return parts


def _named(how: How) -> Forge:
    return lambda holder: signer.sign(full(), holder, how)


def _twin(holder: Holder) -> Parts:
    """A certificate of another name with the very same key, in the place of the one that the signer named."""
    parts = signer.sign(full(), holder)
    twin = maker(_kind(holder), "Foe Ltd")
    ours, theirs = (base64.b64encode(each.der) for each in (holder, twin))
    parts[SIG] = parts[SIG].replace(ours, theirs)
    return parts


def _kind(holder: Holder) -> str:
    return "p256" if hasattr(holder.key, "curve") else "rsa2048"


def _bare_key(holder: Holder) -> Parts:
    how = How(key_info=lambda _: "<KeyInfo><KeyValue><RSAKeyValue></RSAKeyValue></KeyValue></KeyInfo>")
    return signer.sign(full(), holder, how)


def _der_value(holder: Holder) -> Parts:
    """The signature value in a form that only some verifiers take: with a zero octet in front."""
    parts = signer.sign(full(), holder)
    text = parts[SIG].decode()
    start = text.index("<SignatureValue>") + len("<SignatureValue>")
    end = text.index("</SignatureValue>")
    value = b"\0" + base64.b64decode(text[start:end])
    parts[SIG] = (text[:start] + base64.b64encode(value).decode() + text[end:]).encode()
    return parts


_MANIFESTLESS = f'<Object xmlns="{DS}" Id="idPackageObject"><Assertion xmlns="urn:saml">Ashdown</Assertion></Object>'
_ENVELOPED = (
    f'<Transforms><Transform Algorithm="{DS}enveloped-signature"></Transform>'
    f'<Transform Algorithm="{C14N}"></Transform></Transforms>'
)
_SAML = f'<Reference URI="">{_ENVELOPED}{signer.digest_xml(b"<a></a>", "sha256")}</Reference>'
_ODF = f'<Reference URI="content.xml">{signer.digest_xml(b"<a></a>", "sha256")}</Reference>'
_EMPTY = signer.package_object([], How())
_FIRST = 'URI="/'

FORGERY: dict[str, tuple[str, Forge]] = {
    "a Manifest that is not covered": (FORMAT, _uncovered),
    "a Manifest where none belongs": (FORMAT, _in_office_object),
    "an empty Manifest": (FORMAT, _resigned(_EMPTY, signer.office_object())),
    "no Manifest": (FORMAT, _resigned(_MANIFESTLESS)),
    "no Manifest, Office's details only": (FORMAT, _resigned(signer.office_object())),
    "an assertion's signature": (FORMAT, _resigned(_MANIFESTLESS, references=[_SAML])),
    "an OpenDocument's signature": (FORMAT, _resigned(_EMPTY, references=[_ODF])),
    "a signature over properties alone": (FORMAT, _resigned(references=[])),
    "a signature over nothing": (FORMAT, _resigned(_EMPTY, references=[], how=How(xades=None))),
    "a Manifest of one theme": (FORMAT, _listed(lambda all_: [each for each in all_ if "theme" in each])),
    "a Manifest without the workbook": (
        FORMAT,
        _listed(lambda all_: [each for each in all_ if f"/{BOOK}?" not in each]),
    ),
    "a Manifest without relationships": (
        PARTIAL,
        _listed(lambda all_: [each for each in all_ if ".rels?" not in each]),
    ),
    "a Manifest that names a part twice": (FORMAT, _listed(lambda all_: [*all_, all_[-1]])),
    "a Manifest referred to twice": (
        FORMAT,
        _resigned(_EMPTY, references=[signer.same_document(_EMPTY, How())] * 2),
    ),
    "a Manifest that names an unknown part": (
        MISSING,
        _listed(lambda all_: [*all_, signer.part_reference("xl/none.xml", "text/xml", b"", "sha256")]),
    ),
    "a Manifest without content types": (
        FORMAT,
        _listed(lambda all_: [each.replace("?ContentType=", "?Other=") for each in all_]),
    ),
    "a Manifest with relative names": (FORMAT, _listed(lambda all_: [each.replace(_FIRST, 'URI="') for each in all_])),
    "a Manifest of network addresses": (
        FORMAT,
        _listed(lambda all_: [each.replace(_FIRST, 'URI="https://example.test/') for each in all_]),
    ),
    "a Manifest with a fragment": (
        FORMAT,
        _listed(lambda all_: [each.replace('+xml"', '+xml#a"', 1) for each in all_]),
    ),
    "a sheet by way of a canonical form": (
        FORMAT,
        _listed(
            lambda all_: [
                each.replace(
                    "><DigestMethod",
                    f'><Transforms><Transform Algorithm="{C14N}"></Transform></Transforms><DigestMethod',
                    1,
                )
                if "sheet1" in each and "rels" not in each
                else each
                for each in all_
            ]
        ),
    ),
    "relationships without a canonical form": (
        FORMAT,
        _listed(lambda all_: [each.replace(f'<Transform Algorithm="{C14N}"></Transform>', "") for each in all_]),
    ),
    "relationships chosen in an unknown way": (
        FORMAT,
        _listed(lambda all_: [each.replace("RelationshipReference", "RelationshipGuess") for each in all_]),
    ),
    "the content types as a part": (
        FORMAT,
        _listed(lambda all_: [*all_, signer.part_reference(signer.TYPES, "application/xml", b"", "sha256")]),
    ),
    "another workbook's signature": (HASH, _transplanted),
    "another workbook's signature beside a good one": (HASH, _second_transplanted),
    "a certificate that the signer did not name": (NOBODY, _named(How(named=maker(name="Foe Ltd", number=7).der))),
    "another name on the same key": (NOBODY, _twin),
    "a bare key": (NOBODY, _bare_key),
    "a signature value of another length": (CRYPTO, _der_value),
}
