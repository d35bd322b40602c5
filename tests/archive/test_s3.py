"""Evidence in a bucket: locked for its time, written once; a bucket that cannot lock is refused."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from botocore.exceptions import ClientError
from peers.buckets import Buckets
from peers.peers import free_port

from intake.archive import s3 as module
from intake.archive.base import DamagedEvidenceError
from intake.archive.s3 import S3Archive
from intake.errors import ConfigurationError, UnreachableError

CONTENT = b"what was sent"
DIGEST = hashlib.sha256(CONTENT).hexdigest()
KEY = f"cpl/sha256/{DIGEST[:2]}/{DIGEST}"


def an_archive(server: Buckets, bucket: str, retain_years: int = 25) -> S3Archive:
    return S3Archive(bucket, prefix="cpl/", endpoint=server.endpoint, retain_years=retain_years).open()


def test_evidence_lies_as_plain_bytes_with_its_checksum_and_cannot_be_deleted_before_its_time(s3: Buckets) -> None:
    bucket = s3.bucket()
    an_archive(s3, bucket, retain_years=30).put(CONTENT)
    assert s3.client.get_object(Bucket=bucket, Key=KEY)["Body"].read() == CONTENT
    kept = s3.client.head_object(Bucket=bucket, Key=KEY, ChecksumMode="ENABLED")
    assert kept["ChecksumSHA256"] == base64.b64encode(hashlib.sha256(CONTENT).digest()).decode()
    assert kept["ObjectLockMode"] == "COMPLIANCE"
    years = (kept["ObjectLockRetainUntilDate"] - datetime.now(UTC)) / timedelta(days=365.25)
    assert 29.99 < years < 30.01
    with pytest.raises(ClientError, match="AccessDenied"):
        s3.client.delete_object(Bucket=bucket, Key=KEY, VersionId=kept["VersionId"])


def test_what_is_locked_is_not_even_tried_to_be_removed_and_its_day_is_told(s3: Buckets) -> None:
    archive = an_archive(s3, bucket := s3.bucket(), retain_years=3)
    archive.put(CONTENT)
    s3.client.delete_object(Bucket=bucket, Key=KEY)  # a marker hides it, and is no way around the lock
    until = archive.remove(DIGEST)
    assert until is not None
    assert 2.99 < (until - datetime.now(UTC)) / timedelta(days=365.25) < 3.01
    assert len(s3.client.list_object_versions(Bucket=bucket)["Versions"]) == 1


def test_the_same_bytes_are_written_once(s3: Buckets) -> None:
    bucket = s3.bucket()
    for _ in range(2):
        an_archive(s3, bucket).put(CONTENT)
    assert len(s3.client.list_object_versions(Bucket=bucket)["Versions"]) == 1


def test_another_version_on_top_is_never_handed_out(s3: Buckets) -> None:
    archive = an_archive(s3, bucket := s3.bucket())
    archive.put(CONTENT)
    s3.client.put_object(Bucket=bucket, Key=KEY, Body=b"what was never sent")
    with pytest.raises(DamagedEvidenceError, match="earlier version"):
        archive.get(DIGEST)


def test_more_than_one_page_of_evidence_is_listed(s3: Buckets, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MOTO_S3_DEFAULT_MAX_KEYS", "4")
    archive = an_archive(s3, bucket := s3.bucket())
    kept = [archive.put(b"%d" % number) for number in range(10)]
    s3.client.put_object(Bucket=bucket, Key="another/thing", Body=b"")
    assert list(archive.digests()) == sorted(kept)


def test_a_bucket_without_object_lock_is_refused(s3: Buckets) -> None:
    bucket = s3.bucket(locked=False)
    s3.client.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})
    with pytest.raises(ConfigurationError, match="no Object Lock") as caught:
        an_archive(s3, bucket)
    assert "Object Lock" in caught.value.hint


def test_a_bucket_that_is_not_there_is_unreachable(s3: Buckets) -> None:
    with pytest.raises(UnreachableError, match="nobody-s-bucket"):
        an_archive(s3, "nobody-s-bucket")


PAGES = {
    "XHTML": b"<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'><body><p>Sign in</p></body></html>",
    "HTML": b"<!doctype html><html><body><p>Sign in<br></body></html>",
    "nothing": b"",
}


class Stranger(BaseHTTPRequestHandler):
    """Answers whatever is asked with one page, as a proxy that wants somebody to sign in."""

    page, status = b"", 200

    def answer(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.send_response(self.status)
        sent = {
            "Content-Type": "text/html",
            "Content-Length": str(len(self.page)),
            "Location": "/sign-in",
            "ETag": '"1"',
        }
        for name, value in sent.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(self.page)

    do_GET = do_PUT = do_HEAD = do_POST = do_DELETE = answer  # noqa: N815  # its base has these names

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(params=[(page, status) for page in PAGES for status in (200, 302, 403, 404)])
def stranger(request: pytest.FixtureRequest, s3: Buckets) -> Iterator[Buckets]:
    """A server that is no S3."""
    page, status = request.param
    kind = type("Answers", (Stranger,), {"page": PAGES[page], "status": status})
    with ThreadingHTTPServer(("127.0.0.1", 0), kind) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield Buckets(f"http://127.0.0.1:{server.server_port}", s3.client)
        server.shutdown()


def test_a_page_that_is_not_of_the_bucket_is_no_answer(stranger: Buckets, s3: Buckets) -> None:
    with pytest.raises(UnreachableError, match="cannot be used"):
        an_archive(stranger, "evidence")
    elsewhere = an_archive(s3, s3.bucket())
    elsewhere._connect(stranger.endpoint)  # noqa: SLF001  # it was S3 when it was opened
    for attempt in (
        lambda: elsewhere.put(CONTENT),
        lambda: elsewhere.get(DIGEST),
        lambda: list(elsewhere.digests()),
        lambda: elsewhere.remove(DIGEST),
    ):
        with pytest.raises(UnreachableError, match="cannot be used"):
            attempt()


def test_a_clock_that_is_wrong_is_named_as_such(s3: Buckets, monkeypatch: pytest.MonkeyPatch) -> None:
    archive = an_archive(s3, s3.bucket())

    def refuses(**_: object) -> None:
        raise ClientError({"Error": {"Code": "RequestTimeTooSkewed"}}, "PutObject")

    monkeypatch.setattr(archive._client, "put_object", refuses)  # noqa: SLF001  # the make-believe S3 looks at no clock
    with pytest.raises(UnreachableError, match="RequestTimeTooSkewed") as caught:
        archive.put(CONTENT)
    assert "NTP" in caught.value.hint


@pytest.mark.parametrize("endpoint", ["http://", "http://a b", "http://[::1"])
def test_an_endpoint_that_cannot_be_one_is_a_fault_of_the_configuration(endpoint: str) -> None:
    with pytest.raises(ConfigurationError, match="evidence"):
        S3Archive("evidence", endpoint=endpoint, region="eu-west-2").open()


def test_a_server_that_is_not_there_is_unreachable(s3: Buckets) -> None:
    nowhere = Buckets(f"http://127.0.0.1:{free_port()}", s3.client)
    with pytest.raises(UnreachableError, match="cannot be used"):
        an_archive(nowhere, "evidence")


def test_a_server_that_goes_away_is_unreachable(s3: Buckets) -> None:
    archive = an_archive(s3, bucket := s3.bucket())
    s3.client.delete_bucket(Bucket=bucket)
    for attempt in (lambda: archive.put(CONTENT), lambda: archive.get(DIGEST), lambda: list(archive.digests())):
        with pytest.raises(UnreachableError, match="NoSuchBucket"):
            attempt()


def test_without_boto3_it_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "find_spec", lambda _name: None)
    with pytest.raises(ConfigurationError, match="s3") as caught:
        S3Archive("evidence").open()
    assert "cpl-intake[s3]" in caught.value.hint
