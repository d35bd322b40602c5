"""Evidence in a bucket under S3 Object Lock: ``<prefix>sha256/<first two>/<digest>``.

Every piece is retained in compliance mode, so that nobody, its owner included, can delete or change it before its time.
A delete marker can still hide a piece, and whoever may write to the bucket can lay another version on top of it;
both show when it is read, and the version that was archived stays.
"""

from __future__ import annotations

import base64
import hashlib
import math
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from importlib.util import find_spec
from typing import Any

from intake.archive.base import DamagedEvidenceError, MissingEvidenceError
from intake.errors import ConfigurationError, UnreachableError

_HINT = "Check the bucket, its endpoint and region, and that the keys in the environment may read and write it."
_CLOCK_HINT = "Set this machine's clock and keep it with NTP: what is signed at another hour is refused."
_OTHER_HOUR = {"RequestTimeTooSkewed", "RequestExpired"}
_ABSENT = {"NoSuchKey", "404", "NotFound"}
_NO_OBJECT = _ABSENT | {"405", "MethodNotAllowed"}
"""What a bucket answers to whoever asks for the head of a delete marker."""
_THERE_ALREADY = {"PreconditionFailed", "412"}
_NO_LOCK = {"ObjectLockConfigurationNotFoundError"}
_OF_S3 = "x-amz"
"""How a header begins that every answer of S3 has, whoever makes the store."""
_SERVER_ERROR = 500
"""From here on an answer says by its status that it is none, and is asked for again."""
_STRANGER_HINT = "A proxy or a sign-in page may stand before it: see what this machine is answered at the endpoint."


