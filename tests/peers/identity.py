"""An identity provider on this machine: OpenID discovery and the token endpoint, as Microsoft's, over TLS."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs

import jwt
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from peers.certificates import self_signed, serving
from peers.dovecot import ISSUER, TOKEN_KEY

TENANT = "list.example"
CLIENT = "11111111-2222-3333-4444-555555555555"


@dataclass
class Identity:
    """What the provider knows, and how it goes wrong."""

    authority: Path
    """PEM of who vouches for its TLS."""
    port: int = 0
    secret: str = "correct horse"
    certificate: bytes = b""
    """PEM of the application's certificate, where it signs in with one."""
    mailbox: str = "shared@example.test"
    """Whose mailbox the tokens open."""
    lifetime: float = 3600
    """Seconds; what the token says of itself. The answer says an hour whatever this is."""
    answers: str = ""
    """An error to answer with instead."""
    scopes: list[str] = field(default_factory=list)
    """Of every token given."""

    @property
    def url(self) -> str:
        return f"https://localhost:{self.port}/{TENANT}"

    def discovery(self) -> dict[str, str]:
        base = f"{self.url}/oauth2/v2.0"
        return {
            "issuer": f"{self.url}/v2.0",
            "authorization_endpoint": f"{base}/authorize",
            "token_endpoint": f"{base}/token",
        }

    def token(self, form: dict[str, str]) -> tuple[int, dict[str, object]]:
        """Answers a request as RFC 6749 says, 4.4.2 and 5.2."""
        if self.answers:
            return 400, {"error": self.answers, "error_description": f"EXAMPLE1: {self.answers} it is\r\nTrace: 1"}
        if form.get("grant_type") != "client_credentials" or not self._knows(form):
            return 401, {"error": "invalid_client", "error_description": "EXAMPLE7000215: wrong secret\r\nTrace: 2"}
        now = time.time()
        self.scopes.append(form["scope"])
        claims = {
            "sub": CLIENT,
            "email": self.mailbox,
            "iss": ISSUER,
            "iat": int(now) - 60,
            "exp": int(now + self.lifetime),
        }
        token = jwt.encode({**claims, "jti": str(len(self.scopes))}, TOKEN_KEY, algorithm="HS256")
        return 200, {"token_type": "Bearer", "expires_in": 3599, "access_token": token}

    def _knows(self, form: dict[str, str]) -> bool:
        assertion = form.get("client_assertion")
        if assertion is None:
            return (form.get("client_id"), form.get("client_secret")) == (CLIENT, self.secret)
        key = x509.load_pem_x509_certificate(self.certificate).public_key()
        assert isinstance(key, rsa.RSAPublicKey)
        endpoint = self.discovery()["token_endpoint"]
        claims = jwt.decode(assertion, key, algorithms=["PS256", "RS256"], audience=endpoint, issuer=CLIENT)
        return bool(claims["sub"] == CLIENT)


@contextmanager
def identity_provider(folder: Path) -> Iterator[Identity]:
    """The provider, running in a thread."""
    authority, key = folder / "provider.pem", folder / "provider.key"
    self_signed(authority, key)
    identity = Identity(authority)

    class Endpoint(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._say(200, identity.discovery())

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self._say(*identity.token({name: values[0] for name, values in parse_qs(body).items()}))

        def _say(self, status: int, answer: object) -> None:
            body = json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Endpoint) as server:
        server.socket = serving(authority, key).wrap_socket(server.socket, server_side=True)
        identity.port = server.server_address[1]
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield identity
        server.shutdown()


def application_certificate() -> tuple[str, bytes]:
    """Private key and certificate in one PEM, and the certificate alone, as an administrator would make them."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "cpl-intake")])
    now = datetime.now(UTC)
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    made = made.serial_number(x509.random_serial_number()).not_valid_before(now - timedelta(hours=1))
    signed = made.not_valid_after(now + timedelta(days=1)).sign(key, hashes.SHA256())
    certificate = signed.public_bytes(serialization.Encoding.PEM)
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return (private + certificate).decode(), certificate
