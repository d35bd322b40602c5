"""LibreOffice without a window, as another signer and another judge of signed documents.

    with libreoffice(folder, authority, [holder, …]) as office:
        office.sign(path, holder)      # .xlsx and .ods (.docx, .odt), in its place
        office.verify(path)            # a `Said` for each signature; an empty list where there are none

It has a profile and a certificate store of its own below `folder`, which knows the authority (a `pki.Holder`) and can
sign as each holder that the authority issued. Each call is bounded by `SECONDS`; `needed()` skips a test where it is
not installed.
"""

from __future__ import annotations

import json
import os
import queue
import shutil
import subprocess
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.serialization import BestAvailableEncryption
from cryptography.hazmat.primitives.serialization.pkcs12 import serialize_key_and_certificates
from peers.peers import end, free_port, require
from pki import Holder

SECONDS = 30
_START_SECONDS = 60
_PYTHON = "/usr/bin/python3"
_SCRIPT = Path(__file__).with_name("libreoffice_uno.py")
_PASSWORD = "test"  # of a file that lives for a moment


class GoneError(Exception):
    """LibreOffice has ended, or took too long."""


@dataclass(frozen=True)
class Said:
    """What LibreOffice says of one signature."""

    valid: bool
    certificate_status: int
    partial: bool
    signer: str | None


def installed() -> bool:
    """Whether LibreOffice, its bridge to Python and the tools of its certificate store are here."""
    if not all(map(shutil.which, ("soffice", "certutil", "pk12util"))):
        return False
    asked = subprocess.run([_PYTHON, "-c", "import uno"], check=False, capture_output=True, timeout=SECONDS)
    return asked.returncode == 0


def needed() -> None:
    """Skip this test where LibreOffice is not installed; fail it in CI."""
    require(installed(), "LibreOffice (libreoffice-calc-nogui python3-uno libnss3-tools) is not installed")


@contextmanager
def libreoffice(folder: Path, authority: Holder, signers: Sequence[Holder] = ()) -> Iterator[LibreOffice]:
    """LibreOffice, ready to be asked."""
    _make_store(folder / "nss", authority, signers)
    office = LibreOffice(folder)
    try:
        yield office
    finally:
        office.stop()


@dataclass
class LibreOffice:
    """A running LibreOffice; it is started by the first call, and anew where it has ended."""

    folder: Path
    _office: subprocess.Popen[bytes] | None = None
    _bridge: subprocess.Popen[str] | None = None
    _lines: queue.Queue[str] = field(default_factory=queue.Queue)

    def sign(self, path: Path, holder: Holder) -> None:
        """Sign a document, in its place."""
        done = self._ask({"do": "sign", "path": str(path), "serial": str(holder.certificate.serial_number)})
        assert done is True, f"LibreOffice did not sign {path.name}"

    def verify(self, path: Path) -> list[Said]:
        """What it says of each of a document's signatures.

        Raises:
            GoneError: it has ended, or took too long.
            ValueError: it does not open the document at all.
        """
        return [Said(**each) for each in self._ask({"do": "verify", "path": str(path)})]

    def _ask(self, what: dict[str, str]) -> Any:  # noqa: ANN401  # JSON
        if self._bridge is None:
            self._start()
        answer = self._said(json.dumps(what))
        if answer is None or "DisposedException" in answer.get("error", ""):
            self.stop()
            message = "LibreOffice has ended, or took too long"
            raise GoneError(message)
        if "error" in answer:
            raise ValueError(answer["error"])
        return answer["ok"]

    def _said(self, line: str) -> dict[str, Any] | None:
        """The answer; None where it died or took too long."""
        assert self._bridge is not None
        assert self._bridge.stdin is not None
        try:
            self._bridge.stdin.write(line + "\n")
            self._bridge.stdin.flush()
            return self._line(SECONDS)
        except (queue.Empty, BrokenPipeError):
            return None

    def _start(self) -> None:
        port = free_port()
        profile = (self.folder / "profile").as_uri()
        self._office = subprocess.Popen(
            [
                "soffice",
                "--headless",
                "--norestore",
                f"--accept=socket,host=127.0.0.1,port={port};urp;",
                f"-env:UserInstallation={profile}",
            ],
            env=os.environ | {"MOZILLA_CERTIFICATE_FOLDER": f"sql:{self.folder / 'nss'}", "HOME": str(self.folder)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        self._bridge = subprocess.Popen(
            [_PYTHON, str(_SCRIPT), str(port)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self._lines = queue.Queue()
        threading.Thread(target=_forward, args=(self._bridge, self._lines), daemon=True).start()
        try:
            assert self._line(_START_SECONDS) == {"ok": "ready"}
        except queue.Empty:
            self.stop()
            raise

    def _line(self, seconds: float) -> dict[str, Any]:
        actual: dict[str, Any] = json.loads(self._lines.get(timeout=seconds))
        return actual

    def stop(self) -> None:
        """End what was started."""
        if self._bridge is not None:
            end(self._bridge)  # type: ignore[arg-type]  # it speaks text
        if self._office is not None:
            _end_family(self._office)
        self._office = self._bridge = None


def _forward(bridge: subprocess.Popen[str], lines: queue.Queue[str]) -> None:
    assert bridge.stdout is not None
    for line in bridge.stdout:
        lines.put(line)


def _end_family(process: subprocess.Popen[bytes]) -> None:
    """soffice is a script that starts another program; both are in a session of their own."""
    try:
        os.killpg(process.pid, 9)
    except ProcessLookupError:
        return
    process.wait(10)


def _make_store(store: Path, authority: Holder, signers: Sequence[Holder]) -> None:
    store.mkdir(parents=True)
    where = f"sql:{store}"
    _run("certutil", "-N", "-d", where, "--empty-password")
    root = store / "root.pem"
    root.write_bytes(authority.pem)
    _run("certutil", "-A", "-d", where, "-n", "root", "-t", "CT,C,C", "-i", str(root))
    for number, holder in enumerate(signers):
        bundle = store / f"{number}.p12"
        lock = BestAvailableEncryption(_PASSWORD.encode())
        name = f"signer {number}".encode()
        bundle.write_bytes(serialize_key_and_certificates(name, holder.key, holder.certificate, None, lock))
        _run("pk12util", "-i", str(bundle), "-d", where, "-W", _PASSWORD, "-K", "")


def _run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True, timeout=SECONDS)
