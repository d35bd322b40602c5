"""The page of a submission, the evidence of a field and a document's page as a picture, fresh and kept."""

from __future__ import annotations

import re
import shutil
import statistics
import tempfile
import threading
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

from benchmarks.mail import folder

from intake import bootstrap
from intake.config import load
from intake.pipeline.services import Services
from intake.web.serve import serve

_MESSAGES = 20
_RUNS = 15
_PERSON = "Ada"


def figures() -> Iterator[str]:
    with tempfile.TemporaryDirectory() as place:
        services = _services(Path(place))
        try:
            assert bootstrap.daemon(services.config, services, once=True).run() == 0
            yield from _of(_Browser(services), services.config.path("var/views"))
        finally:
            services.sandbox.close()
            services.store.close()


def _services(place: Path) -> Services:
    folder(place / "mail", _MESSAGES)
    file = place / "config.toml"
    file.write_text(
        '[[mailbox]]\nname = "bench"\nkind = "folder"\npath = "mail"\n[outgoing]\nfrom = "SECAS <secas@example.test>"\n'
    )
    return bootstrap.services(load(file), preload_pictures=True)


def _of(browser: _Browser, kept: Path) -> Iterator[str]:
    number = next(at for at in range(1, _MESSAGES + 1) if b"DLMS certificate.pdf" in browser.get(_page(at)))
    evidence = f"{_page(number)}/evidence/1/Device_Model.firmware_version"
    picture = re.findall(rb'<image href="([^"]*)"', browser.get(evidence))[0].decode()
    yield f"a submission's page: {_told(browser.times(_page(number)))} (bound 30 ms)"
    yield f"a page's picture drawn anew: {_told(browser.times(picture, without=kept))} (bound 200 ms)"
    yield f"the same kept: {_told(browser.times(picture))} (bound 15 ms)"
    yield f"the evidence of a field on three certificates, drawn anew: {_told(browser.times(evidence, without=kept))}"
    yield f"the same kept: {_told(browser.times(evidence))} (bound 15 ms)"


class _Browser:
    """One kept-alive connection, signed in."""

    def __init__(self, services: Services) -> None:
        started: list[str] = []
        ready = threading.Event()

        def announce(address: str) -> None:
            started.append(address)
            ready.set()

        def run() -> None:
            serve(services, "127.0.0.1", 0, demo_people=(_PERSON,), started=announce)

        threading.Thread(target=run, daemon=True).start()
        assert ready.wait(30)
        self._connection = HTTPConnection(urlsplit(started[0]).netloc)
        self._cookie = ""

    def get(self, path: str) -> bytes:
        self._connection.request("GET", path, headers={"Cookie": self._cookie} if self._cookie else {})
        answer = self._connection.getresponse()
        self._cookie = (answer.headers["Set-Cookie"] or self._cookie).partition(";")[0]
        body = answer.read()
        assert answer.status == 200, body
        return body

    def times(self, path: str, without: Path | None = None) -> list[float]:
        """Seconds of each of some requests; each is the first one where what is kept is taken away before."""
        taken = []
        for _ in range(_RUNS + 2):
            if without is not None:
                shutil.rmtree(without, ignore_errors=True)
            started = time.perf_counter()
            self.get(path)
            taken.append(time.perf_counter() - started)
        return taken[2:]


def _page(number: int) -> str:
    return f"/submissions/CPL-{number:06d}"


def _told(seconds: list[float]) -> str:
    return f"median of {_RUNS} {statistics.median(seconds) * 1000:.1f} ms, the quickest {min(seconds) * 1000:.1f} ms"
