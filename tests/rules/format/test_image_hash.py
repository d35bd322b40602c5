from __future__ import annotations

from hashlib import md5, sha1, sha256

import pytest
from dossiers import A_HASH, CREATOR, HASH, a_dossier, a_form, named, ruling, verdict

from rules.format import image_hash

RULE = "format.image_hash"


def with_hash(text: str) -> str:
    return verdict(a_dossier(a_form(changes={CREATOR: "Example Meters Ltd", HASH: text})), RULE)


def pairs(octets: bytes) -> str:
    return octets.hex(":").upper()


@pytest.mark.parametrize(
    "octets",
    [
        bytes(32),
        b"\xff" * 32,
        b"\xab" * 32,
        bytes([0x12, 0x34] * 16),
        bytes.fromhex("DEADBEEF" * 8),
        bytes.fromhex("0123456789ABCDEF" * 4),
        bytes(range(8)) * 4,
        bytes(range(32)),
        bytes(range(1, 33)),
        bytes(range(255, 223, -1)),
        bytes(31) + b"\x01",
        b"\x01" + bytes(31),
        sha1(b"image", usedforsecurity=False).digest() + bytes(12),
        bytes(12) + sha1(b"image", usedforsecurity=False).digest(),
        md5(b"image", usedforsecurity=False).digest() * 2,
        md5(b"image", usedforsecurity=False).digest() + b"\xff" * 16,
        sha256(b"image").digest()[:26] + bytes(6),
    ],
    ids=lambda octets: octets[:6].hex(),
)
def test_a_hash_that_follows_a_pattern_is_asked_about(octets: bytes) -> None:
    assert with_hash(pairs(octets)) == "fail"


@pytest.mark.parametrize(
    "text", ["", "\n", "\0", "test", "test\n", "abc", "N/A", "TBC", "firmware", "This value is allocated by SECAS"]
)
def test_the_hash_of_nothing_or_of_a_word_is_asked_about(text: str) -> None:
    dossier = a_dossier(a_form(changes={CREATOR: "Example Meters Ltd", HASH: pairs(sha256(text.encode()).digest())}))
    assert named(dossier, RULE) == [HASH]
    assert "is the SHA-256 of " in ruling(dossier, RULE).findings[0].message


def test_the_hash_of_an_image_passes() -> None:
    assert with_hash(A_HASH) == "pass"
    for number in range(300):
        image = sha256(number.to_bytes(4, "big") * 1000).digest()
        dossier = a_dossier(a_form(changes={CREATOR: "Example Meters Ltd", HASH: pairs(image)}))
        assert list(image_hash.check(dossier.judging(dossier.entries[0]))) == []


@pytest.mark.parametrize("text", ["", "00", "N/A", A_HASH[:-3]])
def test_another_shape_is_another_rule_s(text: str) -> None:
    assert with_hash(text) == "not_applicable"


def test_small_letters_hide_no_pattern() -> None:
    assert with_hash(pairs(b"\xab" * 32).lower()) == "fail"
