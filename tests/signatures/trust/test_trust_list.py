"""What an operator lays down to be trusted is read, or told of: folders, single files, bundles, other names."""

from __future__ import annotations

import base64
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pki
import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, pkcs7
from pki import NOW, Holder
from programs import a_place
from signatures.conftest import World, judge, signed_by
from warm import cpl_intake

from intake.signatures.trust.trust_list import TrustList, read_trust_list
from intake.signatures.trust_settings import TrustSettings


@cache
def root() -> Holder:
    return pki.root("A listed root", key_number=51)


@cache
def issuer() -> Holder:
    return root().issue(pki.name("A listed issuer", "Test Trust"), authority=True, key_number=52)


def revoking() -> bytes:
    return x509.load_der_x509_crl(root().crl()).public_bytes(Encoding.PEM)


def bundle(encoding: Encoding) -> bytes:
    return pkcs7.serialize_certificates([root().certificate], encoding)


def found(trust_list: TrustList) -> tuple[int, int, int]:
    return len(trust_list.signers.anchors), len(trust_list.signers.intermediates), len(trust_list.crls)


FILES: dict[str, tuple[str, Callable[[], bytes], tuple[int, int, int]]] = {
    "an anchor": ("root.pem", lambda: root().pem, (1, 0, 0)),
    "an anchor in DER": ("root.der", lambda: root().der, (1, 0, 0)),
    "a bundle": ("authorities.crt", lambda: root().pem + issuer().pem, (1, 1, 0)),
    "a bundle without an ending": ("authorities", lambda: issuer().pem + root().pem, (1, 1, 0)),
    "a bundle with its revocation list": ("all.pem", lambda: root().pem + issuer().pem + revoking(), (1, 1, 1)),
    "words around it": ("all.pem", lambda: b"\xef\xbb\xbfsubject=A root\r\n" + root().pem + b"\nissuer", (1, 0, 0)),
    "the label of old": ("all.pem", lambda: root().pem.replace(b"CERTIFICATE", b"X509 CERTIFICATE"), (1, 0, 0)),
}


@pytest.mark.parametrize("kind", FILES)
def test_one_file_is_a_list_whatever_its_name(kind: str, tmp_path: Path) -> None:
    name, content, expected = FILES[kind]
    (tmp_path / name).write_bytes(content())
    trust_list = read_trust_list(tmp_path / name)
    assert (found(trust_list), trust_list.troubles) == (expected, ())
    assert trust_list.time_stamps.anchors == ()


def test_a_signature_leads_to_an_anchor_in_a_file(world: World, tmp_path: Path) -> None:
    file = tmp_path / "trusted.pem"
    lists = [x509.load_der_x509_crl(each.crl()).public_bytes(Encoding.PEM) for each in (world.root, world.issuer)]
    file.write_bytes(b"".join((world.root.pem, world.issuer.pem, *lists)))
    assert judge(signed_by(world.good), TrustSettings(file, at=NOW)).trusted is True
    file.write_bytes(root().pem)
    assert judge(signed_by(world.good), TrustSettings(file, at=NOW)).trusted is False


TOLD: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "a certificate of another name": ("issuer.der", lambda: issuer().der, "issuer.der is not read: give it a name"),
    "PEM of another name": ("issuer.txt", lambda: issuer().pem, "issuer.txt is not read: give it a name"),
    "a list of another name": ("0.r0", revoking, "0.r0 is not read: give it a name"),
    "a bundle": ("issuer.p7b", lambda: bundle(Encoding.DER), "issuer.p7b is not read; write the certificates"),
    "a bundle in the place of a certificate": ("issuer.cer", lambda: bundle(Encoding.DER), "but a bundle (PKCS #7)"),
    "a bundle in PEM": ("issuer.pem", lambda: bundle(Encoding.PEM), "but a bundle (PKCS #7)"),
    "UTF-16": ("issuer.crt", lambda: issuer().pem.decode().encode("utf-16"), "but text in UTF-16"),
    "base64 alone": ("issuer.cer", lambda: base64.encodebytes(issuer().der), "issuer.cer holds no certificate."),
    "a bundle cut short": ("all.pem", lambda: issuer().pem + root().pem[:-40], "holds a block that is cut short"),
    "what is trusted for some uses": (
        "all.pem",
        lambda: issuer().pem.replace(b"CERTIFICATE", b"TRUSTED CERTIFICATE"),
        "of a kind that is not read",
    ),
    "a certificate among the lists": ("issuer.crl", lambda: issuer().pem, "issuer.crl holds certificates"),
    "a list in DER for a certificate": ("issuer.crt", lambda: root().crl(), "A certificate in issuer.crt cannot be"),
    "a folder within it": ("more/issuer.pem", lambda: issuer().pem, "The folder more within it is not read"),
}


