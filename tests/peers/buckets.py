"""Buckets on this machine.

The server is moto: it speaks S3 and refuses to delete what is locked, but it would shorten a retention and take a wrong
checksum, so it shows that our requests have the right shape, not that Amazon keeps its word.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any

NO_MOTO = "moto's server, which plays S3, is not installed"
KEYS = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "AWS_DEFAULT_REGION": "eu-west-2"}


def has_moto() -> bool:
    """Whether it can be started here."""
    return find_spec("moto") is not None and find_spec("boto3") is not None


@dataclass
class Buckets:
    """A running server."""

    endpoint: str
    client: Any
    """Our own eyes and hands at the server."""

    def bucket(self, *, locked: bool = True) -> str:
        """A new bucket."""
        name = f"evidence-{uuid.uuid4().hex}"
        place = {"LocationConstraint": KEYS["AWS_DEFAULT_REGION"]}
        self.client.create_bucket(Bucket=name, ObjectLockEnabledForBucket=locked, CreateBucketConfiguration=place)
        return name


@contextmanager
def buckets() -> Iterator[Buckets]:
    """Start the server."""
    import boto3  # noqa: PLC0415  # a peer that may be missing
    from moto.server import ThreadedMotoServer  # noqa: PLC0415  # likewise

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    try:
        host, port = server.get_host_and_port()
        endpoint = f"http://{host}:{port}"
        keys = {"aws_access_key_id": "test", "aws_secret_access_key": "test", "region_name": "eu-west-2"}
        yield Buckets(endpoint, boto3.client("s3", endpoint_url=endpoint, **keys))
    finally:
        server.stop()
