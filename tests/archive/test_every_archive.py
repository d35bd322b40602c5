"""What every archive promises: kept by digest, once, whole, and never handed out changed."""

from __future__ import annotations

import hashlib
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from intake.archive.base import Archive, MissingEvidenceError
from intake.archive.s3 import S3Archive

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


def gone(archive: Archive) -> bool:
    """Whether the content can be removed, once a lock of a second is over."""
    for _ in range(50):
        if archive.remove(DIGEST) is None:
            return True
        time.sleep(0.1)
    return False


def test_what_may_go_is_gone_for_good_and_the_rest_stays(archive: Archive) -> None:
    if isinstance(archive, S3Archive):
        archive._retain = timedelta(seconds=1)  # noqa: SLF001  # the shortest lock that a bucket takes
    stays = archive.put(b"something else")
    for _ in range(2):  # put again after it was removed
        archive.put(CONTENT)
        assert gone(archive)
        assert archive.remove(DIGEST) is None
        with pytest.raises(MissingEvidenceError):
            archive.get(DIGEST)
        assert list(archive.digests()) == [stays]
