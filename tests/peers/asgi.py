"""An ASGI application of the tests', served by uvicorn on 127.0.0.1."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import uvicorn

START_SECONDS = 20


@contextmanager
def served(application: Any, certificate: Path | None = None, key: Path | None = None) -> Iterator[int]:  # noqa: ANN401  # ASGI
    """The port where it answers, over TLS where there is a certificate."""
    config = uvicorn.Config(
        application,
        host="127.0.0.1",
        port=0,
        log_level="critical",
        lifespan="off",
        timeout_graceful_shutdown=1,
        ssl_certfile=certificate,
        ssl_keyfile=key,
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    deadline = time.monotonic() + START_SECONDS
    while not server.started:
        if not thread.is_alive() or time.monotonic() > deadline:
            pytest.fail("the ASGI server did not start")
        time.sleep(0.005)  # the wait between two looks, bounded by the deadline
    try:
        yield server.servers[0].sockets[0].getsockname()[1]
    finally:
        server.should_exit = True
        thread.join(10)