@pytest.mark.parametrize("kind", TOLD)
def test_what_is_not_taken_is_told(kind: str, tmp_path: Path) -> None:
    name, content, expected = TOLD[kind]
    (tmp_path / "root.pem").write_bytes(root().pem)
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_bytes(content())
    trust_list = read_trust_list(tmp_path)
    assert found(trust_list)[0] == 1
    (trouble,) = trust_list.troubles
    assert expected in trouble


def test_a_link_that_leads_nowhere_is_told(tmp_path: Path) -> None:
    (tmp_path / "root.pem").symlink_to(tmp_path / "gone" / "root.pem")
    (trouble,) = read_trust_list(tmp_path).troubles
    assert trouble == "root.pem cannot be read: No such file or directory"


def test_what_is_no_part_of_a_list_or_is_taken_from_another_file_is_not_told(tmp_path: Path) -> None:
    pki.trust_folder(tmp_path, root(), issuer(), tsa=[root()])
    (tmp_path / "README.md").write_text("whose these are")
    (tmp_path / ".keep").write_bytes(issuer().pem)
    (tmp_path / "5ed36f99.0").symlink_to(tmp_path / "0.pem")  # as openssl rehash lays them
    (tmp_path / "copy.der").write_bytes(issuer().der)
    (tmp_path / "old").mkdir()
    trust_list = read_trust_list(tmp_path)
    assert (found(trust_list), trust_list.troubles) == ((1, 1, 2), ())


def test_a_thousand_other_files_do_not_crowd_an_anchor_out(tmp_path: Path) -> None:
    for number in range(1_000):
        (tmp_path / f"{number}.txt").touch()
    (tmp_path / "z.pem").write_bytes(root().pem)
    trust_list = read_trust_list(tmp_path)
    assert found(trust_list) == (1, 0, 0)
    assert "more than 1000 files" in trust_list.troubles[0]


def test_a_file_that_changes_is_read_again(tmp_path: Path) -> None:
    file = tmp_path / "trusted.pem"
    file.write_bytes(root().pem)
    assert found(read_trust_list(file)) == (1, 0, 0)
    file.write_bytes(root().pem + issuer().pem)
    assert found(read_trust_list(file)) == (1, 1, 0)


def test_a_check_tells_what_of_the_list_it_cannot_use(tmp_path: Path) -> None:
    (tmp_path / "sent").mkdir()
    (tmp_path / "sent" / "note.txt").write_text("hello")
    (tmp_path / "trust").mkdir()
    (tmp_path / "trust" / "root.der").write_bytes(root().der)
    for trust, expected in (("trust", "root.der is not read"), ("none", "there is no folder"), ("trust/root.der", "")):
        done = cpl_intake("check", tmp_path / "sent", "--trust", tmp_path / trust)
        assert expected in done.err
        assert bool(done.err) == bool(expected)


@pytest.mark.parametrize(
    ("lays", "expected"),
    [
        (lambda _: None, "trust is not there"),
        (lambda trust: trust.mkdir(), "holds no anchor"),
        (lambda trust: trust.write_bytes(issuer().pem), "holds intermediates but no anchor"),
        (lambda trust: trust.write_bytes(root().pem), "1 anchors and 0 CRLs"),
        (lambda trust: trust.write_bytes(b""), "trust holds no certificate"),
    ],
)
def test_doctor_tells_what_of_it_is_missing(lays: Callable[[Path], None], expected: str, tmp_path: Path) -> None:
    config = a_place(tmp_path)
    lays(tmp_path / "trust")
    said = cpl_intake("doctor", "--config", config, "--format", "json").json["edges"]
    assert expected in next(edge for edge in said if edge["edge"] == "trust")["said"]
