"""A time-stamp authority on this machine: openssl ts behind the smallest web server."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

_CONFIGURATION = """
[tsa]
default_tsa = one
[one]
serial = {folder}/serial
crypto_device = builtin
signer_cert = {folder}/cert.pem
signer_key = {folder}/key.pem
signer_digest = sha256
default_policy = 1.2.3.4
digests = sha256
accuracy = secs:1
ess_cert_id_alg = sha256
"""


@dataclass(frozen=True)
class Authority:
    """A running authority."""

    address: str
    anchor: Path


@contextmanager
def time_stamp_authority(folder: Path) -> Iterator[Authority]:
    """Run one until the context ends; at ``/refuses``, ``/of-another`` and ``/nonsense`` it answers badly."""
    (folder / "serial").write_text("01\n")
    (folder / "tsa.cnf").write_text(_CONFIGURATION.format(folder=folder))
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "key.pem", "-out", "cert.pem"]
    made += ["-subj", "/CN=A time-stamp authority", "-days", "2", "-addext", "extendedKeyUsage=critical,timeStamping"]
    subprocess.run(made, cwd=folder, check=True, capture_output=True)
    asked = ["openssl", "ts", "-query", "-data", "serial", "-sha256", "-cert", "-out", "other.tsq"]
    subprocess.run(asked, cwd=folder, check=True, capture_output=True)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:  # the library's name
            question = self.rfile.read(int(self.headers["Content-Length"]))
            if self.path == "/of-another":
                question = (folder / "other.tsq").read_bytes()
            answer = (
                b"nonsense" if self.path == "/nonsense" else reply(folder, question, refuse=self.path == "/refuses")
            )
            self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield Authority(f"http://127.0.0.1:{server.server_port}/", folder / "cert.pem")
    finally:
        server.shutdown()
        server.server_close()


def reply(folder: Path, question: bytes, *, refuse: bool) -> bytes:
    """What openssl answers; of a question that it cannot read, its refusal."""
    (folder / "question").write_bytes(b"no question" if refuse else question)
    command = ["openssl", "ts", "-reply", "-config", "tsa.cnf", "-section", "one", "-queryfile", "question"]
    return subprocess.run(command, cwd=folder, check=False, capture_output=True).stdout