class S3Archive:
    """Evidence in Amazon's S3, or in any store that speaks its language and knows Object Lock."""

    writers = 8

    def __init__(
        self, bucket: str, *, prefix: str = "", endpoint: str = "", region: str = "", retain_years: int = 25
    ) -> None:
        """Name the bucket; `open` connects."""
        self._bucket = bucket
        self._prefix = prefix
        self._endpoint = endpoint
        self._region = region
        self._retain = timedelta(days=math.ceil(365.25 * retain_years))
        self._opened: Any = None

    def open(self) -> S3Archive:
        """Connect, and see that the bucket locks what it is given.

        Raises:
            ConfigurationError: the extra `s3` is not installed, or the bucket knows no Object Lock.
            UnreachableError: the bucket does not answer.
        """
        if find_spec("boto3") is None:
            message = "an archive of kind s3 needs the extra `s3`, which is not installed"
            raise ConfigurationError(message, "Install it with: pip install 'cpl-intake[s3]'")
        try:
            self._connect(self._endpoint)
            settings = self._opened.get_object_lock_configuration(Bucket=self._bucket)
        except ValueError as error:  # an endpoint or a region that cannot be one
            message = f"[evidence] names a service that cannot be: {error}"
            raise ConfigurationError(message, "Check endpoint and region in [evidence].") from error
        except _errors() as error:
            if _code(error) not in _NO_LOCK:
                raise self._unreachable(error) from error
            settings = {}
        if settings.get("ObjectLockConfiguration", {}).get("ObjectLockEnabled") != "Enabled":
            message = f"the bucket {self._bucket} has no Object Lock, so evidence in it could be deleted or changed"
            raise ConfigurationError(message, "Switch versioning and Object Lock on for it, or name another bucket.")
        return self

    def _connect(self, endpoint: str) -> None:
        self._opened = _client(endpoint, self._region)
        self._opened.meta.events.register("before-parse.s3", self._refuse_a_stranger)

    def key(self, sha256: str) -> str:
        """Give the place of the bytes of this digest."""
        return f"{self._prefix}sha256/{sha256[:2]}/{sha256}"

    def put(self, content: bytes) -> str:
        """Store and lock the bytes; existing bytes stay, and bytes changed on the way are refused by checksum."""
        digest = hashlib.sha256(content)
        md5 = hashlib.md5(content, usedforsecurity=False)  # asked for by stores that know no newer checksum
        try:
            self._client.put_object(
                Bucket=self._bucket,
                Key=self.key(digest.hexdigest()),
                Body=content,
                IfNoneMatch="*",
                ContentMD5=base64.b64encode(md5.digest()).decode(),
                ChecksumAlgorithm="SHA256",
                ChecksumSHA256=base64.b64encode(digest.digest()).decode(),
                ContentType="application/octet-stream",
                ObjectLockMode="COMPLIANCE",
                ObjectLockRetainUntilDate=datetime.now(UTC) + self._retain,
            )
        except _errors() as error:
            if _code(error) not in _THERE_ALREADY:
                raise self._unreachable(error) from error
        return digest.hexdigest()

    def put_all(self, contents: Sequence[bytes]) -> list[str]:
        """Store and lock one piece after the other."""
        return [self.put(content) for content in contents]

    def begin(self, contents: Sequence[bytes]) -> Callable[[], list[str]]:
        """Leave all of it to the rest, which waits for the service."""
        return partial(self.put_all, contents)

    def get(self, sha256: str) -> bytes:
        """Read the bytes and check them against the digest."""
        try:
            content: bytes = self._client.get_object(Bucket=self._bucket, Key=self.key(sha256))["Body"].read()
        except _errors() as error:
            if _code(error) not in _ABSENT:
                raise self._unreachable(error) from error
            message = f"the evidence {sha256} is missing, or a delete marker hides it"
            raise MissingEvidenceError(message) from error
        if hashlib.sha256(content).hexdigest() != sha256:
            message = f"the evidence {sha256} has changed; an earlier version of {self.key(sha256)} may be whole"
            raise DamagedEvidenceError(message)
        return content

    def remove(self, sha256: str) -> datetime | None:
        """Delete every version of the object, unless Object Lock still holds one of them: then none."""
        try:
            versions = list(self._versions(self.key(sha256)))
            locked = [until for version in versions if (until := self._locked_until(sha256, version)) is not None]
            if locked:
                return max(locked)
            for version in versions:
                self._client.delete_object(Bucket=self._bucket, Key=self.key(sha256), VersionId=version)
        except _errors() as error:
            raise self._unreachable(error) from error
        return None

    def _versions(self, key: str) -> Iterator[str]:
        """List the ids of an object's versions, delete markers among them."""
        pages = self._client.get_paginator("list_object_versions")
        for page in pages.paginate(Bucket=self._bucket, Prefix=key):
            for version in (*page.get("Versions", ()), *page.get("DeleteMarkers", ())):
                if version["Key"] == key:
                    yield version["VersionId"]

    def _locked_until(self, sha256: str, version: str) -> datetime | None:
        """Tell until when a version is locked; None where it is free, as a delete marker always is."""
        try:
            head = self._client.head_object(Bucket=self._bucket, Key=self.key(sha256), VersionId=version)
        except _errors() as error:
            if _code(error) in _NO_OBJECT:
                return None
            raise
        now = datetime.now(UTC)
        if head.get("ObjectLockLegalHoldStatus") == "ON":
            return now + timedelta(days=1)  # it has no end; looked at again then
        until: datetime | None = head.get("ObjectLockRetainUntilDate")
        return until if until is not None and until > now else None

    def digests(self) -> Iterator[str]:
        """List the names of all objects kept, in order."""
        pages = self._client.get_paginator("list_objects_v2")
        try:
            for page in pages.paginate(Bucket=self._bucket, Prefix=f"{self._prefix}sha256/"):
                yield from (item["Key"].rpartition("/")[2] for item in page.get("Contents", ()))
        except _errors() as error:
            raise self._unreachable(error) from error

    def _refuse_a_stranger(self, response_dict: dict[str, Any], **_: object) -> None:
        """See that an answer is of S3; a web page would be read as one that lists nothing, or as evidence.

        Raises:
            UnreachableError: somebody else gave it.
        """
        headers, status = response_dict["headers"], response_dict["status_code"]
        if status < _SERVER_ERROR and not any(name.lower().startswith(_OF_S3) for name in headers):
            kind = headers.get("Content-Type", "of no type")
            message = f"the evidence bucket {self._bucket} cannot be used: not S3 has answered ({status}, {kind})"
            raise UnreachableError(message, _STRANGER_HINT)

    @property
    def _client(self) -> Any:  # noqa: ANN401  # an untyped library
        assert self._opened is not None, "open it first"  # noqa: S101  # our own mistake
        return self._opened

    def _unreachable(self, error: Exception) -> UnreachableError:
        hint = _CLOCK_HINT if _code(error) in _OTHER_HOUR else _HINT
        return UnreachableError(f"the evidence bucket {self._bucket} cannot be used: {error}", hint)


def _client(endpoint: str, region: str) -> Any:  # noqa: ANN401  # an untyped library
    import boto3  # noqa: PLC0415  # an extra, and heavy
    from botocore.config import Config  # noqa: PLC0415  # likewise

    patience = Config(
        connect_timeout=10,
        read_timeout=60,
        retries={"mode": "standard", "total_max_attempts": 4},
        max_pool_connections=20,
        s3={"addressing_style": "path"} if endpoint else {},
    )
    return boto3.client("s3", endpoint_url=endpoint or None, region_name=region or None, config=patience)


def _errors() -> tuple[type[Exception], ...]:
    from botocore.exceptions import BotoCoreError, ClientError  # noqa: PLC0415  # an extra
    from urllib3.exceptions import HTTPError  # noqa: PLC0415  # what a body that breaks off raises

    return (BotoCoreError, ClientError, HTTPError)


def _code(error: Exception) -> str:
    """Give the object store's error code; empty where the error is not the store's."""
    answer = getattr(error, "response", None) or {}
    return str(answer.get("Error", {}).get("Code", ""))
