"""What every archive promises: kept by digest, once, whole, and never handed out changed."""

from __future__ import annotations

import hashlib
from concurrent.futures import ThreadPoolExecutor

import pytest

from intake.archive.base import Archive, MissingEvidenceError

CONTENT = b"what was sent"
DIGEST = hashlib.sha256(CONTENT).hexdigest()


@pytest.mark.parametrize("content", [b"", CONTENT, bytes(range(256)) * 1000, b"\x00" * 6_000_000])
def test_anything_at_all_is_kept_under_its_digest(archive: Archive, content: bytes) -> None:
    sha256 = archive.put(content)
    assert sha256 == hashlib.sha256(content).hexdigest()
    assert archive.get(sha256) == content


def test_what_is_kept_already_may_be_put_again(archive: Archive) -> None:
    assert [archive.put(CONTENT) for _ in range(3)] == [DIGEST] * 3
    assert list(archive.digests()) == [DIGEST]


def test_many_may_put_the_same_at_once(archive: Archive) -> None:
    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(lambda _: archive.put(CONTENT), range(16))) == {DIGEST}
    assert archive.get(DIGEST) == CONTENT


def test_every_digest_is_listed_in_order(archive: Archive) -> None:
    assert list(archive.digests()) == []
    kept = [archive.put(b"%d" % number) for number in range(20)]
    assert list(archive.digests()) == sorted(kept)


def test_missing_evidence_is_named(archive: Archive) -> None:
    archive.put(b"something else")
    with pytest.raises(MissingEvidenceError, match=DIGEST):
        archive.get(DIGEST)
